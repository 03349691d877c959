"""When the home of a minor is to be inspected next: for one person, and for statements over many cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select

from app.clients.cases import Assignment, Case
from app.clients.models import ADULT, Client
from app.clients.reach import GONE
from app.db import db
from app.supervision.contacts.models import Contact
from app.supervision.contacts.periods import DAY, due_on, period_of
from app.supervision.contacts.silence import WITHDRAWN
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.norms import norm
from app.supervision.norms.values import Rhythm
from app.web.months import MONTHS, months_after

CODE = "inspection-minor"
IS_INSPECTION = Contact.kind == ContactKind.INSPECTION, ~WITHDRAWN


def rhythm_on(day: date) -> Rhythm:
    """How often the norm of a day asks for an inspection. Raises TypeError when it sets no rhythm."""
    value = norm(CODE, day).value
    if not isinstance(value, Rhythm):
        raise TypeError(f"{CODE} sets no rhythm")
    return value


def inspection_due(client: Client, cases: Sequence[Case], day: date) -> date | None:
    """The last day for the next inspection of a minor's home; None for a grown person, and without an open case."""
    ours = [one.id for one in cases if one.is_open]
    if not ours or not client.is_minor_on(day):
        return None
    rhythm = rhythm_on(day)
    since = period_of(rhythm.per, day).first
    done = db.session.scalars(select(Contact.on).where(Contact.case_id.in_(ours), Contact.on >= since, *IS_INSPECTION))
    return due_on(rhythm, done.all(), day)


def inspections_late(day: date) -> Select[Any]:
    """Open cases of minors whose home was inspected often enough neither in the period before this one nor since.

    It is late since the end of that period. Columns: case, case, last day, one; joined are Assignment (the one that
    goes on), Case and Client.
    """
    rhythm = rhythm_on(day)
    now = period_of(rhythm.per, day)
    before = period_of(rhythm.per, now.first - DAY)
    line: tuple[Any, ...] = (Assignment.case_id, Assignment.case_id, literal(before.last), literal(1))
    return (
        select(*line)
        .select_from(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .join(Client, Client.id == Case.client_id)
        .where(
            Assignment.to_at.is_(None), ~GONE, Client.born_on > months_after(day, -MONTHS * ADULT),
            Case.registered_on <= before.last, times_since(before.first, before.last) < rhythm.times,
            times_since(now.first, now.last) < rhythm.times,
        )
    )  # fmt: skip


def times_since(first: date, last: date) -> Any:
    found = select(func.count()).select_from(Contact).where(Contact.case_id == Case.id, *IS_INSPECTION)
    return found.where(Contact.on.between(first, last)).correlate(Case).scalar_subquery()
