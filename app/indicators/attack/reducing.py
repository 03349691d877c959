"""Making a system of equations in whole numbers smaller without changing what it allows.

Unknowns that can have one value only are replaced by it, unknowns that always stand together become one, and what has
no equation in common is taken apart.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from app.indicators.tables import Contradiction

FAR = 1 << 50  # stands for "no limit"; no register has so many people
ROUNDS = 200  # how often limits are passed on from row to row before the solver takes over


@dataclass(slots=True)
class Rules:
    """``low`` ≤ rows × numbers ≤ ``high``, for whole numbers ≥ 0; -FAR and FAR: no limit."""

    rows: csr_array
    low: np.ndarray
    high: np.ndarray


@dataclass(slots=True)
class Part:
    """Rules that share unknowns with no others. ``forms`` are the sums that are asked for; ``asked`` names them."""

    rules: Rules
    least: np.ndarray
    most: np.ndarray
    forms: csr_array
    asked: np.ndarray


@dataclass(slots=True)
class Reduced:
    """What is left to be solved, and how much of each form is settled already."""

    parts: list[Part]
    settled: np.ndarray


def reduce(rules: Rules, forms: csr_array) -> Reduced:
    """What remains of the rules, and of the forms, whose values are asked.

    Raises Contradiction when it is seen on the way that no whole numbers keep the rules.
    """
    rules = _different(rules)
    settled = np.zeros(forms.shape[0], dtype=np.int64)
    while True:
        rules.rows, forms = _together(rules.rows, forms)
        least, most = limits(rules)
        fixed = least == most
        if not fixed.any():
            return Reduced(_apart(rules, least, most, forms), settled)
        taken = np.asarray(rules.rows[:, fixed] @ least[fixed])
        low = np.where(rules.low > -FAR, rules.low - taken, rules.low)
        high = np.where(rules.high < FAR, rules.high - taken, rules.high)
        settled += np.asarray(forms[:, fixed] @ least[fixed])
        rules, forms = _different(Rules(csr_array(rules.rows[:, ~fixed]), low, high)), csr_array(forms[:, ~fixed])


def limits(rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """Between which numbers each unknown lies, as far as one row after the other tells."""
    rows = rules.rows
    least, most = np.zeros(rows.shape[1], dtype=np.int64), np.full(rows.shape[1], FAR, dtype=np.int64)
    entries = rows.tocoo()
    row, place, weight = entries.coords[0], entries.coords[1], entries.data
    for _ in range(ROUNDS if len(weight) else 0):
        before = least.copy(), most.copy()
        for sign in (1, -1):  # sum <= high, and -sum <= -low
            ceiling = (rules.high if sign > 0 else np.where(rules.low > -FAR, -rules.low, FAR))[row]
            room = _room(row, sign * weight, least[place], most[place], rows.shape[0])
            known = (ceiling < FAR) & (room > -FAR)
            own, left, at = sign * weight[known], (ceiling - room)[known], place[known]
            np.minimum.at(most, at[own > 0], left[own > 0] // own[own > 0])
            np.maximum.at(least, at[own < 0], -(-left[own < 0] // own[own < 0]))
        if (least > most).any():
            raise Contradiction("No whole numbers fit what is published.")
        if (before[0] == least).all() and (before[1] == most).all():
            break
    return least, most


def _room(row: np.ndarray, weight: np.ndarray, least: np.ndarray, most: np.ndarray, size: int) -> np.ndarray:
    """For each entry the least sum of the others in its row; -FAR: there is none."""
    endless = (weight < 0) & (most >= FAR)
    term = np.where(endless, 0, weight * np.where(weight > 0, least, np.where(endless, 0, most)))
    sums, gaps = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    np.add.at(sums, row, term)
    np.add.at(gaps, row, endless)
    return np.where(gaps[row] - endless > 0, -FAR, sums[row] - term)


def _different(rules: Rules) -> Rules:
    """Each row once; rows of nothing are checked and left out."""
    names, same = names_of(rules.rows)
    low, high = np.full(len(names), -FAR, dtype=np.int64), np.full(len(names), FAR, dtype=np.int64)
    np.maximum.at(low, same, rules.low)
    np.minimum.at(high, same, rules.high)
    nothing = names.get(b"")
    if (low > high).any() or (nothing is not None and not low[nothing] <= 0 <= high[nothing]):
        raise Contradiction("No whole numbers fit what is published.")
    _, first = np.unique(same, return_index=True)
    kept = [at for name, at in names.items() if name]
    return Rules(csr_array(rules.rows[first[kept]]), low[kept], high[kept])


def names_of(rows: csr_array) -> tuple[dict[bytes, int], np.ndarray]:
    """A name for each different row, numbered as they come, and the number of each row's name."""
    rows.sum_duplicates()
    rows.eliminate_zeros()
    names: dict[bytes, int] = {}
    ends = rows.indptr
    cut = [
        rows.indices[one:other].tobytes() + rows.data[one:other].tobytes()
        for one, other in zip(ends[:-1], ends[1:], strict=True)
    ]
    return names, np.array([names.setdefault(name, len(names)) for name in cut], dtype=np.int64)


def _together(rows: csr_array, forms: csr_array) -> tuple[csr_array, csr_array]:
    """Unknowns that stand in the same rows and forms are one: their sum is any whole number again."""
    names, same = names_of(csr_array(vstack([rows, forms]).T))
    _, first = np.unique(same, return_index=True)
    kept = first[[at for name, at in names.items() if name]]
    return csr_array(rows[:, kept]), csr_array(forms[:, kept])


def _apart(rules: Rules, least: np.ndarray, most: np.ndarray, forms: csr_array) -> list[Part]:
    """The parts that have no unknown in common. Rows that the limits of the unknowns keep by themselves fall away."""
    needed = _needed(rules, least, most)
    rows, low, high = csr_array(rules.rows[needed]), rules.low[needed], rules.high[needed]
    count, label = connected_components(csr_array(abs(rows).T @ abs(rows)), directed=False)
    owner = label[rows.indices[rows.indptr[:-1]]] if rows.shape[0] else np.zeros(0, dtype=np.int64)
    parts = []
    for number in range(count):
        inside, own = np.flatnonzero(label == number), np.flatnonzero(owner == number)
        about = csr_array(forms[:, inside])
        asked = np.flatnonzero(np.diff(about.indptr))
        rules = Rules(csr_array(rows[own][:, inside]), low[own], high[own])
        parts.append(Part(rules, least[inside], most[inside], csr_array(about[asked]), asked))
    return parts


def _needed(rules: Rules, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    rows, low, high = rules.rows, rules.low, rules.high
    endless = most >= FAR
    up, down = rows.maximum(0), (-rows).maximum(0)
    reach = np.where(endless, 0, most)
    top = np.where(up @ endless > 0, FAR, up @ reach - down @ least)
    bottom = np.where(down @ endless > 0, -FAR, up @ least - down @ reach)
    return np.asarray(((high < FAR) & (top > high)) | ((low > -FAR) & (bottom < low)))
