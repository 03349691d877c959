"""Naming who stands in for an officer, and ending it before its time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select

from app.access.models import User
from app.access.substitutions.conflicts import Conflict, Span, conflict
from app.access.substitutions.models import Substitution, SubstitutionEnding
from app.db import db
from app.web.formats import format_date
from app.web.refusals import NotPossible

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to stand in for whom, from the first day to the last, and why."""

    absent: User
    substitute: User
    first: date
    last: date
    reason: str

    @property
    def span(self) -> Span:
        to_on = self.last + DAY if self.last < date.max else self.last
        return Span(self.absent.id, self.substitute.id, self.first, to_on)


def name_substitute(wanted: Wanted, by: User, at: datetime, on: date) -> Substitution:
    """Have one officer stand in for another in the head's own office. Raises NotPossible, with what to do.

    The two stay locked until the commit, so that two heads at once cannot name what overlaps.
    """
    span = wanted.span
    people = select(User.id).where(User.id.in_([span.absent, span.substitute]))
    db.session.execute(people.order_by(User.id).with_for_update()).all()
    known = {Span(row.absent_id, row.substitute_id, row.from_on, row.ends_on): row for row in touching(span)}
    if found := conflict(span, known, on):
        raise NotPossible(sentence(found[0], known.get(found[1])))
    row = Substitution(
        absent=wanted.absent, substitute=wanted.substitute, office_id=by.office_id, from_on=span.from_on,
        to_on=span.to_on, reason=wanted.reason, by_id=by.id, at=at,
    )  # fmt: skip
    db.session.add(row)
    return row


def touching(span: Span) -> Sequence[Substitution]:
    """The substitutions in which one of the two takes part and that end after the span begins."""
    pair = [span.absent, span.substitute]
    one_of_them = or_(Substitution.absent_id.in_(pair), Substitution.substitute_id.in_(pair))
    statement = select(Substitution).where(one_of_them, Substitution.to_on > span.from_on)
    return db.session.scalars(statement.order_by(Substitution.from_on)).unique().all()


def end(substitution: Substitution, by: User, at: datetime, on: date) -> None:
    """End it on a day, at once: from that day on it opens nothing. Raises NotPossible where it is over."""
    if substitution.ending or on >= substitution.to_on:
        raise NotPossible(_("This substitution is over already."))
    substitution.ending = SubstitutionEnding(on=on, by_id=by.id, at=at)


# What stands against it, and what to do; filled in with the substitution that does, where it is another one.
SENTENCES: dict[Conflict, Callable[..., str]] = {
    Conflict.ONESELF: lambda **_told: _("Nobody can stand in for themselves. Choose two different officers."),
    Conflict.NO_DAY: lambda **_told: _(
        "The last day is before the first, so that no day is left. Check the two dates."
    ),
    Conflict.IN_THE_PAST: lambda **_told: _("A substitution begins today or later. Enter another first day."),
    Conflict.TOO_LONG: lambda **_told: _(
        "This is longer than a year. Check the dates; for so long an absence, give the cases to others."
    ),
    Conflict.HAS_SUBSTITUTE: lambda **told: _(
        "%(substitute)s stands in for %(absent)s from %(first)s to %(last)s already. End that first, or choose other "
        "days.",
        **told,
    ),
    Conflict.SUBSTITUTE_IS_AWAY: lambda **told: _(
        "%(absent)s is away from %(first)s to %(last)s and cannot stand in for anybody. Choose somebody else.", **told
    ),
    Conflict.ABSENT_STANDS_IN: lambda **told: _(
        "%(substitute)s stands in for %(absent)s from %(first)s to %(last)s. End that first, and name somebody else "
        "for %(absent)s.",
        **told,
    ),
}


def sentence(found: Conflict, other: Substitution | None) -> str:
    told = {}
    if other:
        told = {
            "absent": other.absent.full_name, "substitute": other.substitute.full_name,
            "first": format_date(other.from_on), "last": format_date(other.ends_on - DAY),
        }  # fmt: skip
    return SENTENCES[found](**told)
