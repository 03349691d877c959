"""A clock that a test stops and moves on."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)  # noon in the country


class StoppedClock:
    """Shows the same moment until it is moved."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **time: float) -> None:
        """Move on by so many ``minutes``, ``hours``, ``days``."""
        self.moment += timedelta(**time)
