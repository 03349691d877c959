"""The unknown whole numbers behind what is published, and every figure as a sum of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

import numpy as np

from app.indicators.attack.cliques import cliques_of, largest, tree_of
from app.indicators.attack.published import Counted, Cut, Published
from app.indicators.tables import TOTAL, Contradiction, Key

MOST = 12_000  # unknowns of a family: up to here siblings are taken in one table where cliques would not be exact

Places = np.ndarray  # the numbers of the unknowns of which a figure is the sum


@dataclass(frozen=True, slots=True)
class Row:
    """``low`` ≤ sum of coefficients × unknowns ≤ ``high``; None: no limit."""

    places: Places
    coefficients: np.ndarray
    low: int | None
    high: int | None
    says: str = ""


@dataclass(slots=True)
class Block:
    """The unknown table of one quantity over one clique, from ``start`` on in the row of all unknowns."""

    cuts: tuple[Cut, ...]
    start: int

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(cut.categories) for cut in self.cuts)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(cut.code for cut in self.cuts)

    def places(self, wanted: Mapping[str, Iterable[str]]) -> Places:
        """Where the cells lie whose codes are among the wanted ones; a dimension that is not named is summed."""
        found, step = np.array([self.start]), prod(self.shape)
        for cut, size in zip(self.cuts, self.shape, strict=True):
            step //= size
            own = wanted.get(cut.code)
            picked = range(size) if own is None else [cut.categories.index(code) for code in own]
            found = (found[:, None] + step * np.array(picked, dtype=np.int64)).reshape(-1)
        return found


class Unknowns:
    """The blocks of every quantity. ``exact`` False: siblings are glued a little too freely (see decision 37)."""

    def __init__(self, published: Published) -> None:
        self.published, self.size, self.exact = published, 0, True
        self.blocks: dict[str, list[Block]] = {}
        self.cuts = {cut.code: cut for cut in self.published.cuts}
        self.order = [cut.code for cut in self.published.cuts]
        self.quantities = {each.code: each for each in self.published.quantities}
        used: dict[str, set[frozenset[str]]] = {code: set() for code in self.quantities}
        for quantity, key in {(each.quantity, each.key) for each in self.published.statements}:
            if quantity not in used:
                raise Contradiction(f"{quantity}: not among the quantities")
            used[quantity].add(self.published.used(key))
        for each in self.published.statements:
            if each.value == 0:  # where nobody is, nothing happened to anybody: said of the followers too
                dims = self.published.used(each.key)
                for other in self.quantities.values():
                    if other.shown_with == each.quantity and dims <= self.dims(other.code):
                        used[other.code].add(dims)
        for rate in self.published.rates:
            for quantity in (rate.numerator, rate.denominator):
                used[quantity].add(self.published.used(rate.key))
        for family in self._families():
            self._lay_out(family, used)

    def dims(self, quantity: str) -> frozenset[str]:
        own = self.quantities[quantity].dims
        return frozenset(self.order if own is None else own)

    def places(self, quantity: str, key: Sequence[str]) -> Places:
        """The unknowns of which the figure is the sum."""
        wanted = {
            code: self.cuts[code].members(own)
            for code, own in zip(self.order, key, strict=True)
            if own != TOTAL and code in self.dims(quantity)
        }
        return self._sum(quantity, wanted)

    def whole_of(self, part: Counted, key: Sequence[str]) -> Key | None:
        """The key of the whole of which the part's figure at this key is a part; None: it is a part of none."""
        whole = self.dims(part.within or "")
        alone = self.dims(part.code) - whole
        if any(own == TOTAL for code, own in zip(self.order, key, strict=True) if code in alone):
            return None
        at = dict(part.at)
        return tuple(at.get(code, own) if code in whole else TOTAL for code, own in zip(self.order, key, strict=True))

    def rows(self) -> Iterable[Row]:
        """What holds whatever is published: blocks agree, parts are within wholes, some pairs cannot be."""
        for quantity in self.quantities.values():
            yield from self._gluing(quantity.code)
            if quantity.within:
                yield from self._within(quantity)
            yield from self._nested(quantity.code)

    def _families(self) -> list[list[str]]:
        """Quantities that are parts of each other, together."""
        head: dict[str, str] = {}
        for code, quantity in self.quantities.items():
            if quantity.within is not None and quantity.within not in self.quantities:
                raise Contradiction(f"{code} is within {quantity.within}, which is not among the quantities")
            top, steps = code, 0
            while (above := self.quantities[top].within) is not None and steps <= len(self.quantities):
                top, steps = above, steps + 1
            if steps > len(self.quantities):
                raise Contradiction(f"{code} is a part of itself")
            head[code] = top
        return [[code for code in head if head[code] == top] for top in dict.fromkeys(head.values())]

    def _lay_out(self, family: list[str], used: dict[str, set[frozenset[str]]]) -> None:
        joined = {each & self.dims(code) for code in family for each in used[code]}
        for code in family:
            joined |= self._joined_by_parts(self.quantities[code])
        joined |= {
            frozenset(pair[:2]) for pair in self.published.nested for code in family if {*pair[:2]} <= self.dims(code)
        }
        needed = frozenset().union(*joined) if joined else frozenset()
        sizes = {code: len(self.cuts[code].categories) for code in self.order if code in needed}
        cliques = cliques_of(joined, sizes)
        if siblings := self._siblings(family, cliques, needed):
            together = cliques_of({*joined, siblings}, sizes)
            if self._weight(family, together, needed) <= MOST:
                cliques = together
            else:
                self.exact = False
        for code in family:
            own = largest(each & self.dims(code) for each in cliques) or [frozenset()]
            self.blocks[code] = [self._block(each) for each in own]

    def _joined_by_parts(self, part: Counted) -> set[frozenset[str]]:
        """A part's own dimensions stand in each of its blocks; the fixed ones beside all that it shares."""
        if part.within is None:
            return set()
        own, whole = self.dims(part.code), self.dims(part.within)
        alone, fixed = own - whole, frozenset(code for code, _ in part.at)
        if not fixed <= whole:
            raise Contradiction(f"{part.code} is at a dimension that {part.within} does not have")
        return (
            {fixed}
            | {frozenset(pair) for one in alone for pair in combinations(sorted(own), 2) if one in pair}
            | {frozenset(pair) for pair in combinations(sorted((own & whole) | fixed), 2) if fixed & {*pair}}
        )

    def _siblings(self, family: list[str], cliques: list[frozenset[str]], needed: frozenset[str]) -> frozenset[str]:
        """The dimensions of parts of one whole that lie across its blocks: they cannot be glued one by one."""
        found: frozenset[str] = frozenset()
        for whole in family:
            spread = []
            for part in (self.quantities[code] for code in family if self.quantities[code].within == whole):
                shared = (self.dims(part.code) & self.dims(whole) | {code for code, _ in part.at}) & needed
                if not any(shared <= clique for clique in cliques):
                    same = self.dims(part.code) == self.dims(whole) and not part.at
                    spread.append((shared, same))
            if len(spread) > 1 or not all(same for _, same in spread):
                found |= frozenset().union(*(shared for shared, _ in spread))
        return found

    def _weight(self, family: list[str], cliques: list[frozenset[str]], needed: frozenset[str]) -> int:
        return sum(
            prod(len(self.cuts[code].categories) for code in each)
            for quantity in family
            for each in largest(clique & self.dims(quantity) for clique in cliques)
        )

    def _block(self, codes: frozenset[str]) -> Block:
        block = Block(tuple(self.cuts[code] for code in self.order if code in codes), self.size)
        self.size += prod(block.shape)
        return block

    def _sum(self, quantity: str, wanted: Mapping[str, Iterable[str]]) -> Places:
        fitting = [block for block in self.blocks[quantity] if wanted.keys() <= block.codes]
        return min(fitting, key=lambda block: prod(block.shape)).places(wanted)

    def _gluing(self, quantity: str) -> Iterable[Row]:
        blocks = self.blocks[quantity]
        for one, other in tree_of([block.codes for block in blocks]):
            shared = blocks[one].codes & blocks[other].codes
            for cell in self._cells(shared):
                left, right = blocks[one].places(cell), blocks[other].places(cell)
                signs = np.concatenate([np.ones(left.size, np.int64), -np.ones(right.size, np.int64)])
                yield Row(np.concatenate([left, right]), signs, 0, 0, f"{quantity}: the tables agree")

    def _within(self, part: Counted) -> Iterable[Row]:
        whole = part.within or ""
        fixed = {code: self.cuts[code].members(own) for code, own in part.at}
        for block in self.blocks[part.code]:
            for cell in self._cells(block.codes):
                wanted = {code: own for code, own in cell.items() if code in self.dims(whole)} | fixed
                more, less = self._sum(whole, wanted), block.places(cell)
                signs = np.concatenate([np.ones(more.size, np.int64), -np.ones(less.size, np.int64)])
                yield Row(np.concatenate([more, less]), signs, 0, None, f"{part.code} is within {whole}")

    def _nested(self, quantity: str) -> Iterable[Row]:
        for one, other, impossible in self.published.nested:
            for block in self.blocks[quantity]:
                if {one, other} <= block.codes:
                    for first, second in sorted(impossible):
                        places = block.places({one: (first,), other: (second,)})
                        yield Row(places, np.ones(places.size, np.int64), 0, 0, f"{first} is not in {second}")

    def _cells(self, codes: frozenset[str]) -> Iterable[Mapping[str, Iterable[str]]]:
        cells: list[Mapping[str, Iterable[str]]] = [{}]
        for code in (code for code in self.order if code in codes):
            cells = [{**cell, code: (own,)} for cell in cells for own in self.cuts[code].categories]
        return cells
