"""A second attacker, short and slow on purpose: every quantity over the full product of its dimensions, one question
after the other, nothing made smaller first. It shares no line with ``app/indicators/attack`` and reads a bundle by
itself. What it finds narrow, or finds narrower than the audit does, is a mistake.
"""

import csv
import json
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

ALL = "_T"


def found_in(release):
    """``{(quantity, key, of): (low, high)}`` of what is hidden in a Release; ``high`` None: there is no greatest."""
    dims = {each.code: each.categories for each in release.dimensions}
    quantities = {each.code: (each.within, each.shown_with, each.dims, dict(each.at)) for each in release.quantities}
    apart = [(each.inner, each.outer, dict(each.of)) for each in release.nestings]
    return ranges(dims, quantities, {(each.quantity, each.key): each.value for each in release.figures}, apart)


def found_in_folder(folder: Path):
    """The same of a bundle: datapackage.json and the CSV files that it names, nothing else."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    about = package["qadam"]
    dims = {each["code"]: each["categories"] for each in about["dimensions"]}
    quantities = {
        each["code"]: (each["within"], each["shown_with"], each["dims"], dict(each["at"]))
        for each in about["quantities"]
    }
    values = {}
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = tuple(row.get(code, ALL) for code in dims)
                values[row["indicator"], key] = int(row["value"]) if row["value"] else None
    return ranges(
        dims, quantities, values, [(each["dimension"], each["in"], each["parents"]) for each in about["nested"]]
    )


def ranges(dims, quantities, values, apart=()):
    stranger = Stranger(dims, quantities, apart)
    rule, asked = stranger.rule(values), stranger.asked(values)
    return {name: (least(rule, row), greatest(rule, row)) for name, row in asked.items()}


class Stranger:
    """The unknowns: each quantity in each finest cell of its own dimensions, ALL where it is not cut."""

    def __init__(self, dims, quantities, apart):
        self.dims, self.quantities = dims, quantities
        self.unknowns = [
            (code, cell)
            for code, (_, _, cut, _) in quantities.items()
            for cell in product(*(own if cut is None or name in cut else [ALL] for name, own in dims.items()))
            if all(possible(dict(zip(dims, cell, strict=True)), *pair) for pair in apart)
        ]

    def sum(self, code, key):
        return np.array([
            own == code and all(want in (ALL, at) for want, at in zip(key, cell, strict=True))
            for own, cell in self.unknowns
        ], dtype=float)  # fmt: skip

    def whole_of(self, part, key):
        within, _, cut, at = self.quantities[part]
        cut, wide = (set(self.dims) if each is None else set(each) for each in (cut, self.quantities[within][2]))
        codes = dict(zip(self.dims, key, strict=True))
        if any(codes[name] == ALL for name in cut - wide):
            return None
        return tuple(at.get(name, own) if name in wide else ALL for name, own in codes.items())

    def rest(self, part, key):
        return self.sum(self.quantities[part][0], self.whole_of(part, key)) - self.sum(part, key)

    def rule(self, values):
        rows = [(self.sum(*spot), value, value) for spot, value in values.items() if value is not None]
        for code, (_, beside, _, _) in self.quantities.items():
            rows += [
                (self.sum(code, key), 0, 0) for (other, key), value in values.items() if (other, value) == (beside, 0)
            ]
        rows += [(self.rest(*cell), 0, np.inf) for cell in self.unknowns if self.quantities[cell[0]][0]]
        return LinearConstraint(*(np.array(column) for column in zip(*rows, strict=True)))

    def asked(self, values):
        found = {(*spot, None): self.sum(*spot) for spot, value in values.items() if value is None}
        for (part, key), value in values.items():
            within = self.quantities[part][0]
            whole = self.whole_of(part, key) if within else None
            if whole and (within, whole) in values and None in (value, values[within, whole]):
                found[part, key, within] = self.rest(part, key)
        return found


def possible(cell, inner, outer, parents):
    return ALL in (cell[inner], cell[outer]) or parents[cell[inner]] == cell[outer]


def greatest(rule, row):
    found = least(rule, -row)
    return None if found is None else -found


def least(rule, row):
    for whole in (0, 1):
        found = milp(row, integrality=np.full(len(row), whole), bounds=Bounds(0, np.inf), constraints=rule,
                     options={"mip_rel_gap": 0})  # fmt: skip
        if found.status == 2:
            raise ValueError("Nothing fits what is published.")
        if found.x is None:
            return None
        if whole or np.abs(found.x - np.rint(found.x)).max() < 1e-6:
            return round(found.fun)
    raise AssertionError("asked in whole numbers")
