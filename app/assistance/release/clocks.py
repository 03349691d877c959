"""By when each item of a release is due: pure reckoning from the expected day, by the norms that hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.assistance.release.items import Item
from app.supervision.norms import Norm, norm


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the clocks before a release: its norm, and the day by which it is due."""

    norm: Norm
    due_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """An item with the code of its clock and the day by which it is due."""

    item_code: str
    clock: str
    due_on: date


def clock_of(code: str, release_on: date, since: date, on: date) -> Clock:
    """The clock of a norm that holds ``on`` a day, before a release on ``release_on``.

    Its day is the same day of the month so many months before, or that month's last day (Penal Execution Code 234-V,
    art. 165(2)). Where that was before the stage began (``since``), nothing could be done in time, and it is due on
    the stage's first day.
    """
    found = norm(code, on)
    return Clock(found, max(found.before(release_on), since))


def dues(items: Iterable[Item], release_on: date, since: date, on: date, is_named: bool) -> tuple[Due, ...]:
    """What is due by when, in the order of the checklist; ``is_named``: article 167(4) names the person."""
    return tuple(
        Due(item.code, item.clock, clock_of(item.clock, release_on, since, on).due_on)
        for item in items
        if is_named or not item.for_named
    )


def last_visit_day(released_on: date) -> date:
    """The last day for the first visit after a release: working days after it (the norm release-first-visit)."""
    return norm("release-first-visit", released_on).after(released_on)
