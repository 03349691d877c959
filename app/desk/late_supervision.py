"""What the lines about supervision say: visits that nobody noted, deadlines by their norms, people not reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import lazyload

from app.access.policy import Reach
from app.clients.reach import held_within
from app.db import db
from app.desk.held import Held
from app.desk.late.supervision import days_of_silence, deadlines_between
from app.desk.lines import Line, Pile, Press, ahead_pile, count_of
from app.desk.models import Late
from app.desk.overdue import MOST, Overdue
from app.desk.people import people_in
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.deadlines.models import Deadline
from app.supervision.deadlines.queries import WITH_CHANGES
from app.supervision.deadlines.wording import norm_of, why
from app.web.formats import format_date
from app.web.languages import text_in

WEEK = timedelta(days=7)


def explained_supervision(item: Overdue) -> tuple[str, str, str]:
    """Why the line is there, the words of the next act, and where it leads."""
    match item.kind:
        case Late.APPOINTMENT:
            why = _("The day of the visit is over. Did the person come?")
            return (
                why,
                _("Note the visit"),
                url_for("visits.tell", visit_id=item.reference_id, back=url_for("desk.home")),
            )
        case Late.SILENCE:
            last = item.due_on - timedelta(days=days_of_silence(item.due_on))
            why = _("Nobody has reached the person since %(date)s", date=format_date(last))
            return why, _("Note a call"), contact_form(item.case_id, ContactKind.CALL)
        case Late.INSPECTION:
            why = _("The home was not inspected with the guardianship body in time")
            return why, _("Note the inspection"), contact_form(item.case_id, ContactKind.INSPECTION)
        case Late.TIMESHEET:
            why = _("The akimat's timesheet and act have not come")
            return why, _("Open"), url_for("community_work.show", work_order_id=item.reference_id)
        case _:
            url = url_for("deadlines.fulfil", deadline_id=item.reference_id, back=url_for("desk.home"))
            return _("A norm sets this day"), _("Note as done"), url


def contact_form(case_id: int, kind: ContactKind) -> str:
    """The form of a contact, which leads back to the day."""
    return url_for("contacts.create", case_id=case_id, contact_kind=kind.noun, back=url_for("desk.home"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the norm of a deadline asks for, and from what its day follows."""

    what: str
    why: str


DEADLINES = (
    select(Deadline)
    .where(Deadline.id.in_(bindparam("deadlines", expanding=True)))
    .options(lazyload(Deadline.case), lazyload(Deadline.met), lazyload(Deadline.withdrawal), WITH_CHANGES)
)


def norms_of_deadlines(numbers: Collection[int]) -> dict[int, Asked]:
    """What each deadline asks for, in the language spoken."""
    if not numbers:
        return {}
    return {one.id: asked(one) for one in db.session.scalars(DEADLINES, {"deadlines": list(numbers)})}


def asked(deadline: Deadline) -> Asked:
    found = norm_of(deadline.code, deadline.norm_now_from)
    return Asked(text_in(found.text) if found else deadline.code, why(deadline))


def noted_as_done(deadline_id: int, day: date, back: str) -> Press:
    """One press says that it was done on the day."""
    fields = (("on", day.isoformat()), ("back", back))
    return Press(_("Done today"), url_for("deadlines.fulfil", deadline_id=deadline_id), fields)


@lru_cache(maxsize=10)
def coming(first: date, last: date, extent: Reach | None) -> Select[Any]:
    """Deadlines that fall due from a day up to and with another, the earliest first."""
    statement = deadlines_between(first, last).where(held_within(extent))
    return statement.order_by(list(statement.selected_columns)[2], Deadline.id).limit(MOST)


def deadlines_ahead(day: date, held: Held, back: str) -> list[Pile]:
    """One pile of the deadlines of norms that fall due within a week."""
    found = db.session.execute(coming(day, day + WEEK, held.extent), held.values).all()
    if not found:
        return []
    people, norms = people_in([row.case_id for row in found]), norms_of_deadlines([row.id for row in found])
    lines = []
    for case_id, deadline_id, due_on, _count in found:
        of = people[case_id]
        lines.append(
            Line(
                person=f"{of.surname} {of.given_name}",
                person_url=url_for("desk.client", client_id=of.client_id),
                why=norms[deadline_id].what,
                words=norms[deadline_id].why,
                act=_("Note as done"),
                act_url=url_for("deadlines.fulfil", deadline_id=deadline_id, back=back),
                due_on=due_on,
                presses=(noted_as_done(deadline_id, day, back),),
            )
        )

    def count(until: date) -> int:
        return count_of(coming(day, until, held.extent), held.values)

    return ahead_pile(_("Deadlines of norms"), lines, (day, day + WEEK), MOST, count)
