"""What the public page shows: the figures of the last release, the reports, the data. Nothing that was not released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.indicators.bundles.models import Publication
from app.indicators.bundles.queries import publications
from app.indicators.periods import Kind, parse
from app.plan.reports.figures import moves, side_by_side
from app.plan.reports.models import PublishedReport
from app.plan.reports.queries import figures_withdrawn, published
from app.plan.reports.released import given_out, source_of

MOST_BESIDE = 8  # half-years in a series: four years fit on a telephone


@dataclass(frozen=True, slots=True)
class Figures:
    """The indicators of the last half-year that was released, with those of the half-years before it."""

    indicators: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    period: str | None

    def indicator(self, code: str) -> dict[str, Any] | None:
        return next((each for each in self.indicators if each["code"] == code), None)

    @property
    def describes(self) -> bool:
        """Whether there are numbers that tell who the people are."""
        return any(each["is_description"] for each in self.indicators)

    @property
    def change(self) -> dict[str, Any]:
        return {move["code"]: move for move in self.moves}


def figures() -> Figures:
    """Of each half-year the latest revision that is given out; none at all before the first release."""
    latest = {
        each.snapshot.period: each.snapshot for each in given_out() if parse(each.snapshot.period).kind is Kind.HALF
    }
    sources = [source_of(latest[code]) for code in sorted(latest)[-MOST_BESIDE:]]
    indicators = side_by_side(sources)
    return Figures(indicators, moves(indicators), sources[-1].period if sources else None)


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports that hold, those that a later one replaced, and those that were withdrawn.

    ``without_figures``: of those that hold, by their numbers, the periods whose figures were withdrawn.
    """

    holding: list[PublishedReport]
    replaced: list[PublishedReport]
    withdrawn: list[PublishedReport]
    without_figures: Mapping[int, list[str]]


def reports() -> Reports:
    holding: dict[int, PublishedReport] = {}
    replaced, withdrawn = [], []
    for each in sorted(published(), key=lambda one: one.revision, reverse=True):
        if each.withdrawal:
            withdrawn.append(each)
        elif each.report_id in holding:
            replaced.append(each)
        else:
            holding[each.report_id] = each
    latest_first = sorted(holding.values(), key=lambda one: (one.report.period, one.id), reverse=True)
    return Reports(latest_first, replaced, withdrawn, figures_withdrawn(latest_first))


def data() -> Sequence[Publication]:
    """The releases with their files, and those that were withdrawn."""
    return publications()
