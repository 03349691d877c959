"""Setting how often a person reports and on which days; the days planned before give way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Body
from app.db import db
from app.supervision.calendar.days import DAY, Days
from app.supervision.calendar.models import Rhythm, Visit, VisitMove
from app.supervision.calendar.planning import last_day, plan
from app.supervision.calendar.queries import rhythm_of
from app.supervision.calendar.reporting import Wanted, wanted
from app.supervision.calendar.statements import awaited
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.hours.queries import hours_of
from app.web.formats import format_date

FURTHEST = timedelta(days=366)  # further ahead is a slip of the finger


@dataclass(frozen=True, slots=True)
class Asked:
    """The days of a rhythm, from when they hold, and why, where no norm says so."""

    days: Days
    from_on: date
    is_rural: bool
    reason: str | None = None


def set_rhythm(case: Case, asked: Asked, by: User, today: date, at: datetime) -> Rhythm:
    """Have a person report on other days from a day on, and make the visits of the weeks ahead.

    Raises NotPossible on a closed case, where another body supervises, for a day that does not fit, for days that
    never come, and where the norm says otherwise and no reason is given.
    """
    case.must_be_open()
    must_fit(case, asked, today)
    norm = wanted(case, asked.from_on, asked.is_rural)
    must_say_why(asked, norm)
    rhythm = Rhythm(
        case=case, times=asked.days.times, per=asked.days.per, days=str(asked.days), is_rural=asked.is_rural,
        norm_code=norm.norm.code if norm else None, reason=asked.reason, from_on=asked.from_on,
        planned_until=asked.from_on - DAY, set_by=by, set_at=at,
    )  # fmt: skip
    earlier = rhythm_of(case)
    if earlier:
        follow(earlier, asked.from_on)
    db.session.add(rhythm)
    db.session.flush()
    if earlier:
        give_way(earlier, rhythm, by, at)
    plan(rhythm, case, today, at)
    return rhythm


def must_fit(case: Case, asked: Asked, today: date) -> None:
    if asked.from_on < today:
        raise NotPossible(_("This day is over. Reporting days are set from today on."))
    if asked.from_on > today + FURTHEST:
        raise NotPossible(_("This is more than a year ahead. Check the date."))
    case.must_be_registered_by(asked.from_on)
    if case.body_on(asked.from_on) not in {Body.PROBATION, None}:
        raise NotPossible(_("Another body supervises this case, so the person does not report here."))
    is_open = hours_of(case.assignment.office_id).is_open
    until = last_day(asked.from_on + FURTHEST, case.term_to)
    if asked.days.between(asked.from_on, until, is_open):
        return
    if case.term_to and case.term_to < asked.from_on + FURTHEST:
        raise NotPossible(
            _("These days give no visit before the term ends on %(date)s. Choose other days, or check the term.",
              date=format_date(case.term_to))
        )  # fmt: skip
    raise NotPossible(_("The office receives nobody on any of these days. Choose other days."))


def must_say_why(asked: Asked, norm: Wanted | None) -> None:
    if asked.reason:
        return
    if norm is None:
        raise NotPossible(_("No norm sets the days of such cases. Write why the person reports so."))
    if norm.times is not None and (norm.times, norm.per) != (asked.days.times, asked.days.per):
        raise NotPossible(_("The norm says otherwise: %(norm)s Write why it is so here.", norm=norm.text))


def follow(earlier: Rhythm, from_on: date) -> None:
    """End the rhythm before; whoever plans its visits at this moment is waited for."""
    if from_on < earlier.from_on:
        raise NotPossible(
            _("The days that are set already begin on %(date)s. Enter that day or a later one.",
              date=format_date(earlier.from_on))
        )  # fmt: skip
    earlier.to_on = from_on
    db.session.flush()


def give_way(earlier: Rhythm, rhythm: Rhythm, by: User, at: datetime) -> None:
    """The visits of the rhythm before that would come later fall away."""
    later = select(Visit).where(
        Visit.rhythm_id == earlier.id, Visit.kind == VisitKind.REPORTING, Visit.on >= rhythm.from_on, awaited()
    )
    for visit in db.session.scalars(later):
        visit.is_settled = True
        db.session.add(VisitMove(visit=visit, rhythm_id=rhythm.id, by=by, at=at))
