"""Providers that are to answer a referral, or to start their help, within days: before they are late."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from app.access.policy import Reach
from app.assistance.models import Referral, Service
from app.assistance.referrals.statements import Accepted, accepted_one, due, waits
from app.clients.cases import Assignment
from app.clients.reach import held_within
from app.db import db
from app.desk.held import Held
from app.desk.late.open_cases import open_cases
from app.desk.lines import Line, Pile, ahead_pile, count_of
from app.desk.overdue import MOST
from app.desk.people import people_in
from app.web.languages import text_in

AHEAD = timedelta(days=3)


@lru_cache(maxsize=20)
def coming(day: date, until: date, extent: Reach | None) -> Select[Any]:
    """The referrals whose provider is to answer or to start from a day to another, the earliest first."""
    return (
        open_cases(Referral.id, due().label("due_on"), Accepted.id)
        .join(Referral, Referral.case_id == Assignment.case_id)
        .join(Service, Service.id == Referral.service_id)
        .outerjoin(Accepted, accepted_one())
        .where(waits(), due().between(day, until), held_within(extent))
        .add_columns(Service.kk, Service.ru, Service.en)
        .order_by(due(), Referral.id)
        .limit(MOST)
    )


def referrals_ahead(day: date, held: Held) -> list[Pile]:
    """One pile of the services that are to answer or to start in the next days; none when there are none."""
    found = db.session.execute(coming(day, day + AHEAD, held.extent), held.values).all()
    if not found:
        return []
    people = people_in([row.case_id for row in found])
    lines = []
    for case_id, referral_id, due_on, accepted_id, *names in found:
        of, service = people[case_id], text_in(dict(zip(("kk", "ru", "en"), names, strict=True)))
        lines.append(
            Line(
                person=f"{of.surname} {of.given_name}",
                person_url=url_for("desk.client", client_id=of.client_id),
                why=_("“%(service)s” is to start", service=service)
                if accepted_id
                else _("“%(service)s” is to answer", service=service),
                act=_("Open the referral"),
                act_url=url_for("referrals.show", referral_id=referral_id),
                due_on=due_on,
            )
        )

    def count(until: date) -> int:
        return count_of(coming(day, until, held.extent), held.values)

    return ahead_pile(_("Answers of services in the next days"), lines, (day, day + AHEAD), MOST, count)
