"""An officer's calendar elsewhere: it says when somebody is expected and never who, to whoever has the address."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role, Suspension, User
from app.audit.models import Entry
from app.clock import COUNTRY, now, today
from app.db import db
from app.supervision.messages.feeds import make_feed
from app.supervision.messages.icalendar_file import SLOT, Appointment, calendar_file
from app.supervision.messages.models import CalendarFeed, FeedOpening, FeedWithdrawal
from tests.at_once import answer_to_the_second
from tests.databases import on_postgresql
from tests.factories.contacts import make_group_event
from tests.factories.messages import make_expected
from tests.factories.people import make_case, make_client, make_user
from tests.factories.saving import saved
from tests.factories.visits import make_visit


@pytest.fixture
def case(officer, stopped_clock):
    return make_case(officer, client=make_client(surname="Құпиябеков", given_name="Нұрлан"), number="C-777")


@pytest.fixture
def stranger(app):
    return app.test_client()


def token_of(user):
    _feed, token = make_feed(user, now())
    db.session.commit()
    return token


def receipt_in(page):
    return {"receipt": re.search(r'name="receipt"[^>]*value="([^"]+)"', page)[1]}


def read(stranger, token):
    """The events by their summary, as another library reads them."""
    answer = stranger.get(f"/calendars/{token}.ics")
    assert answer.status_code == 200, answer.status_code
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    return list(vobject.readOne(answer.text).contents.get("vevent", [])), answer.text


def test_another_library_reads_the_visits_and_events_and_no_name(case, officer, stranger):
    timed, whole_day = make_expected(case), make_visit(case, today() + timedelta(days=2))
    make_group_event([case], today() + timedelta(days=3), minute=15 * 60, minutes=90, title="Нұрлан and others")
    make_expected(make_case(make_user()))
    make_visit(case, today() + timedelta(days=300))

    events, calendar = read(stranger, token_of(officer))

    assert [event.uid.value for event in events] == [
        f"visit-{timed.id}@qadam", f"visit-{whole_day.id}@qadam", "group-event-1@qadam"
    ]  # fmt: skip
    assert events[0].dtstart.value == datetime(2026, 11, 21, 5, tzinfo=UTC)
    assert events[0].dtend.value - events[0].dtstart.value == SLOT
    assert events[0].url.value == f"http://localhost/visits/{timed.id}/outcome"
    assert events[0].summary.value == "Visit: called by the officer"
    assert events[1].dtstart.value == date(2026, 11, 22)
    assert events[2].dtend.value - events[2].dtstart.value == timedelta(minutes=90)
    for secret in ("Құпиябеков", "Нұрлан", "C-777", officer.full_name):
        assert secret not in calendar


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
def test_an_address_is_taken_back_once_by_two_presses_at_once(case, officer, sign_in):
    token_of(officer)
    browser, feed = sign_in(officer), db.session.query(CalendarFeed).one()

    answer = answer_to_the_second(
        browser, "/calendar-feed/withdrawal", {},
        select(User.id).where(User.id == officer.id).with_for_update(),
        insert(FeedWithdrawal).values(feed_id=feed.id, at=now()),
    )  # fmt: skip

    assert answer.status_code == 302


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2024, 2, 29), 4), (date(2024, 3, 1), 5)],  # Almaty went from UTC+6 to UTC+5
)
def test_ten_in_the_morning_stays_so_across_the_change_of_time_zone(day, utc_hour):
    one = Appointment("visit-1", "Visit", day, 600, SLOT, "https://qadam.example.kz/", now())

    event = vobject.readOne(calendar_file("Calendar", [one]).decode()).vevent

    assert event.dtstart.value == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    assert event.dtstart.value.astimezone(COUNTRY).hour == 10


def test_a_new_address_ends_the_old_one_and_only_a_digest_is_kept(case, officer, sign_in, stranger, stopped_clock):
    browser = sign_in(officer)
    form = receipt_in(browser.get("/calendar-feed").text)
    for _press in range(2):
        browser.post("/calendar-feed", data=form)
    page = browser.get("/calendar-feed").text
    token = re.search(r"/calendars/([A-Za-z0-9_-]{43})\.ics", page)[1]
    read(stranger, token)
    read(stranger, token)

    assert db.session.query(CalendarFeed).count() == 1
    assert db.session.query(FeedOpening).one().on == today()
    assert "Last read on 20 Nov 2026." in browser.get("/calendar-feed").text
    assert token not in str(dict(db.session.execute(text("SELECT * FROM calendar_feeds")).mappings().one()))
    assert [row.what for row in db.session.query(Entry).filter_by(subject="calendarfeed")] == ["messages.feed"]
    with pytest.raises(DatabaseError):
        db.session.execute(text("DELETE FROM calendar_feeds"))
    db.session.rollback()
    browser.post("/calendar-feed", data=receipt_in(browser.get("/calendar-feed").text))
    assert stranger.get(f"/calendars/{token}.ics").status_code == 404
    stopped_clock.move(minutes=11)
    assert "/calendars/" not in browser.get("/calendar-feed").text
    browser.post("/calendar-feed/withdrawal")
    assert "There is no address that works." in browser.post("/calendar-feed/withdrawal", follow_redirects=True).text


@pytest.mark.one_engine
def test_who_may_not_sign_in_has_no_calendar_and_odd_addresses_open_nothing(case, officer, stranger, capsys):
    token = token_of(officer)
    saved(Suspension(user_id=officer.id, by_id=officer.id, at=now()))

    assert stranger.get(f"/calendars/{token}.ics").status_code == 404
    for odd in ("a" * 500, "жол", "%00", "1"):
        assert stranger.get(f"/calendars/{odd}.ics").status_code == 404
    assert token not in capsys.readouterr().out


@pytest.mark.one_engine
@pytest.mark.parametrize("role", [Role.ANALYST, Role.MENTOR, Role.ADMINISTRATOR])
def test_others_have_no_calendar_to_keep(app, stopped_clock, sign_in, stranger, role):
    user = make_user(role)

    assert sign_in(user).get("/calendar-feed").status_code == 403
    assert stranger.get(f"/calendars/{token_of(user)}.ics").status_code == 404
