"""Violations and answers in the browser: recorded, heard, drafted, signed, handed over, decided."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.access.models import Role
from app.clock import today
from app.db import db
from app.supervision.calendar.vocabulary import Came
from app.supervision.violations.models import Answer, Dismissal, Explanation, Violation
from app.supervision.violations.vocabulary import Addressee, AnswerStanding
from tests.factories.people import make_case, make_client, make_user
from tests.factories.violations import (
    make_answer,
    make_delivered,
    make_search,
    make_signed,
    make_submitted,
    make_violation,
    officer_of,
)
from tests.factories.visits import make_outcome, make_visit

pytestmark = pytest.mark.usefixtures("stopped_clock")


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_missed_visit_is_offered_and_becomes_a_violation_by_one_press(officer, sign_in):
    visit = make_visit(make_case(officer), on=today() - timedelta(days=1))
    make_outcome(visit, Came.DID_NOT_COME)
    browser = sign_in(officer)
    page = f"/people/{visit.case.client_id}/supervision"

    assert "Missed visits that nobody has recorded" in browser.get(page).text
    assert count(Violation) == 0

    answer = browser.post(f"/visits/{visit.id}/violation", follow_redirects=True)
    assert "Did not come on a reporting day without a valid reason" in answer.text
    assert "Representation to extend probation control" in answer.text
    assert "Missed visits that nobody has recorded" not in browser.get(page).text
    violation = db.session.scalars(select(Violation)).one()
    assert (violation.visit_id, violation.on, violation.by_id) == (visit.id, visit.on, officer.id)


def fields(page: str, *names: str) -> dict[str, str]:
    """What the page has in its hidden and other fields."""
    import html
    import re

    return {name: html.unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]) for name in names}


def test_an_answer_goes_from_the_officer_to_the_head_and_to_the_court(officer, sign_in):
    violation = make_violation(make_case(officer), "conditional-moved")
    head = make_user(Role.SUPERVISOR)
    browser, desk = sign_in(officer), sign_in(head)
    address = f"/cases/{violation.case_id}/answers/new?measure=extend&rule=conditional-extend&violation={violation.id}"

    page = browser.get(address).text
    assert "The norms allow at most 12 months." in page
    assert "Не сообщил о перемене места жительства" in page
    assert "үлгі / образец" in page

    said = {"kk": "Мәтін {months} ай", "ru": "Текст {months} мес.", "violations": violation.id}
    assert "at most 12 months" in browser.post(address, data=said | {"months": "13"}).text
    assert count(Answer) == 0
    shown = browser.post(address, data=said | {"months": "6", "submission": "yes"}, follow_redirects=True).text
    answer = db.session.scalars(select(Answer)).one()
    assert "waiting for the head" in shown
    assert (answer.number, answer.draft.kk, answer.draft.months) == ("A-2026-000001", "Мәтін 6 ай", 6)

    shown = desk.get(f"/answers/{answer.id}").text
    assert "Текст 6 мес." in shown
    shown = desk.post(f"/answers/{answer.id}/signature", data={"draft": answer.draft.id}, follow_redirects=True).text
    assert "It is signed" in shown
    pdf = desk.get(f"/answers/{answer.id}/paper/ru.pdf")
    assert pdf.data.startswith(b"%PDF")

    given = {"on": "20.11.2026", "means": "courier"}
    browser.post(f"/answers/{answer.id}/deliveries/new?to=court", data=given, follow_redirects=True)
    court = {"on": "20.11.2026", "outcome": "granted", "act": "Суд № 1, № 77", "months": "3"}
    shown = browser.post(f"/answers/{answer.id}/decision", data=court, follow_redirects=True).text
    assert "Change the term of the case" in shown
    assert "decided by the court" in shown
