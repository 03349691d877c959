"""What is decided about a version: the person's agreement, submission, return, approval."""

from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.programs.drafting import must_be_draft, must_be_open
from app.programs.methodology import rules
from app.programs.models import Agreement, Approval, Return, Submission, Version
from app.programs.proposing import unanswered
from app.programs.wording import area_in_words, goal_in_words


def agree(version: Version, agreement: Agreement) -> None:
    """Record what the person says to the draft; it can be recorded anew until the draft is submitted."""
    must_be_draft(version)
    if not version.goals:
        raise NotPossible(_("There is nothing to agree to yet. Add a goal first."))
    version.agreement = agreement
    version.saved_over()


def obstacles(version: Version) -> list[str]:
    """What still stands between the draft and its submission, as sentences."""
    found = []
    if not version.goals:
        found.append(_("Add at least one goal."))
    found += [
        _("Add at least one step to the goal “%(goal)s”.", goal=goal_in_words(goal))
        for goal in version.goals
        if not goal.steps
    ]
    found += [
        _(
            "The need “%(area)s” is high: set a goal for it, or write why its suggestion is declined.",
            area=area_in_words(code),
        )
        for code in unanswered(version.assessment.needs, answered_areas(version))
    ]
    if any(step.due_on < version.program.starts_on for goal in version.goals for step in goal.steps):
        found.append(_("A step is due before the programme starts. Mend its date or the start."))
    if version.goals and version.agreement is None:
        found.append(_("Record what the person says to the programme."))
    return found


def answered_areas(version: Version) -> set[str]:
    set_goals = {goal.need.code for goal in version.goals if goal.need}
    return set_goals | {rules()[row.rule].area for row in version.declined if row.rule in rules()}


def submit(version: Version, by: User, at: datetime) -> None:
    """Lay the version before the head of service."""
    must_be_draft(version)
    if sentences := obstacles(version):
        raise NotPossible(" ".join(sentences))
    version.submissions.append(Submission(by=by, at=at))
    version.saved_over()


def may_decide(version: Version, by: User) -> bool:
    """Nobody decides about what they drafted or submitted themselves, whatever their role is today."""
    submission = version.open_submission
    return submission is not None and by.id not in {version.drafted_by_id, submission.by_id}


def send_back(version: Version, words: str, by: User, at: datetime) -> None:
    """Return the version to its author with the words that say what to mend."""
    submission = to_decide(version, by)
    submission.answer = Return(words=words, by=by, at=at)
    version.saved_over()


def approve(version: Version, by: User, on: date, at: datetime) -> None:
    """Approve the version; from then on nothing in it changes."""
    to_decide(version, by)
    version.saved_over()
    version.approval = Approval(on=on, by=by, at=at)


def to_decide(version: Version, by: User) -> Submission:
    must_be_open(version.program)
    if version.approval:
        raise NotPossible(_("This version is already approved."))
    submission = version.open_submission
    if submission is None:
        raise NotPossible(_("This version is not waiting for a decision. It may have been returned meanwhile."))
    if not may_decide(version, by):
        raise NotPossible(_("The author of a programme cannot decide about it. Another head of service has to."))
    return submission
