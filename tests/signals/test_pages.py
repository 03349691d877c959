"""The pages of signals: a list that empties as things are done, reasons in three languages, and the rules."""

from datetime import timedelta

import pytest

from app.access.models import Role
from app.assessments.completing import tell_of
from app.clients.vocabulary import EventKind
from app.clock import now, today
from app.db import db
from app.signals import lists, queries
from app.signals.models import Signal
from app.signals.precision import LEAST, precision
from app.signals.raising import look_again, run
from app.signals.vocabulary import Reason, Verdict
from app.web.formats import format_date
from tests.factories.assessments import make_completed
from tests.factories.people import make_case, make_user
from tests.factories.signals import fresh_case, make_event, make_signal
from tests.factories.statements import statements


def again(signal: Signal) -> Signal:
    db.session.expire_all()
    return db.session.get(Signal, signal.id)


def said(then: str, words: str = "") -> dict[str, str]:
    return {"then": then, "words": words}


def test_a_signal_says_why_in_the_language_of_the_reader(sign_in, officer, stopped_clock):
    signal = make_signal(fresh_case(officer), today() - timedelta(days=2))
    page = sign_in(officer).get(f"/signals/{signal.id}").text

    assert f"On {format_date(today() - timedelta(days=2), code='en')}: work lost." in page
    assert f"/cases/{signal.case_id}#event-1" in page
    russian = make_user(Role.SUPERVISOR, language="ru")
    assert "18.11.2026: " in sign_in(russian).get(f"/signals/{signal.id}").text


def test_one_click_acknowledges_and_leads_back(sign_in, officer, stopped_clock):
    signal, browser = make_signal(fresh_case(officer)), sign_in(officer)
    answer = browser.post(f"/signals/{signal.id}/acknowledgement", data={"back": "/signals?state=open"})

    assert answer.location == "/signals?state=open"
    assert again(signal).acknowledgement.by == officer
    assert "acknowledged already" in browser.post(
        f"/signals/{signal.id}/acknowledgement", data={"back": "//elsewhere.example"}, follow_redirects=True
    ).text  # fmt: skip


@pytest.mark.parametrize(("then", "verdict"), [("help_given", Verdict.HANDLED), ("no_concern", Verdict.FALSE_ALARM)])
def test_what_is_done_leaves_the_list(sign_in, officer, stopped_clock, then, verdict):
    signal, browser = make_signal(fresh_case(officer)), sign_in(officer)
    assert "Work, home or treatment lost" in lines(browser)

    browser.post(f"/signals/{signal.id}/actions", data=said(then, "Talked with the employer"))

    closure = again(signal).closure
    assert (closure.verdict, closure.reason, closure.words) == (verdict, Reason(then), "Talked with the employer")
    assert "No signals here" in lines(browser)
    assert "Read" in lines(browser, "?state=closed")
    refused = browser.post(f"/signals/{signal.id}/actions", data=said("keep", "More"), follow_redirects=True)
    assert "This signal is closed" in refused.text


def lines(browser, query: str = "") -> str:
    """What stands below the filters."""
    return browser.get(f"/signals{query}").text.partition("</form>\n  ")[2].partition("</main>")[0]


def test_an_action_keeps_it_open_and_needs_words(sign_in, officer, stopped_clock):
    signal, browser = make_signal(fresh_case(officer)), sign_in(officer)

    assert "Say in a few words" in browser.post(f"/signals/{signal.id}/actions", data=said("keep")).text
    assert "Choose what becomes" in browser.post(f"/signals/{signal.id}/actions", data={"words": "Text"}).text
    browser.post(f"/signals/{signal.id}/actions", data=said("keep", "Called the employer"))
    assert [action.words for action in again(signal).actions] == ["Called the employer"]
    assert (again(signal).closure, again(signal).acknowledgement.by) == (None, officer)


def test_what_is_put_off_comes_back_on_its_day_or_with_new_evidence(sign_in, officer, stopped_clock):
    case = fresh_case(officer)
    signal, browser = make_signal(case), sign_in(officer)
    put_off = {"until_on": "27.11.2026", "reason": "On leave until then"}

    late = browser.post(f"/signals/{signal.id}/snooze", data=put_off | {"until_on": "20.11.2026"}).text
    assert "a day after today" in late
    browser.post(f"/signals/{signal.id}/snooze", data=put_off)
    assert "No signals here" in lines(browser)
    assert f"back on {format_date(today() + timedelta(days=7), code='en')}" in lines(browser, "?state=put_off")
    stopped_clock.move(minutes=1)
    make_event(case, EventKind.LOST_HOME, today(), recorded_at=now())
    look_again(case, today(), now())
    db.session.commit()
    assert "grown since it was seen" in lines(browser)


