"""What is asked of an instrument: which version, which event, which groups, until which day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from itertools import pairwise

from app.web.months import MONTHS, months_after

WINDOWS = 5  # years looked back, each of 12 months


class Event(StrEnum):
    """What an instrument may be held against."""

    NEW_OFFENCE = auto()  # noted in the case and not withdrawn
    BREACH = auto()  # likewise
    CUSTODY = auto()  # the court replaced the sentence by custody


class Cut(StrEnum):
    SEX = auto()
    AGE = auto()
    REGION = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures are asked for."""

    code: str
    version: int
    event: Event
    cut: Cut
    until: date

    @property
    def windows(self) -> list[tuple[date, date]]:
        """The twelve-month windows before ``until``, the latest first, each from a day to a day (exclusive)."""
        return [
            (start, end)
            for end, start in pairwise(months_after(self.until, -MONTHS * place) for place in range(WINDOWS + 1))
        ]
