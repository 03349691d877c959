"""The two sums over time as lines: places in a picture, for the page to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 340, 150  # the picture's own units
LEFT, RIGHT, TOP, BOTTOM = 28, 28, 12, 22  # around the lines: room for numbers and days


@dataclass(frozen=True, slots=True)
class Look:
    """One review: its day and both sums."""

    on: date
    acute: int
    protective: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture, rightwards and downwards, and what stands there."""

    x: float
    y: float
    points: int


@dataclass(frozen=True, slots=True)
class Picture:
    acute: tuple[Spot, ...]
    protective: tuple[Spot, ...]
    marks: tuple[tuple[int, float], ...]  # points at the left edge, and how far down
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT


def picture(looks: Sequence[Look], most: int) -> Picture | None:
    """The lines of some reviews, oldest first, on a scale from 0 to ``most``; None for fewer than two days."""
    if not looks or looks[0].on == looks[-1].on:
        return None
    first, days = looks[0].on, (looks[-1].on - looks[0].on).days

    def down(points: int) -> float:
        return round(HEIGHT - BOTTOM - points / most * (HEIGHT - TOP - BOTTOM), 1)

    def spot(look: Look, points: int) -> Spot:
        return Spot(round(LEFT + (look.on - first).days / days * (WIDTH - LEFT - RIGHT), 1), down(points), points)

    return Picture(
        acute=tuple(spot(look, look.acute) for look in looks),
        protective=tuple(spot(look, look.protective) for look in looks),
        marks=tuple((mark, down(mark)) for mark in (0, most // 2, most)),
        first=first,
        last=looks[-1].on,
    )
