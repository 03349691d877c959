"""The tables of one instrument, worked out from what the database counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.assessments.validation.calibration import brier, calibration_table, expected, recalibrate
from app.assessments.validation.cells import LEAST_EVENTS, LEAST_PEOPLE, Cell, by_score, events, people, too_few
from app.assessments.validation.facts import Facts, Rows
from app.assessments.validation.fairness import MEASURES, Errors, errors, gaps, implied_fpr, implied_ppv
from app.assessments.validation.hiding import hidden_groups
from app.assessments.validation.intervals import p_of_equal_shares, share
from app.assessments.validation.over_time import area_of, curves, drift, lives_by, survival
from app.assessments.validation.tables import ALL, UNKNOWN, Figure, Line, Table, Unit, count, part, shared
from app.assessments.vocabulary import Level

Groups = Mapping[str, Sequence[Cell]]


def report(facts: Facts, flagged_from: Level) -> list[Table]:
    """Every table about outcomes; ``flagged_from`` is the lowest level that counts as flagged."""
    by_group = cells_by(facts.outcomes, facts.names, group_of, rank_of)
    by_level_lives = lives_by(facts.lives, tuple(Level), lambda row: row.level)
    return [
        how_well(facts.outcomes),
        by_level(facts.outcomes),
        by_points(facts.outcomes),
        fairness(facts, by_group, flagged_from),
        widest_gaps(by_group, flagged_from),
        what_follows(by_group, flagged_from),
        survival("survival_by_level", by_level_lives),
        curves(by_level_lives),
        survival("survival", lives_by(facts.lives, facts.names, group_of)),
        drift(facts.drift),
    ]


def group_of(row: Any) -> str:
    return UNKNOWN if row.group is None else str(row.group)


def rank_of(row: Any) -> float:
    return Level(row.level).rank


def cells_by(
    rows: Rows, names: Iterable[str], group: Callable[[Any], str], score: Callable[[Any], float]
) -> dict[str, tuple[Cell, ...]]:
    counts: dict[str, list[tuple[float, int, int]]] = {name: [] for name in names}
    for row in rows:
        counts.setdefault(group(row), []).append((score(row), row.people, row.events))
    return {name: by_score(found) for name, found in counts.items()}


def everybody(rows: Rows, score: Callable[[Any], float]) -> tuple[Cell, ...]:
    return by_score((score(row), row.people, row.events) for row in rows)


def enough(cells: Sequence[Cell]) -> bool:
    return not too_few(people(cells), events(cells))


def hidden(groups: Groups) -> set[str]:
    return hidden_groups({name: (people(cells), events(cells)) for name, cells in groups.items()})


def how_well(rows: Rows) -> Table:
    """How well points and levels put people in order; the final level beside the raw one shows what overrides did."""
    scores: dict[str, Callable[[Any], float]] = {
        "points": lambda row: row.points,
        "raw_level": rank_of,
        "final_level": lambda row: Level(row.final_level).rank,
    }
    cells = {name: everybody(rows, score) for name, score in scores.items()}
    return Table(
        "discrimination",
        ("n", "events", "auc"),
        tuple(
            Line(name, (count(people(one)), count(events(one)), area_of(one)) if enough(one) else None)
            for name, one in cells.items()
        ),
    )


def by_level(rows: Rows) -> Table:
    groups = cells_by(rows, tuple(Level), lambda row: row.level, rank_of)
    unseen = hidden(groups)
    lines = []
    for below, (name, cells) in zip((None, *groups), groups.items(), strict=False):
        p = None if below is None or {below, name} & unseen else p_of_equal_shares(groups[below], cells)
        lines.append(Line(name, None if name in unseen else (*happened(cells), Figure(p, Unit.P_VALUE))))
    return Table("levels", ("n", "events", "rate", "p_below"), tuple(lines))


def happened(cells: Sequence[Cell]) -> tuple[Figure, ...]:
    return count(people(cells)), count(events(cells)), shared(share(events(cells), people(cells)))


def by_points(rows: Rows) -> Table:
    """Bands of neighbouring points, each with enough people, beside what the curve of best fit promises."""
    cells = everybody(rows, lambda row: row.points)
    curve = recalibrate(cells)
    lines = []
    for row in calibration_table(cells, LEAST_PEOPLE, LEAST_EVENTS):
        inside = [cell for cell in cells if row.low <= cell.score <= row.high]
        promised = expected(inside, curve.probability) / people(inside) if curve else None
        lines.append(Line(f"{row.low:g}–{row.high:g}", (*happened(inside), part(promised))))
    columns = ("n", "events", "rate", "promised")
    if not lines:
        return Table("calibration", columns, (Line(ALL, None),))
    base = events(cells) / people(cells)
    fit = {"b0": curve.b0, "b1": curve.b1, "brier": curve.brier} if curve else {}
    by_base = brier(cells, lambda _points: base)
    notes = fit | {"brier_of_base_rate": by_base} | ({"scaled_brier": 1 - curve.brier / by_base} if curve else {})
    return Table("calibration", columns, tuple(lines), tuple((name, Figure(value)) for name, value in notes.items()))


def fairness(facts: Facts, groups: Groups, flagged_from: Level) -> Table:
    """All measures of all groups side by side, and everybody last."""
    points = cells_by(facts.outcomes, facts.names, group_of, lambda row: row.points)
    whole = everybody(facts.outcomes, lambda row: row.points)
    curve, unseen = recalibrate(whole), hidden(groups)

    def line(name: str, ranks: Sequence[Cell], scores: Sequence[Cell]) -> Line:
        if name in unseen or not enough(ranks):
            return Line(name, None)
        found = errors(ranks, flagged_from.rank)
        promised = expected(scores, curve.probability) / events(scores) if curve else None
        shares = (shared(getattr(found, measure)) for measure in MEASURES)
        return Line(name, (count(people(ranks)), count(events(ranks)), *shares, area_of(scores), Figure(promised)))

    lines = [line(name, cells, points[name]) for name, cells in groups.items()]
    lines.append(line(ALL, everybody(facts.outcomes, rank_of), whole))
    return Table("fairness", ("n", "events", *MEASURES, "auc", "expected_by_observed"), tuple(lines))


def errors_shown(groups: Groups, flagged_from: Level) -> dict[str, Errors]:
    unseen = hidden(groups)
    return {name: errors(cells, flagged_from.rank) for name, cells in groups.items() if name not in unseen}


def widest_gaps(groups: Groups, flagged_from: Level) -> Table:
    found = gaps(errors_shown(groups, flagged_from))
    return Table(
        "gaps",
        ("highest", "lowest", "difference", "ratio"),
        tuple(
            Line(
                gap.measure,
                (
                    Figure(gap.highest, Unit.WORD),
                    Figure(gap.lowest, Unit.WORD),
                    Figure(gap.difference, Unit.POINTS),
                    Figure(gap.ratio),
                ),
            )
            for gap in found
        ),
    )


def what_follows(groups: Groups, flagged_from: Level) -> Table:
    """What a group's base rate makes of FPR when PPV and FNR are everybody's, and of PPV when FPR and FNR are."""
    counts = [(cell.score, cell.n, cell.events) for cells in groups.values() for cell in cells]
    total = errors(by_score(counts), flagged_from.rank)
    shown = errors_shown(groups, flagged_from)
    columns = ("base_rate", "fpr", "implied_fpr", "ppv", "implied_ppv")
    if not (total.ppv and total.fnr and total.fpr) or len(shown) < 2:  # noqa: PLR2004 - a comparison needs two
        return Table("impossibility", columns, ())
    lines = []
    for name, found in shown.items():
        base = found.base_rate.value if found.base_rate else 0.0
        follows = (
            implied_fpr(base, total.ppv.value, total.fnr.value),
            implied_ppv(base, total.fpr.value, total.fnr.value),
        )
        figures = (part(base), shared(found.fpr), part(follows[0]), shared(found.ppv), part(follows[1]))
        lines.append(Line(name, tuple(Figure(one.value, one.unit) for one in figures)))
    return Table("impossibility", columns, tuple(lines))
