"""Choosing which figures of a release to hide, so that none of the hidden ones can be worked out from the rest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.indicators.attack import is_safe
from app.indicators.extending import extend
from app.indicators.optimum import Master
from app.indicators.outsider import Outsider
from app.indicators.sensitivity import THRESHOLD, Reason, full_groups, why_hidden
from app.indicators.system import System
from app.indicators.tables import CannotBeMadeSafe, Cells, Contradiction, Figure, Release, Spot, Tables
from app.indicators.witnesses import Witnesses

LEAST_THRESHOLD = 2  # with 1 nothing would ever be hidden
EXACT_UP_TO = 400  # figures: to this size the fewest are looked for until they are proven to be the fewest
ROUNDS = 12  # of looking for them
FEW_NODES, MANY_NODES = 200, 1000  # limits in steps, not in seconds, so that the same facts give the same release
ROUGH = 0.1  # how far a quick look may be from the fewest
MOST_ASKED, MOST_PROVEN = 400, 60  # figures that are tried whether they may be shown again
GAP = 0.02  # how far from the fewest the first choice may be above that size


@dataclass(frozen=True, slots=True)
class Report:
    """What a release hides and what that costs; for the analyst's eyes, not for publishing."""

    figures: int
    hidden: int
    primary: Mapping[Reason, int]  # hidden for their own sake, by reason; what is asked for besides has DIFFERENCE
    least: int  # proven: no safe choice hides fewer

    @property
    def secondary(self) -> int:
        return self.hidden - sum(self.primary.values())

    @property
    def is_optimal(self) -> bool:
        return self.hidden == self.least

    @property
    def lost(self) -> float:
        """The share of figures hidden beyond the proven least, of those that the least would show."""
        return (self.hidden - self.least) / max(1, self.figures - self.least)


@dataclass(frozen=True, slots=True)
class Prepared:
    release: Release
    report: Report


def protect(
    cells: Cells,
    tables: Tables,
    threshold: int = THRESHOLD,
    sensitive: Iterable[Spot] | Mapping[Spot, Reason] = (),
    *,
    fixed: Mapping[Spot, bool] | None = None,
) -> Release:
    """The release of the tables, each with all its margins, with the fewest figures hidden that make it safe.

    ``sensitive`` names figures to be hidden besides the counts that ``why_hidden`` finds. ``fixed`` tells of figures
    of earlier releases: True is public already and cannot be hidden, False was hidden and stays so. All quantities
    are protected as one system. The same facts give the same release. What is returned has withstood ``attack``.

    Raises Contradiction for facts that cannot be true, ValueError for a threshold below 2, TooLarge above 5,000
    unknown cells, CannotBeMadeSafe when hiding everything is not enough.
    """
    return prepare(cells, tables, threshold, sensitive, fixed=fixed).release


def prepare(
    cells: Cells,
    tables: Tables,
    threshold: int = THRESHOLD,
    sensitive: Iterable[Spot] | Mapping[Spot, Reason] = (),
    *,
    fixed: Mapping[Spot, bool] | None = None,
) -> Prepared:
    """``protect``, and what it cost."""
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"A threshold of {threshold} hides nothing; the least is {LEAST_THRESHOLD}.")
    cells.check()
    system = System(cells, tables)
    reasons = _reasons(system, threshold, sensitive)
    search = Search(system, threshold, reasons, fixed or {})
    for hidden in search.choices():
        release = _release(system, threshold, hidden)
        if is_safe(release):
            counted = Counter(
                reasons[spot] for spot, gone in zip(system.spots, hidden, strict=True) if gone and spot in reasons
            )
            least = min(int(hidden.sum()), max(search.master.least, int(search.first.sum())))
            return Prepared(release, Report(len(system.spots), int(hidden.sum()), dict(counted), least))
    raise CannotBeMadeSafe(
        "Figures could be worked out even with everything hidden that may be hidden. "
        "Leave out a table, join categories, or release a longer period."
    )


def hidden_at_least(
    cells: Cells,
    tables: Tables,
    threshold: int = THRESHOLD,
    sensitive: Iterable[Spot] | Mapping[Spot, Reason] = (),
    *,
    fixed: Mapping[Spot, bool] | None = None,
) -> int:
    """How many figures a release would hide: the fewest that will do, or a number that is proven to be no more."""
    cells.check()
    system = System(cells, tables)
    search = Search(system, threshold, _reasons(system, threshold, sensitive), fixed or {})
    search.look_down()
    return search.master.least


