"""Drawing up a programme and changing its draft."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex

from flask_babel import gettext as _

from app.access.models import User
from app.assessments.models import Assessment, Need
from app.assistance.vocabulary import Direction
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.programs.models import Declined, Goal, Program, RelatedArea, Removal, Step, Strength, Version
from app.programs.vocabulary import Doer, Phase

SOONEST_REVIEW = timedelta(days=30)  # of a new version, when the review of the one before is nearer; free to be changed

# What follows a draft takes its turn here: when a version is opened, and whenever a part of a draft has changed. It
# gets the version, acts in the same transaction and never commits. Each appends its own callable when it is imported.
after_opening: list[Callable[[Version], None]] = []
after_change: list[Callable[[Version], None]] = []


def draw_up(case: Case, draft: Version) -> Program:
    """Open a programme with its first draft; its number is its own from the first day."""
    if not case.is_open:
        raise NotPossible(_("This case is off the register, so no programme can be drawn up in it."))
    if draft.assessment.completion is None:
        raise NotPossible(_("The assessment is not complete yet. Complete it first."))
    draft.ordinal = 1
    program = Program(case=case, number=token_hex(8), opened_at=draft.drafted_at, versions=[draft])
    db.session.add(program)
    db.session.flush()
    program.number = f"P-{draft.drafted_at.year}-{program.id:06d}"
    tell(after_opening, draft)
    return program


def start_change(program: Program, assessment: Assessment, by: User, at: datetime, starts_on: date) -> Version:
    """Copy the version in force into a new draft. Goals and steps keep their threads, and with them their progress."""
    must_be_open(program)
    current = program.in_force
    if program.pending or current is None:
        raise NotPossible(_("A version of this programme is already being drafted. Go on with that one."))
    draft = Version(ordinal=program.versions[-1].ordinal + 1, assessment=assessment, drafted_by=by, drafted_at=at)
    draft.starts_on = starts_on
    draft.review_on = max(current.next_review_on, starts_on + SOONEST_REVIEW)
    draft.goals = [copy_of(goal, goal.steps, assessment) for goal in current.goals]
    draft.declined.extend(Declined(rule=row.rule, reason=row.reason) for row in current.declined)
    draft.removals = [copy_of_removal(row) for row in current.removals if row.taken_back is None]
    program.versions.append(draft)
    tell(after_opening, draft)
    return draft


def copy_of(goal: Goal, steps: Iterable[Step], assessment: Assessment) -> Goal:
    """The goal with these of its steps and their threads.

    It answers the same need in the later assessment, if that found it again, and builds on the strengths that the
    later assessment noted too.
    """
    needs = {need.code: need for need in assessment.needs}
    need = needs.get(goal.need.code, goal.need) if goal.need else None
    copy = Goal(thread=goal.thread, ordinal=goal.ordinal, text=goal.text, need=need, rule=goal.rule, phase=goal.phase)
    copy.target_on, copy.own_strengths = goal.target_on, goal.own_strengths
    copy.areas = [RelatedArea(code=row.code) for row in goal.areas]
    noted = {note.domain_code for note in assessment.notes if note.text}
    copy.strengths = [Strength(code=row.code) for row in goal.strengths if row.code in noted]
    copy.steps = [
        Step(
            thread=step.thread, ordinal=step.ordinal, text=step.text, doer=step.doer, due_on=step.due_on,
            direction=step.direction, hours=step.hours,
        )
        for step in steps
    ]  # fmt: skip
    return copy


def copy_of_removal(row: Removal) -> Removal:
    return Removal(thread=row.thread, text=row.text, kept=row.kept, note=row.note, by_id=row.by_id, at=row.at)


@dataclass(frozen=True, slots=True)
class Aims:
    """What a goal says beside its text and its main need; a new goal is worked on now unless it says otherwise."""

    phase: Phase = Phase.ACTIVE
    target_on: date | None = None
    areas: tuple[str, ...] = ()  # codes of needs that it helps with beside its main one
    strengths: tuple[str, ...] = ()  # codes of domains under which the assessment noted some
    own_strengths: str | None = None


def add_goal(version: Version, text: str, need_code: str | None, aims: Aims | None = None) -> Goal:
    must_be_draft(version)
    goal = Goal(thread=token_hex(16), ordinal=last_goal(version) + 1, text=text)
    version.goals.append(goal)
    goal.need = need_of(version, need_code)
    aim(goal, aims or Aims())
    changed(version)
    return goal


def change_goal(goal: Goal, text: str, need_code: str | None, aims: Aims | None = None) -> None:
    """Write the goal anew; without aims these stay as they are."""
    must_be_draft(goal.version_)
    goal.text, goal.need = text, need_of(goal.version_, need_code)
    if aims:
        aim(goal, aims)
    changed(goal.version_)


def aim(goal: Goal, aims: Aims) -> None:
    goal.phase, goal.target_on, goal.own_strengths = aims.phase, aims.target_on, aims.own_strengths
    main = goal.need.code if goal.need else None
    kept_areas = {row.code: row for row in goal.areas}
    goal.areas = [kept_areas.get(code) or RelatedArea(code=code) for code in sorted({*aims.areas} - {main})]
    kept = {row.code: row for row in goal.strengths}
    goal.strengths = [kept.get(code) or Strength(code=code) for code in sorted({*aims.strengths})]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a step is delivered: the kind of help, and the hours of contact all together."""

    direction: Direction | None = None
    hours: int | None = None


