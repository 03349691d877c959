"""Needs by domain and the order in which the officer and the person should look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.assessments.instrument import Instrument, Section
from app.assessments.scoring import DomainScore, Result
from app.assessments.vocabulary import Kind, Level


@dataclass(frozen=True, slots=True)
class Linkage:
    """What the officer judged this domain to be linked with."""

    harm: bool = False  # serious harm to others
    reoffending: bool = False

    @property
    def rank(self) -> int:
        """0 harm and reoffending, 1 harm only, 2 reoffending only, 3 neither."""
        return 3 - 2 * self.harm - self.reoffending


class Group(StrEnum):
    """The groups of needs, in the order in which they are shown."""

    INCOMPLETE = "incomplete"  # items of the domain are still without an answer
    HIGH_SCORING = "high_scoring"  # at the threshold or above it
    LOW_SCORING = "low_scoring"  # below the threshold
    NO_SCORE = "no_score"  # all was asked, but too little of it could be found out

    @property
    def rank(self) -> int:
        return tuple(Group).index(self)


@dataclass(frozen=True, slots=True)
class Need:
    domain_code: str
    group: Group
    level: Level | None
    points: int
    maximum: int
    threshold: int  # the points at which a need begins
    linkage: Linkage

    @property
    def distance(self) -> int:
        """How far the points lie above the threshold; negative below it."""
        return self.points - self.threshold


@dataclass(frozen=True, slots=True)
class SupportNeed:
    """A need for help that says nothing about risk. No level: it could not be found out, ask again."""

    code: str  # the item's code: documents, housing ...
    level: Level | None
    option_code: str | None


NO_LINK = Linkage()


def order_needs(instrument: Instrument, result: Result, linked: Mapping[str, Linkage]) -> tuple[Need, ...]:
    """The dynamic domains in the order of the HMPPS sentence plan (docs/about-page-implementation.md).

    linked: linkage by domain code; a domain that is not there counts as linked to nothing.
    Groups come incomplete, high-scoring, low-scoring, no score; inside a group by linkage (harm and reoffending,
    harm, reoffending, neither), then the largest distance from the threshold, then alphabetically by code.
    Criminal history is static: it cannot be changed, so it is never a need.
    """
    dynamic = (section for section in instrument.sections if section.kind is Kind.DYNAMIC)
    needs = (_need(section, result.domain(section.code), linked.get(section.code, NO_LINK)) for section in dynamic)
    return tuple(sorted(needs, key=lambda need: (need.group.rank, need.linkage.rank, -need.distance, need.domain_code)))


def _need(section: Section, domain: DomainScore, linkage: Linkage) -> Need:
    return Need(
        domain.code, _group(section, domain), domain.level, domain.points, domain.maximum, section.threshold, linkage
    )


def _group(section: Section, domain: DomainScore) -> Group:
    if domain.missing:
        return Group.INCOMPLETE
    if domain.level is None:
        return Group.NO_SCORE
    return Group.HIGH_SCORING if domain.points >= section.threshold else Group.LOW_SCORING


def support_needs(instrument: Instrument, result: Result) -> tuple[SupportNeed, ...]:
    """Support needs: what could not be found out first, then high to low, then alphabetically by code."""
    support = {section.code for section in instrument.sections if section.kind is Kind.SUPPORT}
    found = (
        SupportNeed(remark.item_code, remark.need, remark.option_code)
        for remark in result.remarks
        if remark.section_code in support and (remark.need or remark.option_code is None)
    )
    return tuple(sorted(found, key=lambda need: (-need.level.rank if need.level else -len(Level), need.code)))
