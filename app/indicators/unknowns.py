"""What an outsider does not know of a release: the cells of each quantity, as few as say all that can be combined."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from app.indicators.cliques import Clique, cliques_of, separators
from app.indicators.tables import TOTAL, Cells, Key, Nesting, Quantity, Table, TooLarge, has_dim, own_dims

MOST_CELLS = 5000  # unknown cells of one release: above this the audit would take hours, so it is refused


@dataclass(frozen=True, slots=True)
class Block:
    """The unknowns of one quantity in one clique: ``numbers`` has an axis per dimension, and -1 where nobody can be."""

    dims: Clique
    numbers: np.ndarray

    def at(self, key: Mapping[str, int]) -> np.ndarray:
        """The unknowns that a group sums; ``key`` holds a place for each dimension that is not at the total."""
        where = tuple(key.get(code, slice(None)) for code in self.dims)
        found = np.atleast_1d(self.numbers[where]).reshape(-1)
        return found[found >= 0]


class Unknowns:
    """The blocks of every quantity, numbered one after another.

    A quantity that is part of nothing has the cliques of its own tables and of those of its parts. A part stands in
    one block, which is exact: wherever its whole's people are, it can be laid out below them. Where that is too
    large it is laid out along the cliques of its whole.
    """

    def __init__(
        self, cells: Cells, tables: Sequence[Table], beside: Mapping[str, Iterable[frozenset[str]]] | None = None
    ) -> None:
        """``beside``: the dimensions by which a quantity is known to be nought, besides those of its own tables."""
        dimensions, quantities = cells.dimensions, cells.quantities
        self.dimensions = tuple(dimensions)
        self.sizes = {each.code: len(each.categories) for each in dimensions}
        self.places = {each.code: {code: at for at, code in enumerate(each.categories)} for each in dimensions}
        self.quantities = {quantity.code: quantity for quantity in quantities}
        self.tables = tables
        self.nestings = tuple(cells.nestings)
        self.beside = beside or {}
        cliques = self._cliques(MOST_CELLS)
        self.size = 0
        self.blocks = {code: [self._block(code, clique) for clique in found] for code, found in cliques.items()}
        self.links = [
            (code, here, there, shared) for code, found in cliques.items() for here, there, shared in separators(found)
        ]

    def columns(self, quantity: str, key: Key) -> np.ndarray:
        """The unknowns that add up to a figure."""
        named = {each.code: code for each, code in zip(self.dimensions, key, strict=True) if code != TOTAL}
        block = next(each for each in self.blocks[quantity] if named.keys() <= set(each.dims))
        return block.at({dimension: self.places[dimension][code] for dimension, code in named.items()})

    def block_with(self, quantity: str, dims: Iterable[str]) -> Block:
        wanted = set(dims)
        return next(each for each in self.blocks[quantity] if wanted <= set(each.dims))

    def _cliques(self, most: int) -> dict[str, list[Clique]]:
        """The cliques of every quantity, laying parts out along their wholes while there are too many cells."""
        parts = [code for code, quantity in self.quantities.items() if quantity.within]
        spread: set[str] = set()
        while True:
            found = self._laid_out(spread)
            cells = {code: sum(self._cells(clique) for clique in cliques) for code, cliques in found.items()}
            if sum(cells.values()) <= most:
                return found
            left = [
                code
                for code in parts
                if code not in spread and len(self._cuts(code)) > 1 and not self.quantities[code].at
            ]
            if not left:
                raise TooLarge.of(sum(cells.values()), most)
            spread.add(max(left, key=lambda code: (cells[code], code)))

    def _laid_out(self, spread: set[str]) -> dict[str, list[Clique]]:
        needed = {code: self._cuts(code) for code in self.quantities}
        for code in reversed(self._wholes_first()):
            quantity = self.quantities[code]
            if code not in spread and quantity.within:
                needed[code] = [set().union(*needed[code])]
            if quantity.within:
                whole = self.quantities[quantity.within]
                fixed = {dimension for dimension, _ in quantity.at}
                known = {each.code for each in self.dimensions if has_dim(whole, each.code)}
                needed[quantity.within] += [(cut & known) | fixed for cut in needed[code]]
        found: dict[str, list[Clique]] = {}
        for code in self._wholes_first():
            quantity = self.quantities[code]
            if code in spread and quantity.within:
                needed[code] += [self._along(quantity, set(clique)) for clique in found[quantity.within]]
            found[code] = cliques_of(self._with_nestings(needed[code]), self.sizes)
        return found

    def _with_nestings(self, cuts: list[set[str]]) -> list[set[str]]:
        """Everybody knows what lies in what, also where no table shows both."""
        every = set().union(*cuts)
        return cuts + [{each.inner, each.outer} for each in self.nestings if {each.inner, each.outer} <= every]

    def _along(self, part: Quantity, clique: set[str]) -> set[str]:
        """A clique of the whole as the part knows it, with the dimensions that only the part has."""
        own = own_dims(part, self.quantities[part.within or ""], self.dimensions)
        further = {each.code for each, mine in zip(self.dimensions, own, strict=True) if mine}
        shown = set().union(*self._cuts(part.code))
        return {code for code in clique if has_dim(part, code)} | (further & shown)

    def _cuts(self, code: str) -> list[set[str]]:
        """Which dimensions of the quantity stand in one table."""
        quantity = self.quantities[code]
        shown = [table.dims for table in self.tables if code in table.quantities]
        cuts = [{each for each in dims if has_dim(quantity, each)} for dims in shown]
        return cuts + [set(each) for each in self.beside.get(code, ())]

    def _wholes_first(self) -> list[str]:
        order: list[str] = []
        for code in self.quantities:
            chain = []
            at: str | None = code
            while at and at not in order and at not in chain:
                chain.append(at)
                at = self.quantities[at].within
            order += reversed(chain)
        return order

    def _cells(self, clique: Clique) -> int:
        inside = [each for each in self.nestings if {each.inner, each.outer} <= set(clique)]
        free = prod(self.sizes[code] for code in clique)
        for nesting in inside:
            free //= max(1, self.sizes[nesting.outer])
        return free

    def _block(self, quantity: str, clique: Clique) -> Block:
        shape = tuple(self.sizes[code] for code in clique)
        allowed = np.ones(shape, dtype=bool)
        for nesting in self.nestings:
            if {nesting.inner, nesting.outer} <= set(clique):
                allowed &= self._inside(nesting, clique)
            elif nesting.outer in clique and has_dim(self.quantities[quantity], nesting.inner):
                allowed &= self._inside(nesting, clique)  # a region of no office
        numbers = np.full(shape, -1, dtype=np.int64)
        count = int(allowed.sum())
        numbers[allowed] = np.arange(self.size, self.size + count)
        self.size += count
        return Block(clique, numbers)

    def _inside(self, nesting: Nesting, clique: Clique) -> np.ndarray:
        fits = np.zeros((self.sizes[nesting.inner], self.sizes[nesting.outer]), dtype=bool)
        for inner, outer in nesting.of:
            fits[self.places[nesting.inner][inner], self.places[nesting.outer][outer]] = True
        if nesting.inner not in clique:
            axes: tuple[int, ...] = (clique.index(nesting.outer),)
            table = np.asarray(fits.any(axis=0))
        else:
            axes = clique.index(nesting.inner), clique.index(nesting.outer)
            table = fits if axes[0] < axes[1] else fits.T
        return table.reshape([self.sizes[code] if at in axes else 1 for at, code in enumerate(clique)])
