"""Choosing which figures of a release to hide, so that none of the hidden ones can be worked out from the rest."""

from collections.abc import Iterable, Mapping

import numpy as np

from app.indicators.attack import is_safe
from app.indicators.sensitivity import THRESHOLD, sensitive_counts
from app.indicators.system import System
from app.indicators.tables import (
    CannotBeMadeSafe,
    Cells,
    Contradiction,
    Figure,
    Release,
    Spot,
    Tables,
    TooLarge,
    all_keys,
    as_tables,
)
from app.indicators.witnesses import EXACT_UP_TO, Witnesses

LEAST_THRESHOLD = 2  # with 1 nothing would ever be hidden
MOST_CELLS = 5000  # finest cells × quantities: above this the audit would take hours, so it is refused


def protect(
    cells: Cells,
    tables: Tables,
    threshold: int = THRESHOLD,
    sensitive: Iterable[Spot] = (),
    *,
    fixed: Mapping[Spot, bool] = {},  # noqa: B006 – never written to
) -> Release:
    """The release of the tables, each with all its margins, with enough figures hidden to be safe.

    ``sensitive`` names figures to be hidden besides the counts that ``sensitive_counts`` finds. All quantities are
    protected as one system. The same facts give the same release. What is returned has withstood ``attack``.

    Raises Contradiction for facts that cannot be true, ValueError for a threshold below 2, TooLarge above 5,000
    cells, CannotBeMadeSafe when hiding everything is not enough.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"A threshold of {threshold} hides nothing; the least is {LEAST_THRESHOLD}.")
    cells.check()
    system = System(cells, all_keys(tables, cells.dimensions))
    if system.truth.size > MOST_CELLS:
        raise TooLarge(f"{system.truth.size} cells; up to {MOST_CELLS} can be protected together.")
    first = _first_hidden(system, cells, tables, threshold, sensitive)
    for choose in (_enough_hidden, _everything_hidden):
        release = _release(system, cells, tables, threshold, choose(system, first, threshold))
        if is_safe(release):
            return release
    raise CannotBeMadeSafe("The figures can be worked out even with all of them hidden.")


def _first_hidden(
    system: System, cells: Cells, tables: Tables, threshold: int, sensitive: Iterable[Spot]
) -> np.ndarray:
    """What is hidden for its own sake."""
    hidden = np.zeros(len(system.spots), dtype=bool)
    for spot in sensitive_counts(cells, all_keys(tables, cells.dimensions), threshold) | set(sensitive):
        if spot not in system.place:
            raise Contradiction(f"{spot}: not a figure of these tables")
        hidden[system.place[spot]] = True
    return system.close(hidden)


def _enough_hidden(system: System, first: np.ndarray, threshold: int) -> np.ndarray:
    """Hide more, at the least loss for one figure after another, until each hidden one is proven uncertain."""
    hidden, witnesses = first.copy(), Witnesses(system, threshold)
    while (unproven := witnesses.prove(hidden)) is not None:
        more = witnesses.extend(hidden, unproven)
        if more is None:
            return _everything_hidden(system, first, threshold)
        hidden = system.close(more)
    return _show_again(system, hidden, first, witnesses)


def _everything_hidden(_system: System, first: np.ndarray, _threshold: int) -> np.ndarray:
    return np.ones_like(first)


def _show_again(system: System, hidden: np.ndarray, first: np.ndarray, witnesses: Witnesses) -> np.ndarray:
    """Show each figure that turns out not to be needed, the greatest loss first."""
    secondary = np.flatnonzero(hidden & ~first)
    for figure in sorted(secondary, key=lambda row: (-system.weights[row], row)):
        fewer = hidden.copy()
        fewer[figure] = False
        if (system.close(fewer) != fewer).any():
            continue
        kept = witnesses.kept_with(int(figure))
        if len(system.spots) <= EXACT_UP_TO:
            kept.prove(fewer)
        if not kept.lacking(fewer):
            hidden, witnesses = fewer, kept
    return hidden


def _release(system: System, cells: Cells, tables: Tables, threshold: int, hidden: np.ndarray) -> Release:
    values = np.asarray(system.figures @ system.truth).round().astype(np.int64)
    figures = tuple(
        Figure(code, key, None if hidden[row] else int(values[row])) for row, (code, key) in enumerate(system.spots)
    )
    return Release(cells.dimensions, as_tables(tables, cells.quantities), cells.quantities, threshold, figures)
