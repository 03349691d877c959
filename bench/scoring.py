"""Scoring against its floor: the same sums and levels from dictionaries, the same formula in plain floats."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from math import exp, floor, log
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from app.assessments import library
from app.assessments.instrument import Instrument, load_instrument
from app.assessments.outcome import outcome
from app.assessments.scoring import score
from app.assessments.vocabulary import Kind
from app.web.dates import age_on

TURNS = 10  # in which the two take turns
ADULT = ("adult-community", 1)
OGRS3 = Path(__file__).parent.parent / "tests" / "assessments" / "instruments" / "ogrs3.yaml"
AGES = (10, 12, 14, 16, 18, 21, 25, 30, 35, 40, 50)
WEIGHTS = {
    "male": (0, 0.08392, 0.07578, -0.0616, -0.6251, -1.0515, -1.1667, -1.326, -1.368, -1.4997, -2.0253),
    "female": (0.785, 0.61385, 0.66952, -0.9592, -0.8975, -1.0285, -1.0528, -1.1291, -1.4219, -1.5247, -2.4498),
}
OFFENCES = {
    "violence": 0, "robbery": -0.6348, "public_order": 0.1819, "theft": 0.6612, "handling": 0.3519,
    "burglary_other": 0.2406, "drink_driving": -0.1214, "criminal_damage": 0.205,
}  # fmt: skip

Answers = Mapping[str, Any]
Scorer = Callable[[Answers], Any]


def measure(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """A line for an instrument of points and one for formulas; milliseconds for so many sets of answers."""
    chance = Random(seed)
    adult, ogrs3 = library.find(*ADULT), load_instrument(OGRS3.read_text(encoding="utf-8"))
    by_points = [{item.code: chance.choice(item.options).code for _, item in adult.items()} for _ in range(count)]
    yield line("scoring-adult-community", by_points, partial(scored, adult), partial(summed, tables(adult)))
    yield line("scoring-ogrs3", [life(chance) for _ in range(count)], partial(computed, ogrs3), formula)


def line(name: str, sets: Sequence[Answers], ours: Scorer, least: Scorer) -> dict[str, Any]:
    """Raises RuntimeError when the two disagree: a floor under another answer would be none."""
    if any(ours(one) != least(one) for one in sets[:: max(1, len(sets) // 500)]):
        raise RuntimeError(f"{name}: the floor gives other answers.")
    part = max(1, len(sets) // TURNS)
    parts = [sets[start : start + part] for start in range(0, len(sets), part)]
    pairs = [(spent(ours, few), spent(least, few)) for few in parts]
    value, under = (median(times) * len(parts) * 1000 for times in zip(*pairs, strict=True))
    figures = {"value": round(value, 3), "unit": "ms", "floor": round(under, 3), "ratio": round(value / under, 2)}
    return {"name": name, "n": len(sets)} | figures


def spent(scorer: Scorer, sets: Sequence[Answers]) -> float:
    """Seconds of this process alone: nothing here waits for anything."""
    started = process_time()
    for one in sets:
        scorer(one)
    return process_time() - started


def scored(instrument: Instrument, answers: Answers) -> Any:
    result = score(instrument, answers)
    return result.points, result.level, [(one.points, one.level) for one in result.by_domain]


def tables(instrument: Instrument) -> Any:
    """Points by option of each item, by section; where the bands begin, and their levels."""

    def bands(of: Any) -> Any:
        return [band.first for band in of.bands], [band.level for band in of.bands]

    sections = [
        ([(item.code, {one.code: one.points for one in item.options}) for item in section.items], *bands(section))
        for section in instrument.sections
        if section.kind in (Kind.STATIC, Kind.DYNAMIC)
    ]
    return sections, *bands(instrument)


def summed(of: Any, answers: Answers) -> Any:
    sections, firsts, levels = of
    total, found = 0, []
    for items, first, level in sections:
        points = 0
        for code, worth in items:
            points += worth[answers[code]]
        total += points
        found.append((points, level[bisect_right(first, points) - 1]))
    return total, levels[bisect_right(firsts, total) - 1], found


def life(chance: Random) -> Answers:
    """Answers of somebody convicted from 18 on, whose first sanction was earlier or the same."""
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(365 * 40))
    convicted = born + timedelta(days=365 * 18 + 5 + chance.randrange(365 * 30))
    followed = convicted + timedelta(days=chance.randrange(700))
    return {
        "sex": chance.choice(tuple(WEIGHTS)), "date_of_birth": born.isoformat(),
        "conviction_date": convicted.isoformat(), "follow_up_date": followed.isoformat(),
        "age_at_first_sanction": chance.randint(11, 18), "sanctions": chance.randint(1, 40),
        "offence": chance.choice(tuple(OFFENCES)),
    }  # fmt: skip


def computed(instrument: Instrument, answers: Answers) -> Any:
    scores = outcome(instrument, answers).computed.scores
    return int(scores["one_year"].value), int(scores["two_year"].value), scores["two_year"].level  # type: ignore[arg-type]


def formula(answers: Answers) -> Any:
    born = date.fromisoformat(answers["date_of_birth"])
    age = age_on(born, date.fromisoformat(answers["conviction_date"]))
    later = age_on(born, date.fromisoformat(answers["follow_up_date"]))
    sanctions = answers["sanctions"]
    z = (
        WEIGHTS[answers["sex"]][bisect_right(AGES, later) - 1]
        + (0.12614 if sanctions == 1 else 0.46306)
        + 1.25112 * log(sanctions / (10 + age - answers["age_at_first_sanction"]))
        + OFFENCES[answers["offence"]]
    )
    one_year, two_year = per_cent(1.40256 + z), per_cent(2.1217 + z)
    return one_year, two_year, ("low", "medium", "high", "very_high")[bisect_right((50, 75, 90), two_year)]


def per_cent(power: float) -> int:
    share = floor(1e5 / (1 + exp(-power)) + 0.5) / 1e5
    return max(1, min(floor(100 * share + 0.5), 99))