def _reasons(system: System, threshold: int, sensitive: Iterable[Spot] | Mapping[Spot, Reason]) -> dict[Spot, Reason]:
    numbers = dict(zip(system.spots, system.values.tolist(), strict=True))
    found = why_hidden(system.cells, system.spots, numbers, threshold)
    for spot in sensitive:
        if spot not in system.place:
            raise Contradiction(f"{spot}: not a figure of these tables")
        found.setdefault(spot, sensitive[spot] if isinstance(sensitive, Mapping) else Reason.DOMINANCE)
    groups = full_groups(system.cells, system.spots, numbers)
    system.finish((system.place[group], system.place[full]) for group, full in groups)
    return found


class Search:
    """The search for the fewest figures that must be hidden: exact while that is quick, near to it beyond."""

    def __init__(
        self, system: System, threshold: int, reasons: Mapping[Spot, Reason], fixed: Mapping[Spot, bool]
    ) -> None:
        self.system = system
        self.public = system.empty | np.array([fixed.get(spot) is True for spot in system.spots])
        wanted = np.array([spot in reasons or fixed.get(spot) is False for spot in system.spots])
        self.first = system.close(wanted & ~self.public) & ~self.public
        self.rough, self.witnesses = Witnesses(system, threshold, whole=False), Witnesses(system, threshold)
        self.master = Master(system, self.first, self.public, threshold)

    def choices(self) -> Iterable[np.ndarray]:
        """What to hide: the best choice found; more, and then everything, should the audit not accept it."""
        found = False
        for hidden in self._exact() if len(self.first) <= EXACT_UP_TO else ():
            found = True
            yield hidden
        if not found:
            yield from self._near()
        yield ~self.public

    def look_down(self) -> None:
        """Find out how few figures may be enough."""
        if len(self.first) > EXACT_UP_TO or next(self._exact(), None) is None:
            self.master.choose(ROUGH, 1)

    def _exact(self) -> Iterator[np.ndarray]:
        """The fewest, unless that takes too long: first by tables of fractions; if those do not do, by whole ones."""
        witnesses = self.rough
        for _ in range(ROUNDS):
            hidden = self.master.choose(0, MANY_NODES)
            if not self.master.is_settled:
                return
            narrow = Outsider(witnesses, hidden).prove()
            if not narrow:
                yield hidden
                witnesses = self.witnesses
                narrow = Outsider(witnesses, hidden).prove()
            if not self.master.demand(narrow):
                return

    def _near(self) -> Iterable[np.ndarray]:
        """The first choice above the lower bound, with more hidden where it is narrow, and less where it is not."""
        chosen = self.master.choose(GAP, FEW_NODES)
        for witnesses in (self.rough, self.witnesses):
            hidden = self._widened(chosen, witnesses)
            if hidden is not None:
                yield self._show_again(hidden, witnesses)
                yield hidden

    def _widened(self, hidden: np.ndarray, witnesses: Witnesses) -> np.ndarray | None:
        """With more hidden, until every open form is uncertain enough; None where there is no way."""
        outsider = Outsider(witnesses, hidden)
        if witnesses.whole:
            outsider.explore()
        while len(lacking := outsider.lacking()):
            form = int(lacking[0])
            if outsider.examine(form) is None:
                outsider.settle(form)
                continue
            for whole in (False, True):
                more = extend(outsider, form, self.public, self.master.weights(), whole=whole) & ~hidden
                if more.any():
                    break
            else:
                return None
            hidden = self.system.close(hidden | more) & ~self.public
            outsider = Outsider(witnesses, hidden)
        return hidden

    def _show_again(self, hidden: np.ndarray, witnesses: Witnesses) -> np.ndarray:
        """Show each figure that turns out not to be needed, the greatest loss first."""
        weights = self.master.weights()
        besides = np.flatnonzero(hidden & ~self.first).tolist()
        most = MOST_PROVEN if witnesses.whole else MOST_ASKED
        for figure in sorted(besides, key=lambda row: (-weights[row], row))[:most]:
            fewer = hidden.copy()
            fewer[figure] = False
            if (self.system.close(fewer) & ~fewer & ~self.public).any():
                continue
            if Outsider(witnesses, fewer).is_safe_without(figure):
                hidden = fewer
        return hidden


def _release(system: System, threshold: int, hidden: np.ndarray) -> Release:
    figures = tuple(
        Figure(code, key, None if hidden[row] else int(system.values[row]))
        for row, (code, key) in enumerate(system.spots)
    )
    cells = system.cells
    return Release(cells.dimensions, system.tables, cells.quantities, threshold, figures, cells.nestings)