def test_a_list_is_narrowed_and_turned_page_by_page(sign_in, officer, stopped_clock, monkeypatch):
    for module in (queries, lists):
        monkeypatch.setattr(module, "PAGE", 2)
    signals = [make_signal(fresh_case(officer)) for _number in range(3)]
    offence = fresh_case(officer)
    make_event(offence, EventKind.NEW_OFFENCE, today(), recorded_at=now())
    run(today(), now())
    browser = sign_in(officer)
    found = browser.get("/signals?severity=today").text
    assert f"/people/{offence.client_id}" in found
    assert f"/people/{signals[0].about_client_id}" not in found
    first = browser.get("/signals?rule=loss").text
    assert [f'href="/signals/{signal.id}"' in first for signal in signals] == [False, True, True]
    second = browser.get(f"/signals?rule=loss&before={signals[1].urgency}.{signals[1].id}").text
    assert [f'href="/signals/{signal.id}"' in second for signal in signals] == [True, False, False]
    person = browser.get(f"/signals?person={signals[2].about_client_id}").text
    assert f'href="/signals/{signals[2].id}"' in person and f'href="/signals/{signals[1].id}"' not in person
    assert browser.get("/signals?state=x&severity=y&before=9.9.9&person=-1").status_code == 200


def test_the_day_shows_what_nobody_has_seen_and_the_queue_what_waited_too_long(sign_in, officer, stopped_clock):
    signal, head = make_signal(fresh_case(officer)), make_user(Role.SUPERVISOR)
    told = "Signals for the head of service"

    assert "New signals · 1" in sign_in(officer).get("/").text
    assert told not in sign_in(head).get("/queue").text
    stopped_clock.move(days=4)
    assert told in sign_in(head).get("/queue").text
    browser = sign_in(officer)
    browser.post(f"/signals/{signal.id}/acknowledgement")
    assert "New signals" not in browser.get("/").text
    assert told not in sign_in(head).get("/queue").text
    assert f'href="/signals/{signal.id}"' in browser.get(f"/people/{signal.about_client_id}").text


def test_an_event_is_looked_at_on_the_spot(sign_in, officer, stopped_clock):
    case = fresh_case(officer)
    sign_in(officer).post(f"/cases/{case.id}/events", data={"kind": "new_offence", "on": "20.11.2026"})

    assert [signal.rule_code for signal in db.session.scalars(db.select(Signal))].count("new_offence") == 1


def test_a_completed_assessment_settles_what_was_late_on_the_spot(app, officer, stopped_clock):
    case = make_case(officer)
    run(today(), now())
    make_completed(case)
    tell_of(case, today())

    (late,) = db.session.scalars(db.select(Signal).where(Signal.rule_code == "first_assessment_late"))
    assert late.closure.verdict == Verdict.SETTLED


def close_many(case, officer, number: int, reason: Reason) -> None:
    for _number in range(number):
        signal = Signal(
            case=case, rule_code="loss", rule_version=1, episode=f"{reason} {_number}", urgency=1,
            raised_on=today(), raised_at=now(), due_on=today(),
        )  # fmt: skip
        db.session.add(signal)
        signal.close(reason, "Words", officer, now())
    db.session.commit()


def test_the_rules_show_their_precision_from_thirty_closed_signals_on(sign_in, officer, stopped_clock):
    case, analyst = fresh_case(officer), make_user(Role.ANALYST)
    close_many(case, officer, 20, Reason.HELP_GIVEN)
    close_many(case, officer, LEAST - 21, Reason.NO_CONCERN)
    few = sign_in(analyst).get("/signals/rules").text
    close_many(case, officer, 1, Reason.EXPLAINED)
    page = sign_in(analyst).get("/signals/rules").text

    assert "too few to tell" in few and "interval:" not in few
    assert "66.7 % of 30 (95 % interval: 48.8 to 80.8 %)" in page
    assert (precision()["loss"].handled, precision()["loss"].false_alarms) == (20, 10)


def test_as_many_statements_for_many_signals_as_for_one(sign_in, officer, stopped_clock):
    browser = sign_in(officer)
    make_signal(fresh_case(officer))
    browser.get("/signals")
    one = statements(lambda: browser.get("/signals"))
    for _number in range(3):
        make_signal(fresh_case(officer))
    assert statements(lambda: browser.get("/signals")) == one
