"""The one place that reads the clock, so that everything else is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# The country has kept one time, UTC+5, since 1 March 2024; "today" is the day in that zone, not in UTC.
COUNTRY = ZoneInfo("Asia/Almaty")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return now().astimezone(COUNTRY).date()
