"""Other days that the norms of today give for open deadlines: they wait for the head of service."""

from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.access.policy import Reach
from app.clients.cases import Assignment
from app.clients.reach import held_within
from app.db import db
from app.desk.held import Held
from app.desk.late.open_cases import open_cases
from app.desk.lines import Line, Pile, exact, pile_of
from app.desk.overdue import MOST
from app.desk.people import people_in
from app.supervision.deadlines.models import Deadline, DeadlineChange, DeadlineChangeAnswer
from app.supervision.deadlines.queries import due_day, is_newest, unsettled
from app.supervision.norms import norm
from app.web.formats import format_date
from app.web.languages import text_in


@lru_cache(maxsize=5)
def waiting(extent: Reach | None) -> Select[Any]:
    """Proposed days without an answer, the soonest first, with the day that holds until then."""
    answer = select(DeadlineChangeAnswer.change_id).where(DeadlineChangeAnswer.change_id == DeadlineChange.id)
    return (
        open_cases(DeadlineChange.id, DeadlineChange.due_on.label("after"), due_day().label("before"))
        .join(Deadline, Deadline.case_id == Assignment.case_id)
        .join(DeadlineChange, DeadlineChange.deadline_id == Deadline.id)
        .add_columns(Deadline.code, Deadline.norm_from)
        .where(unsettled(), ~answer.exists(), is_newest(), held_within(extent))
        .order_by(DeadlineChange.due_on, DeadlineChange.id)
        .limit(MOST)
    )


def deadline_changes(held: Held) -> list[Pile]:
    """One pile of the deadlines that would change; nothing moves before the head says so."""
    statement = waiting(held.extent)
    found = db.session.execute(statement, held.values).all()
    people = people_in([row.case_id for row in found]) if found else {}
    lines = [
        Line(
            person=f"{people[case_id].surname} {people[case_id].given_name}",
            person_url=url_for("desk.client", client_id=people[case_id].client_id),
            why=text_in(norm(code, norm_from).text),
            words=_("%(before)s becomes %(after)s", before=format_date(before), after=format_date(after)),
            act=_("Read and decide"),
            act_url=url_for("deadlines.changes"),
            officer=people[case_id].full_name or "",
        )
        for case_id, _number, after, before, code, norm_from in found
    ]
    rest = (_("Answer several together"), url_for("deadlines.changes"))
    count = exact(len(found), MOST, statement, held.values)
    return pile_of(_("Deadlines that change with a norm"), lines, count, rest)
