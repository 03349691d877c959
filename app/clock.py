"""The one place that reads the clock, so that everything else is told the time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

# The country has kept one time, UTC+5, since 1 March 2024; "today" is the day in that zone, not in UTC.
COUNTRY = ZoneInfo("Asia/Almaty")
# Where the time comes from; a test puts a stopped clock here.
source: Callable[[], datetime] = partial(datetime.now, UTC)


def now() -> datetime:
    return source()


def today() -> date:
    return now().astimezone(COUNTRY).date()
