"""People who were scored and followed up, as counts by score: all that the statistics need to know of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST_PEOPLE, LEAST_EVENTS = 30, 10  # fewer are "too few": our own choice, as no source gives a limit


@dataclass(frozen=True, slots=True)
class Cell:
    """``n`` people with one score, of whom ``events`` had the event. A million people are some dozens of cells."""

    score: float
    n: int
    events: int


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` with Wilson's interval (1927), which stays within 0 and 1 and is right for few people."""

    count: int
    of: int
    value: float
    low: float
    high: float


def by_score(counts: Iterable[tuple[float, int, int]]) -> tuple[Cell, ...]:
    """One cell for each score, the lowest first, from (score, people, events) in any order, repeats added up."""
    sums: dict[float, list[int]] = {}
    for score, n, events in counts:
        if not 0 <= events <= n:
            raise ValueError(f"{events} events among {n} people")
        both = sums.setdefault(score, [0, 0])
        both[0] += n
        both[1] += events
    return tuple(Cell(score, *sums[score]) for score in sorted(sums) if sums[score][0])


def merged(groups: Mapping[str, Iterable[Cell]]) -> tuple[Cell, ...]:
    """All groups together."""
    return by_score((cell.score, cell.n, cell.events) for cells in groups.values() for cell in cells)


def people(cells: Iterable[Cell]) -> int:
    return sum(cell.n for cell in cells)


def events(cells: Iterable[Cell]) -> int:
    return sum(cell.events for cell in cells)


def too_few(n: int, events: int) -> bool:
    """Whether no figure should be made of so few: it would say more about chance, and about persons, than of use."""
    return n < LEAST_PEOPLE or events < LEAST_EVENTS
