from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from app.web.dates import DateStyle
from app.web.formats import (
    format_date,
    format_minutes,
    format_moment,
    format_number,
    long_date,
    paper_date,
    register_formats,
)

DAY = date(2026, 11, 22)


@pytest.fixture
def speaking():
    """A bare application: formats need a language, not a database."""
    app = Flask(__name__)
    Babel(app)
    register_formats(app)
    with app.test_request_context():
        yield app


@pytest.mark.parametrize(
    ("language", "short", "long", "paper"),
    [
        ("kk", "22.11.2026", "2026 ж. 22 қараша", "2026 жылғы 22 қараша"),
        ("ru", "22.11.2026", "22 ноября 2026 года", "22 ноября 2026 года"),
        ("en", "22 Nov 2026", "22 November 2026", "22 November 2026"),
    ],
)
def test_dates_follow_the_language_spoken(speaking, language, short, long, paper):
    with force_locale(language):
        assert (format_date(DAY), long_date(DAY), paper_date(DAY)) == (short, long, paper)


def test_a_language_can_be_given_instead():
    assert format_date(DAY, DateStyle.PAPER, "kk") == "2026 жылғы 22 қараша"
    assert format_moment(datetime(2026, 11, 22, 9, 5, tzinfo=UTC), code="ru") == "22.11.2026, 14:05"


@pytest.mark.parametrize(
    ("value", "decimals", "language", "written"),
    [
        (1234.5, None, "kk", "1 234,5"),
        (1234.5, None, "ru", "1 234,5"),
        (1234.5, None, "en", "1,234.5"),
        (1234567, None, "ru", "1 234 567"),
        (0, None, "kk", "0"),
        (-1234, None, "ru", "-1 234"),
        (Decimal("12.30"), 1, "ru", "12,3"),
        (12, 1, "ru", "12,0"),
        (12.6, 0, "ru", "13"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(value, decimals, language, written):
    assert format_number(value, decimals, language).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (60_030, "1,000 h 30 min")],
)
def test_a_duration_is_in_hours_and_minutes(speaking, minutes, written):
    with force_locale("en"):
        assert format_minutes(minutes) == written


def test_nothing_is_shown_for_nothing(speaking):
    empty = (format_date(None), long_date(None), format_moment(None), format_number(None), format_minutes(None))
    assert set(empty) == {""}


def test_the_pages_know_every_format(speaking):
    page = speaking.jinja_env.from_string(
        "{{ day|date }} / {{ day|long_date }} / {{ day|paper_date }} / {{ at|moment('Asia/Atyrau') }} / "
        "{{ 1.5|number }} / {{ 90|minutes }} / {{ '+77011234567'|phone }}"
    )
    with force_locale("en"):
        assert page.render(day=DAY, at=datetime(2023, 11, 22, 9, 5, tzinfo=UTC)) == (
            "22 Nov 2026 / 22 November 2026 / 22 November 2026 / 22 Nov 2023, 14:05 / "
            "1.5 / 1 h 30 min / +7 701 123-45-67"
        )
