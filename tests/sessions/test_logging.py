"""A volunteer or mentor logs a session; what cannot have been so is refused with a sentence."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.clock import COUNTRY, now, today
from app.db import db
from app.sessions.models import Session
from app.sessions.vocabulary import Absence, Medium
from tests.factories.people import make_case, make_client
from tests.factories.sessions import days_ago, make_goals, make_helper, make_match, make_session

DONE = "Filled in the form for the career centre"


@pytest.fixture
def mentor(app):
    return make_helper()


@pytest.fixture
def match(officer, mentor):
    return make_match(make_case(officer), mentor)


@pytest.fixture
def browser(mentor, sign_in):
    return sign_in(mentor)


def answers(**changed):
    given = {
        "on": str(days_ago(1)), "starts_at": "9.30", "length": "60", "outcome": "met", "medium": "in_person",
        "done": DONE, "has_concern": "no",
    }  # fmt: skip
    return {name: value for name, value in (given | changed).items() if value is not None}


def log(browser, match, **changed):
    return browser.post(f"/helping/{match.id}/sessions/new", data=answers(**changed))


def logged():
    return list(db.session.scalars(select(Session).order_by(Session.id)))


def test_a_session_is_logged(browser, match, mentor):
    page = log(browser, match, place="  Library ")

    (meeting,) = logged()
    assert page.location.endswith(f"/helping/{match.id}")
    assert (meeting.on, meeting.starts_at, meeting.minutes) == (days_ago(1), time(9, 30), 60)
    assert (meeting.medium, meeting.place, meeting.done) == (Medium.IN_PERSON, "Library", DONE)
    assert (meeting.has_met, meeting.has_concern, meeting.logged_by_id) == (True, False, mentor.id)
    shown = browser.get(page.location).text
    assert DONE in shown
    assert "0 min confirmed of 1 h logged" in shown


def test_the_form_opens_with_today_and_having_met(browser, match):
    page = browser.get(f"/helping/{match.id}/sessions/new").text
    assert f'value="{today():%d.%m.%Y}"' in page
    assert "Call 112" in page


@pytest.mark.parametrize(("length", "minutes", "kept"), [("30", "", 30), (None, "75", 75), ("90", "50", 50)])
def test_minutes_that_were_typed_go_before_the_quick_choice(browser, match, length, minutes, kept):
    log(browser, match, length=length, minutes=minutes)
    assert [meeting.minutes for meeting in logged()] == [kept]


def test_one_more_session_can_be_logged_at_once(browser, match):
    page = log(browser, match, another="yes")
    assert page.location.endswith(f"/helping/{match.id}/sessions/new")


def test_a_goal_that_the_helper_helps_with_can_be_named(browser, officer, mentor):
    case = make_case(officer)
    threads = make_goals(case, "Find work", "Finish school")
    match = make_match(case, mentor, threads=threads[:1])

    refused = log(browser, match, goal_thread=threads[1])
    log(browser, match, goal_thread=threads[0])

    assert "Choose one of the answers in the list." in refused.text
    assert [meeting.goal_thread for meeting in logged()] == [threads[0]]
    assert "Find work" in browser.get(f"/helping/{match.id}").text


def test_a_session_that_did_not_take_place_has_a_reason_and_no_time(browser, match):
    log(browser, match, outcome="illness", done="")

    (meeting,) = logged()
    assert (meeting.has_met, meeting.absence, meeting.minutes) == (False, Absence.ILLNESS, 0)
    assert "Did not take place: illness" in browser.get(f"/helping/{match.id}").text


def test_a_worry_is_kept_in_words_and_the_helper_hears_whom_to_call(browser, match):
    assert "Write in a few words what worries you." in log(browser, match, has_concern="yes").text

    page = log(browser, match, has_concern="yes", concern="He has nowhere to sleep")

    assert logged()[0].concern == "He has nowhere to sleep"
    assert "call 112 or 102" in browser.get(page.location).text


def test_words_about_a_worry_are_never_passed_over(browser, match):
    log(browser, match, has_concern="no", concern="He has nowhere to sleep")
    assert logged()[0].has_concern


SOON = (now() + timedelta(minutes=20)).astimezone(COUNTRY)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"on": str(days_ago(-1))}, "This day has not come yet."),
        ({"on": f"{SOON:%Y-%m-%d}", "starts_at": f"{SOON:%H:%M}", "length": "30"}, ""),
        ({"on": str(days_ago(41))}, "Your help to this person began on"),
        ({"on": "30.02.2026"}, "There is no such date."),
        ({"on": None}, "Enter the day of the session."),
        ({"starts_at": "25:00"}, "There is no such time."),
        ({"starts_at": None}, "Enter when it began"),
        ({"length": None}, "You met, so enter how many minutes it took."),
        ({"length": None, "minutes": "0"}, "You met, so enter how many minutes it took."),
        ({"length": None, "minutes": "721"}, "A session takes 12 hours at most."),
        ({"length": None, "minutes": "-5"}, "Write a number from 0"),
        ({"length": None, "minutes": "an hour"}, "Write a whole number, in digits."),
        ({"length": "7"}, "Choose one of the answers in the list."),
        ({"medium": "pigeon"}, "Say how you met or talked."),
        ({"medium": None}, "Say how you met or talked."),
        ({"outcome": None}, "Say whether you met or talked."),
        ({"outcome": "bored"}, "Choose one of the answers in the list."),
        ({"place": "x" * 301}, "This is too long."),
        ({"done": ""}, "Write in a few words what you did."),
    ],
)
def test_what_cannot_have_been_so_is_refused_and_what_was_typed_stays(browser, match, changed, sentence):
    page = log(browser, match, **changed)

    assert page.status_code == 200
    assert sentence in page.text
    assert changed.get("done", DONE) in page.text
    assert logged() == []


def test_broken_bytes_are_no_fault_of_ours(browser, match):
    page = browser.post(
        f"/helping/{match.id}/sessions/new", data=b"on=1.1.26&done=%ff%fe\x00",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert page.status_code == 200
    assert logged() == []


def test_a_day_between_two_consents_is_refused(officer, mentor, browser):
    match = make_match(
        make_case(officer), mentor, consents=[(days_ago(40), days_ago(20)), (days_ago(10), days_ago(-90))]
    )
    assert "consent did not stand on this day" in log(browser, match, on=str(days_ago(15))).text

    log(browser, match, on=str(days_ago(21)))
    log(browser, match, on=str(days_ago(10)))

    assert len(logged()) == 2


@pytest.mark.parametrize(("begin", "minutes"), [("9:00", "60"), ("10:15", "30"), ("10:59", "60"), ("9:30", "300")])
def test_nobody_is_in_two_places(browser, match, mentor, begin, minutes):
    elsewhere = make_match(make_case(client=make_client(given_name="Болат")), mentor)
    make_session(elsewhere, on=days_ago(2), starts_at=time(9, 45), minutes=90)

    page = log(browser, match, on=str(days_ago(2)), starts_at=begin, length=None, minutes=minutes)

    assert "You already logged a session from 09:45 to 11:15" in page.text
    assert "Болат" not in page.text
    assert len(logged()) == 1


def test_sessions_that_follow_one_another_are_both_logged(browser, match):
    make_session(match, on=days_ago(2), starts_at=time(9), minutes=60)
    log(browser, match, on=str(days_ago(2)), starts_at="10:00")
    assert len(logged()) == 2


def test_a_session_over_midnight_bars_the_next_morning(browser, match):
    make_session(match, on=days_ago(3), starts_at=time(23, 30), minutes=120)
    assert "You already logged" in log(browser, match, on=str(days_ago(2)), starts_at="0:30").text


def test_another_helper_may_meet_the_person_at_that_time(browser, match):
    make_session(make_match(match.case, make_helper()), on=days_ago(1), starts_at=time(9, 30))
    log(browser, match)
    assert len(logged()) == 2


def test_a_double_submit_logs_one_session(browser, match):
    first = log(browser, match, receipt="one-and-the-same")
    second = log(browser, match, receipt="one-and-the-same")

    assert len(logged()) == 1
    assert second.location == first.location
    assert "already saved" in browser.get(second.location).text


def test_what_was_refused_can_be_sent_again_with_the_same_receipt(browser, match):
    log(browser, match, receipt="kept", done="")
    log(browser, match, receipt="kept")
    assert len(logged()) == 1


def test_many_sessions_are_paged(browser, match):
    for n in range(30):
        make_session(match, on=days_ago(2 + n), done=f"Meeting number {n:02}")
    first = browser.get(f"/helping/{match.id}").text
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(older).text
    newer = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "number 00" in first
    assert "number 25" not in first
    assert "number 25" in second
    assert "number 24" not in second
    assert "number 00" in browser.get(newer).text
    for nonsense in (
        "older",
        "older.2026-13-45.1",
        "-1",
        "newer.2026-01-01.x",
        "a.b.c.d",
        "older.2026-01-01.99999999999",
    ):
        assert browser.get(f"/helping/{match.id}?at={nonsense}").status_code == 200
