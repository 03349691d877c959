"""What came of a visit: one press, a paper later, two at once, and whoever lost the case meanwhile."""

from datetime import date
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access.models import Role
from app.clients.transfer import Receiver, accept, offer
from app.clock import now, today
from app.db import db
from app.supervision.calendar import coming
from app.supervision.calendar.models import Rhythm, Visit, VisitMove, VisitOutcome
from app.supervision.calendar.vocabulary import Came
from tests.factories.people import make_office, make_user
from tests.factories.saving import saved
from tests.factories.visits import make_outcome, make_visit
from tests.supervision.test_visits import close, planned

FRIDAY = date(2026, 11, 20)  # today
pytestmark = pytest.mark.usefixtures("stopped_clock")
plain = pytest.mark.one_engine  # plain reading and writing


def hand_over(case, to) -> None:
    by = make_user(Role.SUPERVISOR)
    transfer = saved(offer(case, Receiver(make_office(), to), "Leave", by, now()))
    accept(transfer, to, to, now())
    db.session.commit()
    db.session.expire_all()


@plain
def test_one_press_is_enough_for_who_came_and_leads_back_to_the_day(browser, case):
    visit = make_visit(case)

    answer = browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "came", "back": "/"})

    assert answer.location == "/"
    outcome = db.session.scalars(select(VisitOutcome)).one()
    assert (outcome.kind, outcome.on, outcome.ordinal) == (Came.CAME, FRIDAY, 1)
    elsewhere = {"outcome": "did_not_come", "back": "https://elsewhere.example/", "seen": "1", "words": "Slip"}
    assert (
        browser.post(f"/visits/{visit.id}/outcome", data=elsewhere).location == f"/people/{case.client_id}/supervision"
    )


UNFIT_OUTCOMES = [
    (date(2026, 11, 23), {"outcome": "came"}, "This visit is yet to come, on 23 Nov 2026"),
    (date(2025, 12, 1), {"outcome": "came"}, "not yet on the register"),
    (FRIDAY, {}, "Choose what came of the visit."),
    (FRIDAY, {"outcome": "flew"}, "Choose"),
    (FRIDAY, {"outcome": "valid_reason"}, "Choose the reason."),
    (FRIDAY, {"outcome": "valid_reason", "reason": "illness"}, "Write what proves the reason."),
    (FRIDAY, {"outcome": "came_late", "on": "21.11.2026"}, "This date is in the future"),
    (FRIDAY, {"outcome": "came_late", "on": "19.11.2026"}, "was not late"),
    (FRIDAY, {"outcome": "came", "next_time": "9:00"}, "Enter the day of the next appointment"),
    (FRIDAY, {"outcome": "came", "next_on": "21.11.2026"}, "Next appointment: The office receives nobody"),
]


@plain
def test_an_outcome_that_does_not_fit_is_refused_and_nothing_of_it_is_kept(browser, case):
    for on, form, says in UNFIT_OUTCOMES:
        visit = make_visit(case, on=on)

        answer = browser.post(f"/visits/{visit.id}/outcome", data={"words": "What was said"} | form)

        assert answer.status_code == 422
        assert says in unescape(answer.text) and "What was said" in answer.text
    db.session.expire_all()
    assert db.session.scalars(select(VisitOutcome)).all() == []
    assert db.session.scalars(select(Visit).where(Visit.is_settled)).all() == []


@plain
def test_a_later_paper_excuses_who_did_not_come_and_says_why(browser, case):
    visit = make_visit(case, on=date(2026, 11, 18))
    address = f"/visits/{visit.id}/outcome"
    browser.post(address, data={"outcome": "did_not_come", "next_on": "24.11.2026", "next_time": "10:00"})
    paper = {"outcome": "valid_reason", "reason": "illness", "proof": "Sick note of 17.11.2026", "seen": "1"}

    assert "Write why it is corrected" in browser.post(address, data=paper).text
    browser.post(address, data=paper | {"words": "The note came by post"})

    rows = db.session.scalars(select(VisitOutcome).order_by(VisitOutcome.ordinal)).all()
    assert [(row.ordinal, row.kind) for row in rows] == [(1, Came.DID_NOT_COME), (2, Came.VALID_REASON)]
    assert planned() == ["2026-11-24"]
    shown = browser.get(f"/people/{case.client_id}/supervision").text
    assert "illness: Sick note of 17.11.2026" in shown and "10:00" in shown


