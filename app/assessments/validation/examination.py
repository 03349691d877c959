"""All statistics of a file of scores, overall and by group, as plain data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.assessments.validation.calibration import Recalibration, calibration_table, expected, recalibrate
from app.assessments.validation.cells import Cell, Share, by_score, events, merged, people, too_few
from app.assessments.validation.discrimination import discrimination
from app.assessments.validation.fairness import MEASURES, errors, gaps
from app.assessments.validation.scores_file import Scores
from app.assessments.validation.survival import Watched, by_time, kaplan_meier, log_rank

TOO_FEW = {"note": "too few"}
AREA = ("auc", "auc_se", "auc_ci")
CURVE = ("b0", "b1", "brier", "log_loss")
COUNTS = ("tn", "fp", "fn", "tp")

Plain = dict[str, Any]


def examine(scores: Scores, positive_from: float) -> Plain:
    """The answer to ``flask assessments validate``. Figures of too few people are None, and ``note`` says so."""
    groups = {name: by_score(counts) for name, counts in scores.scored.groups().items()}
    fitted = recalibrate(merged(groups))
    return {
        **of_everybody(merged(groups), fitted),
        "positive_from": positive_from,
        "groups": {name: of_group(cells, positive_from, fitted) for name, cells in groups.items()},
        "gaps": [asdict(gap) for gap in gaps({name: errors(cells, positive_from) for name, cells in enough(groups)})],
        "survival": of_lives({name: by_time(counts) for name, counts in scores.watched.groups().items()}),
    }


def enough(groups: Mapping[str, Sequence[Cell]]) -> list[tuple[str, Sequence[Cell]]]:
    return [(name, cells) for name, cells in groups.items() if not too_few(people(cells), events(cells))]


def of_everybody(cells: Sequence[Cell], fitted: Recalibration | None) -> Plain:
    counts = {"n": people(cells), "events": events(cells)}
    if too_few(**counts):
        return counts | dict.fromkeys((*AREA, *CURVE, "calibration")) | TOO_FEW
    rows = [{"score": row.low, "to": row.high} | spread(row.happened) for row in calibration_table(cells)]
    return counts | area(cells) | (asdict(fitted) if fitted else dict.fromkeys(CURVE)) | {"calibration": rows}


def of_group(cells: Sequence[Cell], positive_from: float, fitted: Recalibration | None) -> Plain:
    """``expected`` are the events that the curve of everybody promises for the group."""
    counts = {"n": people(cells), "events": events(cells)}
    if too_few(**counts):
        return counts | dict.fromkeys((*MEASURES, *AREA, *COUNTS, "expected", "expected_by_observed", "ci")) | TOO_FEW
    found = errors(cells, positive_from)
    shares: dict[str, Share | None] = {measure: getattr(found, measure) for measure in MEASURES}
    promised = expected(cells, fitted.probability) if fitted else None
    return {
        **counts,
        **{measure: one.value if one else None for measure, one in shares.items()},
        **area(cells),
        **{name: getattr(found, name) for name in COUNTS},
        "expected": promised,
        "expected_by_observed": None if promised is None else promised / counts["events"],
        "ci": {measure: [one.low, one.high] if one else None for measure, one in shares.items()},
    }


def area(cells: Sequence[Cell]) -> Plain:
    found = discrimination(cells)
    if found is None:
        return dict.fromkeys(AREA)
    return {"auc": found.auc, "auc_se": found.se, "auc_ci": None if found.low is None else [found.low, found.high]}


def spread(one: Share) -> Plain:
    return {"n": one.of, "events": one.count, "rate": one.value, "ci": [one.low, one.high]}


def of_lives(groups: Mapping[str, Sequence[Watched]]) -> Plain | None:
    """None for a file without times. The test compares the groups that have enough."""
    if not groups:
        return None
    many = [group for group in groups.values() if not few(group)]
    tested = log_rank(many)
    return {
        "overall": curve_of(by_time(counts_of(one for group in groups.values() for one in group))),
        "groups": {name: curve_of(group) for name, group in groups.items()},
        "logrank": asdict(tested) if tested else dict.fromkeys(("chi2", "df", "p")) | TOO_FEW,
    }


def few(watched: Sequence[Watched]) -> bool:
    return too_few(sum(one.n for one in watched), sum(one.events for one in watched))


def counts_of(watched: Iterable[Watched]) -> Iterable[tuple[float, int, int]]:
    return ((one.time, one.n, one.events) for one in watched)


def curve_of(watched: Sequence[Watched]) -> Plain:
    counts = {"n": sum(one.n for one in watched), "events": sum(one.events for one in watched)}
    if few(watched):
        return counts | {"curve": None} | TOO_FEW
    return counts | {"curve": [asdict(step) for step in kaplan_meier(watched)]}
