"""What has changed since the assessment before: the level, each need, and each answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.assessments.instrument import Instrument, Item, Option, Section
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


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered under an instrument: option code by item code, and the items that were not known."""

    instrument: Instrument
    chosen: Mapping[str, str]
    unknown: Collection[str]

    def to(self, item: Item) -> Option | None:
        return item.option(self.chosen.get(item.code, ""))

    def hold(self, item: Item) -> bool:
        """Whether it was asked: answered, or marked as not known."""
        return item.code in self.chosen or item.code in self.unknown


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One question asked both times in the same words. No option: it was not known."""

    section: Section
    item: Item
    before: Option | None
    now: Option | None

    @property
    def differs(self) -> bool:
        return self.before != self.now

    @property
    def change(self) -> Change:
        """By points. Answers without points have no lower and higher."""
        if not self.differs:
            return Change.SAME
        if self.before is None or self.now is None or not self.section.kind.scored:
            return Change.UNCLEAR
        step = self.now.points - self.before.points
        return Change.SAME if step == 0 else Change.HIGHER if step > 0 else Change.LOWER


@dataclass(frozen=True, slots=True)
class Sifted:
    """Every question of the newer assessment, in its order; ``new`` were not asked in these words before."""

    changed: tuple[ItemChange, ...]
    same: tuple[ItemChange, ...]
    new: tuple[tuple[Section, Item], ...]


def compare_items(before: Answers, now: Answers) -> Sifted | None:
    """The answers side by side, matched by question. None for two different instruments: their questions differ.

    Two versions of one instrument are compared where question, answers and points are the same to the letter.
    """
    if before.instrument.code != now.instrument.code:
        return None
    pairs: list[ItemChange] = []
    new: list[tuple[Section, Item]] = []
    for section, item in now.instrument.items():
        earlier = before.instrument.item(item.code)
        if not now.hold(item):
            continue
        if earlier is None or not before.hold(earlier) or _asked(earlier) != _asked(item):
            new.append((section, item))
        else:
            pairs.append(ItemChange(section, item, before.to(item), now.to(item)))
    return Sifted(
        tuple(one for one in pairs if one.differs), tuple(one for one in pairs if not one.differs), tuple(new)
    )


def _asked(item: Item) -> tuple[object, ...]:
    return item.question, item.options