@plain
def test_a_second_outcome_at_once_is_told_of_the_first(browser, case):
    visit = make_visit(case)
    browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "came", "seen": "0"})

    second = browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "did_not_come", "seen": "0"})

    assert second.status_code == 422
    assert "Somebody noted an outcome a moment before you: came" in second.text
    assert 'name="seen" type="hidden" value="1"' in second.text  # whoever was told may correct it


def test_the_database_takes_no_second_outcome_and_none_of_a_visit_that_moved(case):
    visit, moved = make_visit(case), make_visit(case, on=date(2026, 11, 25))
    first = make_outcome(visit)
    instead = coming.Moved(coming.When(date(2026, 11, 26)), "Exam")
    coming.move(moved, instead, case.assignment.officer, today(), now())
    db.session.commit()
    fact = {"kind": Came.CAME, "on": FRIDAY, "by_id": first.by_id, "at": now()}

    for visit_id, ordinal in ((visit.id, 1), (moved.id, 1)):
        with pytest.raises(IntegrityError):
            saved(VisitOutcome(visit_id=visit_id, ordinal=ordinal, **fact))
        db.session.rollback()
    for change in (
        VisitOutcome.__table__.update().values(kind="did_not_come"),
        Visit.__table__.update().where(Visit.id == moved.id).values(is_settled=False),
        Visit.__table__.update().where(Visit.id == visit.id).values(on=date(2026, 1, 9)),
        VisitMove.__table__.delete(),
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(change)
        db.session.rollback()


@plain
def test_who_lost_the_case_while_the_page_was_open_is_told_and_nothing_is_kept(browser, case):
    visit = make_visit(case)
    hand_over(case, make_user())

    answer = browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "came"})

    assert answer.location == "/"
    told = browser.get("/people").text
    assert "The case went to another officer while this page was open, so nothing was saved" in told
    assert db.session.scalars(select(VisitOutcome)).all() == []
    assert browser.get(f"/visits/{visit.id}/outcome").status_code == 404


@plain
def test_a_head_who_opened_the_page_under_another_officer_is_asked_again(sign_in, case):
    visit = make_visit(case)
    head = sign_in(make_user(Role.SUPERVISOR))
    form = {"outcome": "came", "seen": "0", "holder": str(case.assignment.id)}
    hand_over(case, make_user())

    first = head.post(f"/visits/{visit.id}/outcome", data=form)
    assert first.status_code == 422 and "Check that this is still yours to note" in first.text
    now_held = db.session.get_one(Visit, visit.id).case.assignment.id
    assert f'value="{now_held}"' in first.text

    assert head.post(f"/visits/{visit.id}/outcome", data=form | {"holder": str(now_held)}).status_code == 302


@plain
def test_a_closed_case_takes_nothing_any_more(browser, case):
    visit = make_visit(case)
    close(case)
    acts = {
        f"/visits/{visit.id}/outcome": {"outcome": "came"},
        f"/visits/{visit.id}/moves/new": {"on": "24.11.2026", "reason": "Exam"},
        f"/visits/{visit.id}/withdrawal": {"reason": "Mistake"},
        f"/cases/{case.id}/visits/new": {"on": "24.11.2026"},
        f"/cases/{case.id}/rhythms/new": {"per": "month", "days": "5, 20", "from_on": "20.11.2026"},
    }

    for address, form in acts.items():
        answer = browser.post(address, data=form)
        assert answer.status_code == 422 and "off the register" in answer.text
    assert not db.session.scalars(select(VisitOutcome)).all() + db.session.scalars(select(VisitMove)).all()
    assert db.session.scalars(select(Rhythm)).all() == []
