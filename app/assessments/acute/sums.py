"""Acute reviews as arithmetic: two sums, what moved since the last one, the person's own mean, and for how long.

Plain values in, plain values out. Nothing here is a level: what tells is the change against the same person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from app.assessments.instrument import Instrument, Item
from app.assessments.vocabulary import Kind

LAST = 3  # reviews in the person's mean (rnr.md, practice for early warning: "the mean of the last three")

# What was answered: option code by item code; None where the officer could not find out.
Answers = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Sum:
    """Points of the known answers of one kind, out of the most possible; at least so many while some are unknown."""

    points: int
    maximum: int
    unknown: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.unknown


@dataclass(frozen=True, slots=True)
class Weighed:
    """The two sums of a review. The total is acute less protective, as in DRAOR without its stable part."""

    acute: Sum
    protective: Sum

    @property
    def total(self) -> int:
        return self.acute.points - self.protective.points


class Unfit(ValueError):
    """The answers are no whole review; item codes in the order of the file, strange ones alphabetically."""

    def __init__(self, missing: Sequence[str], wrong: Sequence[str], strange: Sequence[str]) -> None:
        super().__init__(f"missing: {missing}; wrong: {wrong}; strange: {strange}")
        self.missing = tuple(missing)  # not answered, and not said to be unknown
        self.wrong = tuple(wrong)  # answered with what is no option of theirs
        self.strange = tuple(strange)  # no items of this form


def weigh(instrument: Instrument, answers: Answers) -> Weighed:
    """Both sums of a review. Raises Unfit with every reason.

    Every question may be answered with "not known": a visit is short, and a guess would be worse than a gap.
    """
    items = {item.code: item for _section, item in instrument.items()}
    missing = [code for code in items if code not in answers]
    wrong = [code for code, item in items.items() if (chosen := answers.get(code)) and item.option(chosen) is None]
    strange = sorted(answers.keys() - items.keys())
    if missing or wrong or strange:
        raise Unfit(missing, wrong, strange)
    return Weighed(_sum(instrument, Kind.ACUTE, answers), _sum(instrument, Kind.PROTECTIVE, answers))


def _sum(instrument: Instrument, kind: Kind, answers: Answers) -> Sum:
    points = [points_of(item, answers[item.code]) for item in items_of(instrument, kind)]
    known = [one for one in points if one is not None]
    maximum = sum(section.maximum for section in instrument.sections if section.kind is kind)
    return Sum(sum(known), maximum, len(points) - len(known))


def items_of(instrument: Instrument, kind: Kind) -> tuple[Item, ...]:
    return tuple(item for section, item in instrument.items() if section.kind is kind)


def points_of(item: Item, option_code: str | None) -> int | None:
    """None when the answer is not known, or is no option of this version of the item."""
    option = item.option(option_code) if option_code is not None else None
    return None if option is None else option.points


class Turn(StrEnum):
    """Which way an item went, for the person: more of what worries is worse, more of what protects is better."""

    WORSE = "worse"
    BETTER = "better"
    UNCLEAR = "unclear"  # known at one of the two only


@dataclass(frozen=True, slots=True)
class Moved:
    """One item whose points are others than the last time; None where the answer was not known."""

    item_code: str
    turn: Turn
    before: int | None
    now: int | None


Points = Mapping[str, int | None]


def moved(instrument: Instrument, before: Points, now: Points) -> tuple[Moved, ...]:
    """What changed between two reviews, in the order of the file; items asked only once are passed over."""
    return tuple(
        Moved(item.code, _turn(section.kind, before[item.code], now[item.code]), before[item.code], now[item.code])
        for section, item in instrument.items()
        if item.code in before and item.code in now and before[item.code] != now[item.code]
    )


def _turn(kind: Kind, before: int | None, now: int | None) -> Turn:
    if before is None or now is None:
        return Turn.UNCLEAR
    return Turn.WORSE if (now > before) == (kind is Kind.ACUTE) else Turn.BETTER


def usual(sums: Iterable[Sum]) -> Fraction | None:
    """The mean of the last three whole sums, oldest first; of fewer where there are fewer, and None without any.

    A sum that is only "at least" is left out: it would make the person look calmer than anybody knows.
    """
    points = [one.points for one in sums if one.is_whole][-LAST:]
    return Fraction(sum(points), len(points)) if points else None


class Standing(StrEnum):
    """Whether anything is known of the present. There is no word for "fine": a form cannot say that."""

    CURRENT = "current"
    UNKNOWN = "unknown"


def due_on(last: date, valid_days: int) -> date:
    """The last day on which a review still speaks of the present."""
    return last + timedelta(days=valid_days)


def standing(last: date | None, valid_days: int, day: date) -> Standing:
    """Unknown without a review, and once the last one is older than ``valid_days``."""
    return Standing.UNKNOWN if last is None or day > due_on(last, valid_days) else Standing.CURRENT
