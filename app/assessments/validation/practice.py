"""How officers use an instrument: overrides by office, and answers that are unknown or carried over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from app.assessments.validation.cells import LEAST_PEOPLE
from app.assessments.validation.hiding import hidden_offices
from app.assessments.validation.tables import ALL, UNKNOWN, Figure, Line, Table, count, part
from app.assessments.vocabulary import Level

AMBER, RED = 0.10, 0.15  # of assessments overridden by judgement: our own limits; LSI-OR had 15.4 %, and foretold worse
EARLIER = "earlier"  # the line of the twelve months before

Rows = Sequence[Any]  # of the statements in app.assessments.figures.follow_up


def overrides(rows: Rows) -> Table:
    """Overrides by office. What a norm sets for a category is no judgement, and is counted apart."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("n", "up", "down", "policy"), 0))
    for row in rows:
        for name in (office_of(row), ALL):
            sums[name]["n"] += row.assessments
            if row.to_level is not None:
                sums[name][kind_of(row)] += row.assessments
    return Table("overrides", ("n", "up", "down", "policy", "override_rate"), lines_of(sums, overridden))


def kind_of(row: Any) -> str:
    if row.reason.is_policy:
        return "policy"
    return "up" if Level(row.to_level).rank > Level(row.from_level).rank else "down"


def overridden(sums: Mapping[str, int]) -> tuple[Figure, ...]:
    counts = (count(sums[name]) for name in ("n", "up", "down", "policy"))
    return *counts, part((sums["up"] + sums["down"]) / sums["n"])


def answers(rows: Rows) -> Table:
    """Unknown and carried-over answers by office in the last twelve months, and of everybody in the twelve before."""
    names = ("assessments", "answers", "unknown", "carried_over")
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(names, 0))
    for row in rows:
        for line in (EARLIER,) if row.window else (office_of(row), ALL):
            for name in names:
                sums[line][name] += getattr(row, name)
    sizes = {line: one | {"n": one["assessments"]} for line, one in sums.items()}
    return Table("answers", ("n", "unknown", "carried_over"), lines_of(sizes, left_open))


def left_open(sums: Mapping[str, int]) -> tuple[Figure, ...]:
    return count(sums["n"]), part(sums["unknown"] / sums["answers"]), part(sums["carried_over"] / sums["answers"])


def lines_of(sums: Mapping[str, Mapping[str, int]], figures: Any) -> tuple[Line, ...]:
    """Offices by name, then everybody; none of an office with too few assessments."""
    together = (ALL, EARLIER)
    unseen = hidden_offices({name: one["n"] for name, one in sums.items() if name not in together})
    unseen |= {name for name in together if name in sums and sums[name]["n"] < LEAST_PEOPLE}
    order = sorted(sums, key=lambda name: (name in together, name == EARLIER, name))
    return tuple(Line(name, None if name in unseen else figures(sums[name])) for name in order)


def office_of(row: Any) -> str:
    return UNKNOWN if row.office is None else str(row.office)
