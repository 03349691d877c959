"""The share without the event over time as lines: places in a picture, for the page to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

WIDTH, HEIGHT = 480, 200  # the picture's own units
LEFT, RIGHT, TOP, BOTTOM = 44, 76, 10, 24  # around the lines: room for shares, words and months
STEPS = 10  # of the scale: it begins at a whole tenth
ROOM = 13  # between the words of two lines


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from mark to mark of a path, and where its name stands."""

    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    curves: tuple[Curve, ...]
    shares: tuple[tuple[float, float], ...]  # a share of the scale, and how far down
    months: tuple[tuple[int, float], ...]  # months after the assessment, and how far right
    width: int = WIDTH
    height: int = HEIGHT


def picture(curves: Sequence[tuple[str, Sequence[float]]], days: Sequence[int]) -> Picture | None:
    """Curves by name, each the share (0 to 1) on each of these days, beginning with all at nought; None without any."""
    if not curves:
        return None
    lowest = min(min(shares) for _name, shares in curves)
    bottom = min(floor(lowest * STEPS) / STEPS, 1 - 1 / STEPS)

    def right(day: float) -> float:
        return round(LEFT + day / days[-1] * (WIDTH - LEFT - RIGHT), 1)

    def down(share: float) -> float:
        return round(TOP + (1 - share) / (1 - bottom) * (HEIGHT - TOP - BOTTOM), 1)

    drawn: list[Curve] = []
    for name, shares in sorted(curves, key=lambda curve: -curve[1][-1]):
        path = f"M{right(0)} {down(1)}" + "".join(
            f"L{right(day)} {down(share)}" for day, share in zip(days, shares, strict=True)
        )
        above = drawn[-1].y + ROOM if drawn else 0.0
        drawn.append(Curve(name, path, right(days[-1]) + 6, max(down(shares[-1]) + 4, above)))
    return Picture(
        curves=tuple(drawn),
        shares=tuple((share, down(share)) for share in (bottom, (1 + bottom) / 2, 1.0)),
        months=tuple((month, right(month * days[-1] / 24)) for month in (0, 6, 12, 18, 24)),
    )
