"""A release of 640 base cells: protecting and auditing it, beside one linear program for each hidden figure."""

from collections.abc import Iterator
from itertools import product
from time import process_time
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, lil_array

from app.indicators.attack import attack, unsafe
from app.indicators.suppression import Prepared, prepare
from app.indicators.tables import Cells, Dimension, Quantity, Release, covers

SIZES = {"region": 20, "sex": 2, "stage": 4, "age": 4}
LINKED = (("region", "sex"), ("region", "stage"), ("region", "age"), ("sex", "stage", "age"))
WHOLE = (tuple(SIZES),)
PEOPLE = 25_500  # on the register of the country, about (domain, on the register)
SKEW = 1.6  # the spread of the logarithm of a cell's share: a fifth of the cells hold fewer than five
MORE_SKEW = 4.0  # for the linked tables, whose cells are larger
AIM_SECONDS = 30  # design §8


def compare_protecting(seed: int) -> Iterator[dict[str, Any]]:
    """One line for linked tables and one for the full table of four dimensions, in seconds of processor time.

    Raises AssertionError when the audit finds a figure that can be worked out.
    """
    for name, tables, skew in (("protect-linked", LINKED, MORE_SKEW), ("protect-full", WHOLE, SKEW)):
        cells = country(seed, skew)
        started = process_time()
        prepared = prepare(cells, tables)
        protected = process_time()
        narrow = unsafe(prepared.release, attack(prepared.release))
        audited = process_time()
        if narrow:
            raise AssertionError(f"{name}: {len(narrow)} hidden figures can be worked out")
        floor = one_program_each(prepared.release)
        yield line(name, prepared, audited - started, floor) | {
            "protect": round(protected - started, 1),
            "audit": round(audited - protected, 1),
            "safe": True,
        }


def line(name: str, prepared: Prepared, seconds: float, floor: float) -> dict[str, Any]:
    report = prepared.report
    return {
        "name": name,
        "n": report.figures,
        "value": round(seconds, 2),
        "unit": "s",
        "floor": round(floor, 2),
        "ratio": round(seconds / floor, 2) if report.hidden else None,
        "aim": AIM_SECONDS,
        "hidden": report.hidden,
        "least": report.least,
    }


def country(seed: int, skew: float) -> Cells:
    """People in 640 cells, many in some and few in most."""
    dimensions = tuple(
        Dimension(name, tuple(f"{name[0]}{number}" for number in range(size))) for name, size in SIZES.items()
    )
    chance = np.random.default_rng(seed)
    places = list(product(*(dimension.categories for dimension in dimensions)))
    shares = chance.lognormal(0, skew, len(places))
    counts = chance.multinomial(PEOPLE, shares / shares.sum())
    return Cells(dimensions, (Quantity("count"),), {"count": dict(zip(places, map(int, counts), strict=True))})


def one_program_each(release: Release) -> float:
    """Seconds of processor time for the least that an audit could be: one linear program for each hidden figure."""
    places = list(product(*(dimension.categories for dimension in release.dimensions)))
    shown = [figure for figure in release.figures if figure.value is not None]
    rules = lil_array((len(shown), len(places)))
    for row, figure in enumerate(shown):
        rules[[row], [at for at, cell in enumerate(places) if covers(figure.key, cell)]] = 1
    equal, values = csr_array(rules), [figure.value for figure in shown]
    hidden = [figure for figure in release.figures if figure.value is None]
    forms = [np.array([float(covers(figure.key, cell)) for cell in places]) for figure in hidden]
    started = process_time()
    for form in forms:
        linprog(form, A_eq=equal, b_eq=values, method="highs")
    return process_time() - started
