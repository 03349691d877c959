"""Violations that nobody has answered, and terms half of which is served: what the norms foresee waits for a person."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, exists, select

from app.access.policy import Reach
from app.clients.cases import Assignment
from app.clients.reach import held_within
from app.db import db
from app.desk.held import Held
from app.desk.late.open_cases import open_cases
from app.desk.lines import Line, Pile, exact, pile_of
from app.desk.overdue import MOST
from app.desk.people import people_in
from app.supervision.violations.halfway import RULE, half_served
from app.supervision.violations.models import AnswerWithdrawal, Dismissal, Excuse, Violation, ViolationWithdrawal
from app.supervision.violations.models.answers import answer_violations
from app.supervision.violations.wording import breach_in_words
from app.web.formats import format_date


@lru_cache(maxsize=5)
def unanswered_within(extent: Reach | None) -> Select[Any]:
    """Violations that count, to which nobody has drafted anything or said why not; the oldest first."""
    given = answer_violations.c
    answered = select(given.answer_id).where(
        given.violation_id == Violation.id, ~exists().where(AnswerWithdrawal.answer_id == given.answer_id)
    )
    return (
        open_cases(Violation.id, Violation.on, Violation.code)
        .join(Violation, Violation.case_id == Assignment.case_id)
        .where(
            held_within(extent),
            ~exists().where(ViolationWithdrawal.violation_id == Violation.id),
            ~exists().where(Excuse.violation_id == Violation.id),
            ~exists().where(Dismissal.case_id == Violation.case_id, Dismissal.violation_id == Violation.id),
            ~answered.exists(),
        )
        .order_by(Violation.on, Violation.id)
        .limit(MOST)
    )


def violations_unanswered(held: Held) -> list[Pile]:
    statement = unanswered_within(held.extent)
    rows = db.session.execute(statement, held.values).all()
    people = people_in([row[0] for row in rows]) if rows else {}
    lines = [
        line(
            people[case_id],
            _("%(what)s, %(date)s", what=breach_in_words(code), date=format_date(on)),
            _("Look and answer"),
            url_for("violations.show", violation_id=number),
        )
        for case_id, number, on, code in rows
    ]
    return pile_of(_("Violations that nobody has answered"), lines, exact(len(rows), MOST, statement, held.values))


def early_cancellations(held: Held, day: date) -> list[Pile]:
    """Cases in which the norms let a person ask the court to cancel the rest of the term."""
    found = half_served(held.extent, held.values, day)
    shown = sorted(found, key=lambda number: (found[number], number))[:MOST]
    people = people_in(shown) if shown else {}
    lines = [
        line(
            people[number],
            _("Half of the term was served on %(date)s, without violations", date=format_date(found[number])),
            _("Look at it"),
            url_for("violations.create_answer", case_id=number, measure=RULE.measure, rule=RULE.code),
        )
        for number in shown
    ]
    return pile_of(_("Early cancellation is possible"), lines, len(found))


def line(person: Any, why: str, act: str, url: str) -> Line:
    return Line(
        person=f"{person.surname} {person.given_name}",
        person_url=url_for("desk.client", client_id=person.client_id),
        why=why,
        act=act,
        act_url=url,
        officer=person.full_name or "",
    )