def add_step(goal: Goal, text: str, doer: Doer, due_on: date, delivery: Delivery | None = None) -> Step:
    """Add a step at the end of the goal's."""
    must_be_draft(goal.version_)
    ordinal = max((step.ordinal for step in goal.steps), default=0) + 1
    step = Step(thread=token_hex(16), ordinal=ordinal, text=text, doer=doer, due_on=due_on)
    if delivery:
        step.direction, step.hours = delivery.direction, delivery.hours
    goal.steps.append(step)
    changed(goal.version_)
    return step


def change_step(step: Step, text: str, doer: Doer, due_on: date, delivery: Delivery | None = None) -> None:
    """Write the step anew; without a delivery that stays as it is."""
    must_be_draft(step.goal.version_)
    step.text, step.doer, step.due_on = text, doer, due_on
    if delivery:
        step.direction, step.hours = delivery.direction, delivery.hours
    changed(step.goal.version_)


def remove_step(step: Step) -> None:
    goal = step.goal
    must_be_draft(goal.version_)
    goal.steps.remove(step)
    changed(goal.version_)


def set_dates(version: Version, starts_on: date, review_on: date) -> None:
    must_be_draft(version)
    version.starts_on, version.review_on = starts_on, review_on
    changed(version)


def changed(version: Version) -> None:
    """Whoever agreed, agreed to other words: a changed draft has to be put to the person again."""
    version.agreement = None
    version.saved_over()
    tell(after_change, version)


def tell(hooks: list[Callable[[Version], None]], version: Version) -> None:
    for hook in hooks:
        hook(version)


def last_goal(version: Version) -> int:
    return max((goal.ordinal for goal in version.goals), default=0)


def need_of(version: Version, code: str | None) -> Need | None:
    return next((need for need in version.assessment.needs if need.code == code), None)


def must_be_open(program: Program) -> None:
    if program.closure:
        raise NotPossible(_("This programme is closed. Nothing in it can be changed."))
    if not program.case.is_open:
        raise NotPossible(_("This case is off the register. Its programme can only be read."))


def must_be_draft(version: Version) -> None:
    must_be_open(version.program)
    if version.approval:
        raise NotPossible(_("This version is approved and stays as it is. Start a new version to change it."))
    if version.open_submission:
        raise NotPossible(_("This version is waiting for the head of service and cannot be changed meanwhile."))
