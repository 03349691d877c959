"""How dates, moments, numbers, durations and telephone numbers look on the pages, in the language spoken."""

from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext as _

from app.web.dates import DEFAULT_ZONE, DateStyle, write_date, write_moment
from app.web.languages import language
from app.web.phones import display

HOUR = 60  # minutes


def format_date(value: date | None, style: DateStyle = DateStyle.SHORT, code: str | None = None) -> str:
    """A date in the language spoken, or in the one given; nothing for no date."""
    return "" if value is None else write_date(value, style, code or language())


def long_date(value: date | None) -> str:
    return format_date(value, DateStyle.LONG)


def paper_date(value: date | None) -> str:
    return format_date(value, DateStyle.PAPER)


def format_moment(moment: datetime | None, zone: str = DEFAULT_ZONE, code: str | None = None) -> str:
    """A moment on the clocks of a zone (IANA name), to the minute; nothing for no moment."""
    return "" if moment is None else write_moment(moment, code or language(), zone)


def format_number(value: float | Decimal | None, decimals: int | None = None, code: str | None = None) -> str:
    """A number as 1 234,5 (Kazakh, Russian) or 1,234.5; with so many decimals, or as many as it has up to three."""
    if value is None:
        return ""
    places = "###" if decimals is None else "0" * decimals
    return format_decimal(value, f"#,##0.{places}" if places else "#,##0", locale=code or language())


def format_minutes(minutes: int | None) -> str:
    """A duration in minutes as "1 h 30 min"."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    if not rest:
        return _("%(hours)s h", hours=format_number(hours))
    return _("%(hours)s h %(minutes)s min", hours=format_number(hours), minutes=rest)


def register_formats(app: Flask) -> None:
    app.jinja_env.filters.update(
        date=format_date,
        long_date=long_date,
        paper_date=paper_date,
        moment=format_moment,
        number=format_number,
        minutes=format_minutes,
        phone=display,
    )
