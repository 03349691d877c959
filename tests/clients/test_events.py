"""What happens in a case between two meetings: noted in one short form, withdrawn with a reason, never deleted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.clients import events
from app.clients.events import CaseEvent, EventKind
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from tests.factories.people import make_case, make_event


@pytest.fixture
def case(officer):
    return make_case(officer)


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def happened(**answers):
    return {"kind": "lost_work", "on": today().strftime("%d.%m.%Y"), "note": "Цех жабылды"} | answers


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(CaseEvent)) or 0


def test_an_event_is_noted_shown_and_told_in_the_timeline(browser, case):
    answer = browser.post(f"/cases/{case.id}/events", data=happened(), follow_redirects=True)

    assert "It is noted." in answer.text
    assert "work lost: Цех жабылды" in answer.text
    assert "Цех жабылды" in browser.get(f"/people/{case.client_id}").text
    assert "work lost" in browser.get(f"/people/{case.client_id}?room=case").text


@pytest.mark.one_engine
@pytest.mark.parametrize(("answers", "sentence"), [
    ({"kind": ""}, "Choose what happened."),
    ({"kind": "won_a_lottery"}, "Choose one of the answers in the list."),
    ({"on": "31.2.2026"}, "There is no such date."),
    ({"on": ""}, "Enter the day."),
    ({"on": "4.1.2026"}, "The case was not yet on the register on this day."),
    ({"note": "а" * 1001}, "This is too long. Use at most 1000 characters."),
])  # fmt: skip
def test_what_cannot_be_noted_is_refused_with_a_sentence(browser, case, answers, sentence):
    answer = browser.post(f"/cases/{case.id}/events", data=happened(**answers))

    assert (answer.status_code, count()) == (422, 0)
    assert sentence in answer.text


def test_a_day_that_has_not_come_is_refused(browser, case):
    tomorrow = today() + timedelta(days=1)

    answer = browser.post(f"/cases/{case.id}/events", data=happened(on=tomorrow.strftime("%d.%m.%Y")))

    assert "This date is in the future." in answer.text


def test_the_same_is_noted_of_a_day_only_once(browser, case):
    browser.post(f"/cases/{case.id}/events", data=happened())

    again = browser.post(f"/cases/{case.id}/events", data=happened(note="тағы да"))

    assert "This is noted of that day already." in again.text
    assert count() == 1


def test_nothing_is_noted_in_a_closed_case(browser, case, officer):
    event = make_event(case)
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    answer = browser.post(f"/cases/{case.id}/events", data=happened(kind="breach"), follow_redirects=True)
    browser.post(f"/events/{event.id}/withdrawal", data={"reason": "қате"})

    assert "This case is off the register." in answer.text
    assert (count(), event.withdrawal) == (1, None)


def test_an_event_is_withdrawn_with_a_reason_and_stays(browser, case):
    event = make_event(case, note="Басқа адам туралы")
    address = f"/events/{event.id}/withdrawal"

    unexplained = browser.post(address, data={"reason": " "})
    page = browser.post(address, data={"reason": "Қате іске жазылды"}, follow_redirects=True).text
    twice = browser.post(address, data={"reason": "тағы"})

    assert "Write why it is withdrawn." in unexplained.text
    assert "<s>work lost: Басқа адам туралы</s>" in page
    assert "Қате іске жазылды" in page
    assert twice.status_code == 302
    assert "Басқа адам туралы" not in browser.get(f"/people/{case.client_id}").text


def test_rooms_above_look_again_before_the_event_is_committed(browser, case, monkeypatch):
    looked = []
    monkeypatch.setattr(events, "after_event", [lambda case, on: looked.append((case.id, on, count()))])

    browser.post(f"/cases/{case.id}/events", data=happened())
    event = db.session.scalars(select(CaseEvent)).one()
    browser.post(f"/events/{event.id}/withdrawal", data={"reason": "Қате"})

    assert looked == [(case.id, today(), 1), (case.id, today(), 1)]


def test_the_database_keeps_events_as_they_were_written(app, case):
    event = make_event(case, EventKind.BREACH, date(2026, 3, 1))

    for statement in ("UPDATE case_events SET note = 'x'", "DELETE FROM case_events"):
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert db.session.get(CaseEvent, event.id)
