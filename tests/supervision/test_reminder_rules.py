"""What a reminder says and what it keeps to itself, when it goes out, and when it is tried again."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

import config
from app.clock import COUNTRY
from app.supervision.messages.timing import (
    MOST_ATTEMPTS,
    is_awake,
    is_in_time,
    last_day,
    next_attempt_at,
    standing,
)
from app.supervision.messages.vocabulary import Result, Standing
from app.supervision.messages.wording import Appointment, reminder, subject, tells, texts
from app.supervision.norms import norm

pytestmark = pytest.mark.one_engine
ON = date(2026, 11, 21)
AT = datetime(2026, 11, 20, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Came:
    kind: Result


@dataclass(frozen=True)
class Attempt:
    ordinal: int
    result: Came | None
    at: datetime = AT


def failed(times):
    return [Attempt(number, Came(Result.FAILED)) for number in range(1, times + 1)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Еске саламыз: сізді 21.11.2026 (сенбі) күтеміз, сағат 9:05. Достық 5. Тел.: +7 701 123-45-67"),
        ("ru", "Напоминаем: вас ждут 21.11.2026 (суббота) в 9:05. Достық 5. Тел.: +7 701 123-45-67"),
        ("en", "A reminder: you are expected on 21 Nov 2026 (Saturday) at 9:05. Dostyk 5. Tel.: +7 701 123-45-67"),
    ],
)
def test_a_reminder_speaks_the_persons_language_and_is_short(language, text):
    office = "Dostyk 5" if language == "en" else "Достық 5"

    assert reminder(Appointment(ON, 545, office, "+77011234567"), language) == text
    assert len(text) <= 134  # two SMS in Cyrillic letters


def test_what_is_not_known_is_left_out():
    assert reminder(Appointment(ON, None, None, None), "ru") == "Напоминаем: вас ждут 21.11.2026 (суббота)."


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_text_of_ours_tells_a_stranger_anything(language):
    said = [reminder(Appointment(ON, minute, None, None), language) for minute in (None, 600)] + [subject(language)]

    assert [text for text in said if tells(text)] == []
    assert {"kk", "ru", "en"} == set(texts()["with_time"])


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Достық 5", None),
        ("Бизнес-центр «Судак»", None),  # a fish, not a court
        ("Служба пробации", "пробации"),
        ("Алматы ПРОБАЦИЯСЫ", "ПРОБАЦИЯСЫ"),
        ("Соты алдындағы үй", "Соты"),
        ("Отдел полиции № 2", "полиции"),
        ("Probation house", "Probation"),
        ("здание УИС", "УИС"),
    ],
)
def test_a_name_that_tells_too_much_is_found(name, word):
    assert tells(name) == word


def test_a_reminder_goes_out_from_the_day_before_on():
    before = norm("visit-reminder", ON).before

    assert last_day(date(2026, 11, 20), before) == ON
    assert last_day(date(2026, 11, 20), lambda day: day - timedelta(days=3)) == date(2026, 11, 23)


@given(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(0, 60))
def test_nobody_is_reminded_earlier_than_the_norm_says(today, days):
    last = last_day(today, lambda day: day - timedelta(days=days))

    assert last - timedelta(days=days) <= today <= last


@pytest.mark.parametrize(
    ("hour", "awake"),
    [(3, False), (4, True), (14, True), (15, False)],  # in UTC: five hours behind the country
)
def test_no_telephone_rings_at_night(hour, awake):
    assert is_awake(datetime(2026, 11, 20, hour, tzinfo=UTC)) is awake


@pytest.mark.parametrize("year", [2023, 2025])
def test_morning_is_morning_before_and_after_the_change_of_time_zone(year):
    """On 1 March 2024 the clocks of Almaty went from UTC+6 to UTC+5."""
    assert is_awake(datetime(year, 11, 20, 9, tzinfo=COUNTRY))
    assert not is_awake(datetime(year, 11, 20, 8, 59, tzinfo=COUNTRY))


@pytest.mark.parametrize(
    ("day", "hour", "minute", "helps"),
    [(20, 23, 600, True), (21, 9, 600, True), (21, 10, 600, False), (21, 11, None, True), (21, 12, None, False),
     (22, 9, 600, False)],
)  # fmt: skip
def test_a_reminder_helps_until_the_visit_begins(day, hour, minute, helps):
    assert is_in_time(datetime(2026, 11, day, hour, tzinfo=COUNTRY), ON, minute) is helps


def test_only_what_surely_failed_is_tried_again_and_not_for_ever():
    assert next_attempt_at(failed(1)) == AT + timedelta(minutes=10)
    assert next_attempt_at(failed(MOST_ATTEMPTS - 1)) == AT + timedelta(hours=3)
    assert next_attempt_at(failed(MOST_ATTEMPTS)) is None
    for end in (Came(Result.TAKEN), Came(Result.REFUSED), Came(Result.IN_DOUBT), None):
        assert next_attempt_at([*failed(1), Attempt(2, end)]) is None
    assert next_attempt_at([]) is None


@pytest.mark.parametrize(
    ("attempts", "arrived", "in_time", "stands"),
    [
        ([Attempt(1, None)], None, True, Standing.BEING_SENT),
        ([Attempt(1, None, AT - timedelta(hours=1))], None, True, Standing.UNKNOWN),
        ([Attempt(1, None, AT - timedelta(hours=1))], True, True, Standing.ARRIVED),
        ([Attempt(1, Came(Result.IN_DOUBT))], None, True, Standing.UNKNOWN),
        ([Attempt(1, Came(Result.TAKEN))], None, True, Standing.SENT),
        ([Attempt(1, Came(Result.TAKEN))], False, True, Standing.NOT_ARRIVED),
        (failed(1), None, True, Standing.TRIED_AGAIN),
        (failed(1), None, False, Standing.NOT_SENT),
        (failed(MOST_ATTEMPTS), None, True, Standing.NOT_SENT),
        ([Attempt(1, Came(Result.REFUSED))], None, True, Standing.NOT_SENT),
    ],
)
def test_how_a_message_stands(attempts, arrived, in_time, stands):
    assert standing(attempts, arrived, in_time, AT) is stands


SERVER = {"QADAM_SMTP": "mail.example.kz", "QADAM_SMTP_FROM": "reminders@example.kz"}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"QADAM_SMS": "pigeon"}, "QADAM_SMS must be"),
        ({"QADAM_MAIL": "smtp"}, "QADAM_SMTP"),
        (SERVER | {"QADAM_SMTP": "mail example"}, "name and port"),
        (SERVER | {"QADAM_SMTP": "mail.example.kz:99999"}, "name and port"),
        (SERVER | {"QADAM_SMTP_FROM": "nobody"}, "QADAM_SMTP_FROM"),
        (SERVER | {"QADAM_SMTP_SECURITY": "maybe"}, "starttls, tls or none"),
        (SERVER | {"QADAM_SMTP_SECURITY": "none"}, "in the clear"),
        (SERVER | {"QADAM_SMS": "smtp"}, "QADAM_SMS_DOMAIN"),
    ],
)
def test_settings_that_cannot_work_stop_the_start(monkeypatch, said, refusal):
    monkeypatch.setenv("QADAM_ENV", "production")
    for name, value in said.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(config.Refusal, match=refusal):
        config.messages()


def test_nothing_leaves_a_production_server_that_was_not_told_how(monkeypatch):
    monkeypatch.setenv("QADAM_ENV", "production")
    assert config.messages() == ("", "", None)
    for name, value in (SERVER | {"QADAM_MAIL": "smtp"}).items():
        monkeypatch.setenv(name, value)
    _sms, mail, server = config.messages()
    assert (mail, server["host"], server["port"], server["security"]) == ("smtp", "mail.example.kz", 587, "starttls")
