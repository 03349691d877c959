"""What a page of validation shows: tables of figures, each with its interval, and none where people are too few."""

from dataclasses import dataclass
from enum import StrEnum, auto

from app.assessments.validation.cells import Share

ALL, UNKNOWN = "_T", "_U"  # the line of everybody, and of those whose group is not known, as in SDMX
CURVES = "curves"  # the table that is drawn and not written
WINDOW = "_W"  # with a number: twelve months, the latest being nought


class Unit(StrEnum):
    COUNT = auto()
    SHARE = auto()  # 0 to 1, read as per cent
    NUMBER = auto()
    MEAN = auto()  # to one decimal
    POINTS = auto()  # of per cent: a difference of shares
    P_VALUE = auto()
    WORD = auto()  # a code, such as that of a group


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; no value where there is none, as in a share of nobody."""

    value: float | int | str | None
    unit: Unit = Unit.NUMBER
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; no figures when the people in it are too few."""

    key: str
    figures: tuple[Figure, ...] | None


@dataclass(frozen=True, slots=True)
class Table:
    code: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[tuple[str, Figure], ...] = ()  # figures about the table as a whole

    @property
    def hides(self) -> bool:
        return any(line.figures is None for line in self.lines)


def count(number: int) -> Figure:
    return Figure(number, Unit.COUNT)


def shared(one: Share | None) -> Figure:
    return Figure(one.value, Unit.SHARE, one.low, one.high) if one else Figure(None, Unit.SHARE)


def part(value: float | None) -> Figure:
    return Figure(value, Unit.SHARE)
