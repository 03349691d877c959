"""What has changed since the assessment before: the level and each need."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.assessments.instrument import Instrument
from app.assessments.scoring import DomainScore, Result
from app.assessments.vocabulary import Kind, Level


class Change(StrEnum):
    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"
    UNCLEAR = "unclear"  # one of the two could not be given a level


@dataclass(frozen=True, slots=True)
class Measure:
    """Points and level of the whole, or of one domain."""

    points: int
    maximum: int
    level: Level | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One line: a domain's code, or None for the whole."""

    code: str | None
    before: Measure
    now: Measure
    change: Change


def compare(before: tuple[Instrument, Result], now: tuple[Instrument, Result]) -> tuple[Compared, ...]:
    """The whole first, then each domain that both asked about and that can change, in the order of the new file.

    Under one wording of one instrument points are compared; under two only levels can be.
    """
    by_points = before[0].digest == now[0].digest
    earlier = {domain.code: domain for domain in before[1].by_domain}
    changing = {section.code for section in now[0].sections if section.kind is Kind.DYNAMIC}
    pairs: Iterable[tuple[str | None, Measure, Measure]] = [
        (None, _measure(before[1]), _measure(now[1])),
        *(
            (domain.code, _measure(earlier[domain.code]), _measure(domain))
            for domain in now[1].by_domain
            if domain.code in earlier and domain.code in changing
        ),
    ]
    return tuple(Compared(code, then, today, _change(then, today, by_points)) for code, then, today in pairs)


def _measure(score: Result | DomainScore) -> Measure:
    return Measure(score.points, score.maximum, score.level)


def _change(before: Measure, now: Measure, by_points: bool) -> Change:
    if before.level is None or now.level is None:
        return Change.UNCLEAR
    step = now.points - before.points if by_points else now.level.rank - before.level.rank
    return Change.SAME if step == 0 else Change.HIGHER if step > 0 else Change.LOWER
