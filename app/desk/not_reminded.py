"""People who agreed to be reminded of a visit and were not: an officer can still call them."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from app.access.policy import Reach
from app.clients.reach import held_within
from app.clock import now
from app.db import db
from app.desk.held import Held
from app.desk.late_supervision import contact_form
from app.desk.lines import Line, Pile, exact, pile_of
from app.desk.overdue import MOST
from app.desk.people import people_in
from app.supervision.calendar.models import Visit
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.messages import queries


@lru_cache(maxsize=10)
def failures(day: date, extent: Reach | None) -> Select[Any]:
    return queries.not_reminded(day).where(held_within(extent)).order_by(Visit.on, Visit.id).limit(MOST)


def not_reminded(day: date, held: Held) -> list[Pile]:
    """One pile of those whose reminder did not go out, or may not have: the next act is a call."""
    statement, values = failures(day, held.extent), held.values | queries.cut_short_by(now())
    found = db.session.execute(statement, values).all()
    people = people_in([row.case_id for row in found]) if found else {}
    lines = [
        Line(
            person=f"{people[case_id].surname} {people[case_id].given_name}",
            person_url=url_for("supervision.of_client", client_id=people[case_id].client_id),
            why=_("The reminder of the visit may not have arrived"),
            act=_("Call the person"),
            act_url=contact_form(case_id, ContactKind.CALL),
            due_on=on,
            officer=people[case_id].full_name or "",
        )
        for case_id, _visit_id, on, _count in found
    ]
    return pile_of(_("Not reminded"), lines, exact(len(found), MOST, statement, values))
