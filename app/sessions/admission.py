"""Who may be matched with a person on the register: of age, and bound to confidentiality."""

from datetime import date
from enum import StrEnum, auto

from app.web.dates import age_on

# Law on volunteering of 30 December 2016 No. 42-VI, article 12(2-1)(2): nobody under 18 helps people
# who have or had a conviction, or are or were prosecuted. The same holds for mentors.
LEAST_AGE = 18


class Obstacle(StrEnum):
    """Why somebody may not be matched; the first that applies is the one to tell."""

    SUSPENDED = auto()
    NOT_RECORDED = auto()
    UNDER_AGE = auto()
    NO_UNDERTAKING = auto()


def obstacle(
    born_on: date | None, undertaking_on: date | None, on: date, *, is_suspended: bool = False
) -> Obstacle | None:
    """What keeps a volunteer or mentor from being matched on a day; None when nothing does."""
    if is_suspended:
        return Obstacle.SUSPENDED
    if born_on is None:
        return Obstacle.NOT_RECORDED
    if is_too_young(born_on, on):
        return Obstacle.UNDER_AGE
    if undertaking_on is None or undertaking_on > on:
        return Obstacle.NO_UNDERTAKING
    return None


def is_too_young(born_on: date, on: date) -> bool:
    return age_on(born_on, on) < LEAST_AGE
