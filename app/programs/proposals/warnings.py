"""What to think over in a draft before it is put to the person: pure, and it never forbids anything."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from app.programs.methodology.reading import Limits
from app.programs.proposals.proposing import HIGH, Findings, Texts
from app.programs.vocabulary import Doer

WORKING_HOURS = "working_hours"
OPEN_ON_WORKING_DAYS = frozenset({Doer.OFFICER, Doer.AKIMAT, Doer.CAREER_CENTRE, Doer.CLINIC})


class Caution(StrEnum):
    NO_GOAL = auto()  # a high need that no goal answers
    GOAL_WAITS = auto()  # a high need whose every goal is for later
    MANY_ACTIVE = auto()
    HEAVY = auto()  # more hours of contact than the level calls for; at low risk that does harm (rnr.md 1.1, 5.4)
    DURING_WORK = auto()
    DURING_LESSONS = auto()
    DAY_OFF = auto()
    REPORTING_DAY = auto()  # the person is expected at the probation office on that day


@dataclass(frozen=True, slots=True)
class PlannedStep:
    text: str | Texts
    doer: str
    due_on: date | None = None
    hours: int | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    areas: frozenset[str]  # of the needs that it answers
    is_active: bool
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning with what its sentence needs."""

    caution: Caution
    area: str = ""
    level: str | None = None
    number: int = 0
    most: int = 0
    steps: tuple[PlannedStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days offices are open, and on which the person is expected at the probation office."""

    is_working: Callable[[date], bool] = lambda _day: True
    expected: frozenset[date] = frozenset()


def warn(
    plan: Sequence[PlannedGoal],
    findings: Findings,
    limits: Limits,
    refused: Iterable[str] = (),
    calendar: Calendar | None = None,
) -> tuple[Warned, ...]:
    """All warnings, the gravest first.

    refused: areas of which a proposal was declined with a reason: their silence was thought over. Whether a step of an
    active goal clashes with work, lessons or a reporting day is known from ``when``.
    """
    return (
        *about_high_needs(plan, findings, frozenset(refused)),
        *about_dosage(plan, findings, limits),
        *about_time(plan, findings, calendar or Calendar()),
    )


def about_high_needs(plan: Sequence[PlannedGoal], findings: Findings, refused: frozenset[str]) -> list[Warned]:
    found = []
    for need in findings.known:
        if need.level != HIGH:
            continue
        goals = [goal for goal in plan if need.code in goal.areas]
        if not goals and need.code not in refused:
            found.append(Warned(Caution.NO_GOAL, area=need.code, level=need.level))
        elif goals and not any(goal.is_active for goal in goals):
            found.append(Warned(Caution.GOAL_WAITS, area=need.code, level=need.level))
    return found


def about_dosage(plan: Sequence[PlannedGoal], findings: Findings, limits: Limits) -> list[Warned]:
    found = []
    hours = sum(step.hours or 0 for goal in plan for step in goal.steps)
    if findings.level and hours > (most := limits.hours[findings.level]):
        found.append(Warned(Caution.HEAVY, level=findings.level, number=hours, most=most))
    active = sum(goal.is_active for goal in plan)
    if active > limits.active_goals:
        found.append(Warned(Caution.MANY_ACTIVE, number=active, most=limits.active_goals))
    return found


def about_time(plan: Sequence[PlannedGoal], findings: Findings, calendar: Calendar) -> list[Warned]:
    attended = [step for goal in plan if goal.is_active for step in goal.steps if step.when == WORKING_HOURS]
    closed = [
        step
        for goal in plan
        for step in goal.steps
        if step.due_on and (step.doer in OPEN_ON_WORKING_DAYS or step.when) and not calendar.is_working(step.due_on)
    ]
    cases = (
        (Caution.DURING_WORK, attended if findings.person.works else []),
        (Caution.DURING_LESSONS, attended if findings.person.studies else []),
        (Caution.DAY_OFF, closed),
        (Caution.REPORTING_DAY, [step for step in attended if step.due_on in calendar.expected]),
    )
    return [Warned(caution, steps=tuple(steps)) for caution, steps in cases if steps]
