"""What is decided about a version: the person's answer, submission, return, approval."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.programs.decisions.terms import latest_review
from app.programs.drafts.drafting import must_be_draft, must_be_open
from app.programs.models import Agreement, Approval, NotAgreed, Return, Submission, Version
from app.programs.vocabulary import Consenting, Phase
from app.programs.wording import goal_in_words
from app.web.formats import format_date


def agree(version: Version, agreement: Agreement, not_agreed: Iterable[str] = ()) -> None:
    """Record what the person says to the draft; it can be recorded anew until the draft is submitted.

    ``not_agreed`` are the threads of the goals that the person does not agree to, where they agree in part. Raises
    NotPossible where the goals, the words or a minor's representative are missing.
    """
    must_be_draft(version)
    if not version.goals:
        raise NotPossible(_("There is nothing to agree to yet. Add a goal first."))
    known = {goal.thread for goal in version.goals}
    agreement.exceptions = [NotAgreed(thread=thread) for thread in sorted(known & set(not_agreed))]
    if sentence := lacking(agreement, version):
        raise NotPossible(sentence)
    version.agreement = agreement
    version.saved_over()


def lacking(agreement: Agreement, version: Version) -> str | None:
    """What an answer to the programme lacks, as a sentence."""
    if agreement.answer is not Consenting.AGREED and not agreement.words:
        return _("Write down what the person said, or why they could not answer.")
    if agreement.answer is not Consenting.AGREED_IN_PART and agreement.exceptions:
        return _("Only an agreement in part leaves out goals. Choose “agrees in part”, or leave no goal out.")
    if agreement.exceptions and len(agreement.exceptions) == len(version.goals):
        return _("The person agrees to none of the goals: that is a refusal. Choose “refuses”.")
    if version.client.is_minor_on(agreement.on) and not agreement.representative:
        return _("The person is under 18. Name the legal representative.")
    return None


def obstacles(version: Version) -> list[str]:
    """What still stands between the draft and its submission, as sentences.

    A high need without a goal does not: it is a caution, which the head of service reads with the submission.
    """
    found = []
    if not version.goals:
        found.append(_("Add at least one goal."))
    found += [
        _("Add at least one step to the goal “%(goal)s”.", goal=goal_in_words(goal))
        for goal in version.goals
        if not goal.steps and goal.phase is Phase.ACTIVE
    ]
    if any(step.due_on < version.program.starts_on for goal in version.goals for step in goal.steps):
        found.append(_("A step is due before the programme starts. Mend its date or the start."))
    if version.review_on > (latest := latest_review(version.starts_on)):
        day = format_date(latest)
        found.append(_("The review is later than the norm allows. Set it for %(date)s or earlier.", date=day))
    if version.goals and version.agreement is None:
        found.append(_("Record what the person says to the programme."))
    return found


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
    """The submission that waits for a decision. Raises NotPossible where there is none for this person."""
    must_be_open(version.program)
    if version.approval:
        raise NotPossible(_("This version is already approved."))
    if version.program.in_force and version.program.in_force.ordinal > version.ordinal:
        raise NotPossible(_("A later version of this programme is already approved. Read that one."))
    submission = version.open_submission
    if submission is None:
        raise NotPossible(_("This version is not waiting for a decision. It may have been returned meanwhile."))
    if not may_decide(version, by):
        raise NotPossible(_("The author of a programme cannot decide about it. Another head of service has to."))
    return submission
