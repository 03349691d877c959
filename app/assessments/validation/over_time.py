"""The tables about time: how long people stay without the event, and how an instrument changes from year to year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.assessments.validation.cells import LEAST_PEOPLE, Cell, by_score, events, people, too_few
from app.assessments.validation.discrimination import discrimination
from app.assessments.validation.facts import Rows
from app.assessments.validation.hiding import hidden_groups
from app.assessments.validation.survival import Watched, by_time, kaplan_meier, log_rank, survival_at
from app.assessments.validation.tables import CURVES, WINDOW, Figure, Line, Table, Unit, count, part
from app.assessments.vocabulary import Level

AFTER_DAYS = (180, 365, 730)
CURVE_DAYS = tuple(range(30, 721, 30))  # a mark each month, so that no line tells the day of an event


def lives_by(rows: Rows, names: Iterable[str], group: Callable[[Any], str]) -> dict[str, tuple[Watched, ...]]:
    counts: dict[str, list[tuple[float, int, int]]] = {name: [] for name in names}
    for row in rows:
        counts.setdefault(group(row), []).append((row.days, row.people, row.events))
    return {name: by_time(found) for name, found in counts.items()}


Lives = Mapping[str, Sequence[Watched]]


def sizes_of(groups: Lives) -> dict[str, tuple[int, int]]:
    return {name: (sum(one.n for one in lives), sum(one.events for one in lives)) for name, lives in groups.items()}


def curves(groups: Lives) -> Table:
    """The share without the event month by month, for a picture."""
    unseen = hidden_groups(sizes_of(groups))
    lines = []
    for name, lives in groups.items():
        steps = kaplan_meier(lives)
        found = (survival_at(steps, days) for days in CURVE_DAYS)
        lines.append(Line(name, None if name in unseen else tuple(part(one.survival if one else 1.0) for one in found)))
    return Table(CURVES, tuple(f"after_{days}" for days in CURVE_DAYS), tuple(lines))


def survival(code: str, groups: Lives) -> Table:
    """The share without the event after so many days, by group, and whether the groups shown differ."""
    sizes = sizes_of(groups)
    unseen = hidden_groups(sizes)
    lines = []
    for name, lives in groups.items():
        if name in unseen:
            lines.append(Line(name, None))
            continue
        steps = kaplan_meier(lives)
        found = (survival_at(steps, days) for days in AFTER_DAYS)
        parts = (Figure(one.survival, Unit.SHARE, one.low, one.high) if one else part(1.0) for one in found)
        lines.append(Line(name, (*(count(size) for size in sizes[name]), *parts)))
    tested = log_rank([lives for name, lives in groups.items() if name not in unseen])
    notes = (
        (("chi2", Figure(tested.chi2)), ("df", count(tested.df)), ("p", Figure(tested.p, Unit.P_VALUE)))
        if tested
        else ()
    )
    return Table(code, ("n", "events", *(f"after_{days}" for days in AFTER_DAYS)), tuple(lines), notes)


def drift(rows: Rows) -> Table:
    """Year by year: how the points lie, and how well they tell those with the event from those without."""
    windows: dict[int, list[Any]] = {}
    for row in rows:
        windows.setdefault(row.window, []).append(row)
    lines = []
    for window in sorted(windows):
        found = windows[window]
        n = sum(row.people for row in found)
        followed = by_score((row.points, row.followed, row.events) for row in found)
        levels = (sum(row.people for row in found if row.level == level) for level in Level)
        figures = (
            count(n),
            Figure(sum(row.points * row.people for row in found) / n, Unit.MEAN),
            *(part(one / n) for one in levels),
            Figure(None) if too_few(people(followed), events(followed)) else area_of(followed),
        )
        lines.append(Line(f"{WINDOW}{window}", None if n < LEAST_PEOPLE else figures))
    return Table("drift", ("n", "mean_points", *Level, "auc"), tuple(lines))


def area_of(cells: Sequence[Cell]) -> Figure:
    found = discrimination(cells)
    return Figure(found.auc, Unit.NUMBER, found.low, found.high) if found else Figure(None)
