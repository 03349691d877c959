"""Scoring an assessment. Plain values in, plain values out: no database, no Flask, no clock, whole numbers only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.assessments.instrument import Instrument, Item, Section
from app.assessments.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one answered item added to the total."""

    domain_code: str
    item_code: str
    option_code: str
    points: int
    maximum: int


@dataclass(frozen=True, slots=True)
class DomainScore:
    """The points of one scored section; the levels as in Result, for this section alone."""

    code: str
    points: int
    maximum: int
    level: Level | None
    level_if_worst: Level | None
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """An answer in a section without points. No option: the officer marked the item as unknown."""

    section_code: str
    item_code: str
    option_code: str | None
    need: Level | None
    barrier: bool


@dataclass(frozen=True, slots=True)
class Result:
    """points out of maximum, from the answered items only; both level fields are None when no level may be given.

    missing holds the scored items without an answer, unasked those of the other sections, unknown the scored
    items marked as unknown; all item codes in the order of the file.
    """

    points: int
    maximum: int
    level: Level | None
    level_if_worst: Level | None  # with each unknown item at its highest points
    contributions: tuple[Contribution, ...]
    by_domain: tuple[DomainScore, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    remarks: tuple[Remark, ...]
    unasked: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """There is a level, and nothing was left out in the sections without points either."""
        return self.level is not None and not self.unasked

    @property
    def level_may_change(self) -> bool:
        return self.level != self.level_if_worst

    def domain(self, code: str) -> DomainScore:
        return next(domain for domain in self.by_domain if domain.code == code)


class RefusalKind(StrEnum):
    NO_SUCH_ITEM = "no_such_item"
    NO_SUCH_OPTION = "no_such_option"
    MUST_BE_KNOWN = "must_be_known"  # the item does not allow "unknown"
    BOTH = "both"  # answered and marked as unknown


@dataclass(frozen=True, slots=True)
class Refusal:
    kind: RefusalKind
    item_code: str
    option_code: str | None = None


class Refused(ValueError):
    """The answers do not fit the instrument; `refusals` lists every reason."""

    def __init__(self, refusals: Collection[Refusal]) -> None:
        super().__init__("; ".join(f"{refusal.item_code}: {refusal.kind}" for refusal in refusals))
        self.refusals = tuple(refusals)


def score(instrument: Instrument, answers: Mapping[str, str], unknown: Collection[str] = ()) -> Result:
    """Add up the answered items and place the sum in its band.

    answers: option code by item code; unknown: codes of items that the officer could not find out.
    An incomplete set has points but no level, so that a question left out can never pass for a low need.
    Up to `instrument.allow_unknown` unknown items leave the level as it would be at their 0 points, beside the
    level at their worst; more of them, and there is no level (LSI-R allows up to 5 of 54; the projection to the
    worst case is that of PNI, HMPPS).
    Raises Refused with every reason.
    """
    refused = tuple(refusals(instrument, answers, unknown))
    if refused:
        raise Refused(refused)
    scored = [item for section in instrument.scored for item in section.items]
    not_known = tuple(item.code for item in scored if item.code in unknown)
    few = len(not_known) <= instrument.allow_unknown
    contributions = tuple(_contributions(instrument, answers))
    by_domain = tuple(_domain_score(section, answers, unknown, few) for section in instrument.scored)
    missing = tuple(code for domain in by_domain for code in domain.missing)
    points = sum(contribution.points for contribution in contributions)
    level = level_if_worst = None
    if few and not missing and instrument.bands:
        level = instrument.level_at(points)
        level_if_worst = instrument.level_at(points + _most(scored, not_known))
    return Result(
        points=points,
        maximum=instrument.maximum,
        level=level,
        level_if_worst=level_if_worst,
        contributions=contributions,
        by_domain=by_domain,
        missing=missing,
        unknown=not_known,
        remarks=tuple(_remarks(instrument, answers, unknown)),
        unasked=tuple(
            item.code
            for section, item in instrument.items()
            if not section.kind.scored and item.code not in answers and item.code not in unknown
        ),
    )


def refusals(instrument: Instrument, answers: Mapping[str, str], unknown: Collection[str] = ()) -> Iterable[Refusal]:
    """Why these answers cannot be scored; none when they can.

    In a fixed order, whatever the order of the answers: the file's, then strange codes alphabetically.
    """
    for code, item in instrument.by_code.items():
        if code in answers and answers[code] not in item.by_code:
            yield Refusal(RefusalKind.NO_SUCH_OPTION, code, answers[code])
        if code in unknown:
            if code in answers:
                yield Refusal(RefusalKind.BOTH, code, answers[code])
            if not item.may_be_unknown:
                yield Refusal(RefusalKind.MUST_BE_KNOWN, code)
    for code in sorted({*answers, *unknown} - instrument.by_code.keys()):
        yield Refusal(RefusalKind.NO_SUCH_ITEM, code)


def _contributions(instrument: Instrument, answers: Mapping[str, str]) -> Iterable[Contribution]:
    for section in instrument.scored:
        for item in section.items:
            option = item.option(answers.get(item.code, ""))
            if option:
                yield Contribution(section.code, item.code, option.code, option.points, item.maximum)


def _domain_score(section: Section, answers: Mapping[str, str], unknown: Collection[str], few: bool) -> DomainScore:
    chosen = [item.option(answers.get(item.code, "")) for item in section.items]
    points = sum(option.points for option in chosen if option)
    not_known = tuple(item.code for item in section.items if item.code in unknown)
    missing = tuple(item.code for item in section.items if item.code not in answers and item.code not in unknown)
    level = level_if_worst = None
    # A domain of which nothing is known has no level, rather than a low one (as OASys: all missing is null, not 0).
    if any(chosen) and not missing and (few or not not_known):
        level = section.level_at(points)
        level_if_worst = section.level_at(points + _most(section.items, not_known))
    return DomainScore(section.code, points, section.maximum, level, level_if_worst, missing, not_known)


def _most(items: Iterable[Item], codes: Collection[str]) -> int:
    """The most points that the items of these codes could have added."""
    return sum(item.maximum for item in items if item.code in codes)


def _remarks(instrument: Instrument, answers: Mapping[str, str], unknown: Collection[str]) -> Iterable[Remark]:
    for section, item in instrument.items():
        if section.kind.scored:
            continue
        option = item.option(answers.get(item.code, ""))
        if option:
            yield Remark(section.code, item.code, option.code, option.need, option.barrier)
        elif item.code in unknown:
            yield Remark(section.code, item.code, None, None, barrier=False)
