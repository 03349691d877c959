"""What the lines about supervision say: visits that nobody noted, deadlines by their norms, people not reached."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, select

from app.access.policy import Reach
from app.clients.reach import held_within
from app.db import db
from app.desk.held import Held
from app.desk.late.supervision import days_of_silence, deadlines_between
from app.desk.lines import Line, Pile, ahead_pile, count_of
from app.desk.models import Late
from app.desk.overdue import MOST, Overdue
from app.desk.people import people_in
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.deadlines.models import Deadline
from app.supervision.norms import norm
from app.web.formats import format_date
from app.web.languages import text_in

WEEK = timedelta(days=7)


def explained_supervision(item: Overdue, client_id: int) -> tuple[str, str, str]:
    """Why the line is there, the words of the next act, and where it leads."""
    person = url_for("supervision.of_client", client_id=client_id)
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
            call = url_for("contacts.create", case_id=item.case_id, contact_kind=ContactKind.CALL.noun)
            return why, _("Note a call"), call
        case Late.INSPECTION:
            why = _("The home was not inspected with the guardianship body in time")
            inspect = url_for("contacts.create", case_id=item.case_id, contact_kind=ContactKind.INSPECTION.noun)
            return why, _("Note the inspection"), inspect
        case Late.TIMESHEET:
            why = _("The akimat's timesheet and act have not come")
            return why, _("Open"), url_for("community_work.show", work_order_id=item.reference_id)
        case _:
            return _("A norm sets this day"), _("Open"), person


NORMS = select(Deadline.id, Deadline.code, Deadline.norm_from).where(
    Deadline.id.in_(bindparam("deadlines", expanding=True))
)


def norms_of_deadlines(numbers: Collection[int]) -> dict[int, str]:
    """What the norm of each deadline says, in the language spoken."""
    if not numbers:
        return {}
    rows = db.session.execute(NORMS, {"deadlines": list(numbers)})
    return {number: text_in(norm(code, since).text) for number, code, since in rows}


@lru_cache(maxsize=10)
def coming(first: date, last: date, extent: Reach | None) -> Select[Any]:
    """Deadlines that fall due from a day up to and with another, the earliest first."""
    statement = deadlines_between(first, last).where(held_within(extent))
    return statement.order_by(list(statement.selected_columns)[2], Deadline.id).limit(MOST)


def deadlines_ahead(day: date, held: Held) -> list[Pile]:
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
                why=norms[deadline_id],
                act=_("Open"),
                act_url=url_for("supervision.of_client", client_id=of.client_id),
                due_on=due_on,
            )
        )

    def count(until: date) -> int:
        return count_of(coming(day, until, held.extent), held.values)

    return ahead_pile(_("Deadlines of norms"), lines, (day, day + WEEK), MOST, count)
