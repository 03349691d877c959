"""Freezing a period: counted after its end, protected with all that was given out before, and kept for good."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.access.models import User
from app.clock import COUNTRY
from app.db import db, keyed_digest
from app.indicators import heavy
from app.indicators.counting import Counted, counted
from app.indicators.earlier import Before, Held, held, moved, numbers_of
from app.indicators.models import Snapshot, Step
from app.indicators.periods import Period
from app.indicators.queries import given_out_before, snapshot_of
from app.indicators.rows import to_dict
from app.indicators.sensitivity import Reason
from app.indicators.tables import CannotBeMadeSafe, Contradiction, Spot, TooLarge, spots_of
from app.web.refusals import NotPossible

if TYPE_CHECKING:
    from app.indicators.suppression import Prepared, Report

WHY_NOT = {
    Contradiction: _l("The records of this period contradict one another, so it cannot be frozen."),
    TooLarge: _l("There are too many figures to protect them together, so the period cannot be frozen."),
    CannotBeMadeSafe: _l(
        "Even with everything hidden that may be, these figures would tell too much beside what was given out before,"
        " so the period cannot be frozen."
    ),
}
HALVES = 2
MUCH = 0.2  # of the figures hidden: then it is worked out what would hide fewer
Told = Callable[[Step], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The frozen period, and whether it was frozen just now."""

    snapshot: Snapshot
    is_new: bool


def freeze(period: Period, by: User | None, at: datetime, because: str = "") -> Outcome:
    """Freeze a period, or revise it when the records have moved since; the caller commits.

    ``by`` is None when nobody asked but the clock. Raises NotPossible as ``draw_up`` does.
    """
    drawn = draw_up(period, by.id if by else None, at, because)
    return keep(drawn, period) if drawn else Outcome(stands(period), is_new=False)


def draw_up(period: Period, by_id: int | None, at: datetime, because: str, told: Told | None = None) -> Snapshot | None:
    """The figures of the period as they stand now, not kept yet; None when they are frozen as they are.

    ``told`` hears what is begun: from ``PROTECTING`` on nothing is read from the database. Without it nobody waits for
    what would hide less to be weighed. Raises NotPossible for a period that is not over, for a revision that does not
    say why, and for figures that cannot be released.
    """
    tell = told or (lambda _step: None)
    refuse_too_soon(period, at)
    tell(Step.COUNTING)
    last, before = snapshot_of(period), given_out_before(period)
    refuse_without_halves(period, before)
    truth = counted_or_refused(period)
    facts, versions = truth.text, dict(truth.facts.versions)
    if last and (last.facts, last.definitions) == (facts, versions):
        return None
    if last:
        refuse_unsaid(last, because)
    revision, shown_before = (last.revision + 1, last.release) if last else (0, None)
    tell(Step.PROTECTING)
    ties = ties_of(truth, before)
    prepared = protected(truth, ties)
    release, account = prepared.release, account_of(prepared.report)
    if told and release.hidden_count > MUCH * len(release.figures):
        told(Step.WEIGHING)
        offered = heavy.alternatives(truth.cells, truth.tables, **ties)
        account["alternatives"] = [asdict(each) for each in offered]
    body = json.dumps(to_dict(release), ensure_ascii=False)
    return Snapshot(
        period=period.code,
        revision=revision,
        frozen_at=at,
        frozen_by_id=by_id,
        definitions=versions,
        body=body,
        sha256=sha256(body.encode()).hexdigest(),
        facts=facts,
        facts_digest=keyed_digest(facts, "indicators.facts"),
        protection=json.dumps(account),
        because=because.strip() if shown_before else None,
        moved=moved(shown_before, release) if shown_before else [],
    )


def refuse_too_soon(period: Period, at: datetime) -> None:
    if not period.may_be_released:
        raise NotPossible(
            _(
                "A month is too short to be safe beside its half-year. Freeze half-years and years: %(code)s.",
                code=period.within() or "",
            )
        )
    if not period.is_over(at.astimezone(COUNTRY).date()):
        raise NotPossible(_("The period %(period)s is not over yet. Freeze it after its last day.", period=period))


def refuse_without_halves(period: Period, before: Before) -> None:
    """A year shows nothing that one of its half-years hides: they are protected first."""
    if before.is_year and len(before.halves) < HALVES:
        raise NotPossible(_("Freeze both half-years of %(year)s first.", year=period.code))


def refuse_unsaid(last: Snapshot, because: str) -> None:
    if last.facts is None:
        raise NotPossible(
            _(
                "These figures were frozen before revisions were kept, and stay as they are: %(period)s.",
                period=last.period,
            )
        )
    if not because.strip():
        raise NotPossible(
            _(
                "The records have moved since %(period)s was frozen. Say in a sentence why the figures are revised.",
                period=last.period,
            )
        )


def counted_or_refused(period: Period) -> Counted:
    try:
        return counted(period)
    except Contradiction as fault:
        raise NotPossible(str(WHY_NOT[Contradiction])) from fault


class Ties(TypedDict):
    """What ties the choice besides the counts: who stands behind a figure, and what was given out before."""

    sensitive: dict[Spot, Reason]
    fixed: dict[Spot, bool]


def ties_of(truth: Counted, before: Before) -> Ties:
    cells = truth.cells
    spots = spots_of(truth.tables, cells.dimensions, cells.quantities, cells.nestings)
    bound = held(numbers_of(cells, spots), cells.dimensions, before, quantities=cells.quantities)
    return Ties(sensitive=hidden_by(truth, bound), fixed=bound.fixed)


def protected(truth: Counted, ties: Ties) -> "Prepared":
    """What may be shown beside what was given out before. Raises NotPossible when nothing safe is left."""
    try:
        return heavy.prepare(truth.cells, truth.tables, **ties)
    except tuple(WHY_NOT) as fault:
        raise NotPossible(str(WHY_NOT[type(fault)])) from fault


def hidden_by(truth: Counted, bound: Held) -> dict[Spot, Reason]:
    """What is hidden for who stands behind it, or beside what was given out, with the reason."""
    hidden = dict.fromkeys(truth.sensitive, Reason.DOMINANCE)
    hidden |= dict.fromkeys(bound.sensitive, Reason.DIFFERENCE)
    hidden |= {spot: Reason.DIFFERENCE for spot, is_shown in bound.fixed.items() if not is_shown}
    return {spot: reason for spot, reason in hidden.items() if bound.fixed.get(spot) is not True}


def account_of(report: "Report") -> dict[str, Any]:
    """What a release hides, by rule and as a whole: for the analyst."""
    return {
        "primary": {reason.value: number for reason, number in report.primary.items()},
        "secondary": report.secondary,
        "least": report.least,
        "is_optimal": report.is_optimal,
    }


def keep(snapshot: Snapshot, period: Period) -> Outcome:
    """Write it, unless somebody else was faster; then theirs stands."""
    try:
        with db.session.begin_nested():
            db.session.add(snapshot)
    except IntegrityError:
        return Outcome(stands(period), is_new=False)
    return Outcome(snapshot, is_new=True)


def stands(period: Period) -> Snapshot:
    """The figures of a period that somebody froze."""
    if known := snapshot_of(period):
        return known
    raise NotPossible(_("Nothing was frozen. Try again."))
