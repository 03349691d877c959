"""When an assessment falls due and why: the earliest of the terms that norms and the instrument itself set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.assessments.due.norms import Norm, Trigger
from app.assessments.vocabulary import Level, Stage
from app.clients.vocabulary import EventKind
from app.web.months import months_after


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something from which a term runs, and its day."""

    trigger: Trigger
    on: date
    event: EventKind | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """The last completed assessment: its day, the level that holds, and the day that the completion itself named."""

    on: date
    level: Level
    reassess_by: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a case on a day. ``since`` are the occasions after the last completed assessment."""

    registered_on: date
    stage: Stage | None
    initial_within_days: int | None  # of the instrument that fits; None when none does
    assessed: Assessed | None = None
    since: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A day, from what it was reckoned, and by which norm; no norm: the instrument's own term is the earlier one."""

    on: date
    occasion: Occasion
    norm: Norm | None = None


def falls_due(norms: Iterable[Norm], standing: Standing) -> Due | None:
    """By when the case is to be assessed: the earliest term wins, and a norm names it where both end on one day.

    A case never assessed has the first term alone; afterwards what happens shortens the term that the level gave.
    None when no instrument fits the person or the case has no stage.
    """
    stage, assessed = standing.stage, standing.assessed
    if stage is None or standing.initial_within_days is None:
        return None
    if assessed:
        occasion = Occasion(Trigger.COMPLETION, assessed.on, level=assessed.level)
        own = Due(assessed.reassess_by, occasion)
        occasions = (occasion, *standing.since)
    else:
        occasion = Occasion(Trigger.REGISTRATION, standing.registered_on)
        own = Due(standing.registered_on + timedelta(days=standing.initial_within_days), occasion)
        occasions = (occasion,)
    by_norms = (
        Due(norm.term.after(one.on), one, norm)
        for one in occasions
        for norm in norms
        if norm.in_force(one.on) and speaks_of(norm, one, stage)
    )
    at_once = (Due(one.on, one) for one in occasions if one.trigger is Trigger.OBJECTION)
    return min((*by_norms, *at_once, own), key=lambda due: (due.on, due.norm is None))


def speaks_of(norm: Norm, occasion: Occasion, stage: Stage) -> bool:
    return (
        norm.trigger is occasion.trigger
        and stage in norm.stages
        and (occasion.level is None or occasion.level in norm.levels)
        and (occasion.event is None or occasion.event in norm.events)
    )


def reassess_by(norms: Iterable[Norm], on: date, level: Level, stage: str | None, months: int) -> date:
    """The day that a completion names: by the instrument's own months, or earlier where a norm is stricter."""
    own = months_after(on, months)
    due = falls_due(norms, Standing(on, Stage(stage) if stage else None, 0, Assessed(on, level, own)))
    return due.on if due else own
