"""What follows an assessment: an override of its level now and then, and what happens while the person is watched.

All shares are assumptions. New offences come to between two and four in a hundred people a year (domain brief, §3.2),
rising with the points; that younger men have more of them is known from every country, how many more is not from here.
"""

from datetime import date, timedelta
from math import exp

from app.assessments.models import OverrideReason
from app.assessments.vocabulary import Level
from app.clients.events import EventKind
from app.clients.vocabulary import Ground, Sex
from app.seeds.population.answering import Answered
from app.seeds.population.people import Life
from app.seeds.population.rows import Rows
from app.web.dates import age_on

DAYS = 365.25  # of a year
LEAST, RISE = -5.2, 4.0  # logarithm of offences a year without points, and what all points add to it
WOMEN, YOUNG, OLDER = 0.7, 1.6, 0.5  # times as many
YOUNG_BELOW, OLDER_FROM = 25, 50  # years
BREACHES = 2.5  # for each new offence
CUSTODY = 0.35  # of those with a new offence
OVERRIDDEN, UPWARD = 0.08, 0.7
REASONS = tuple(reason for reason in OverrideReason if not reason.is_policy)


def follow(rows: Rows, life: Life, assessments: list[tuple[int, date, Answered, dict[str, int]]]) -> None:
    """What becomes of a person after these assessments."""
    for number, on, given, _needs in assessments:
        if life.chance.random() < OVERRIDDEN:
            override(rows, life, number, on, given)
    if not assessments:
        return
    _number, on, given, _needs = assessments[0]
    rate = yearly_rate(life, on, given.share)
    offended = happen(rows, life, EventKind.NEW_OFFENCE, on, rate)
    happen(rows, life, EventKind.BREACH, on, rate * BREACHES)
    if offended and life.gone_on and life.chance.random() < CUSTODY:
        life.ground = Ground.REPLACED_BY_CUSTODY
        rows.correct("case_deregistrations", "ground", life.ground.value)


def yearly_rate(life: Life, on: date, share: float) -> float:
    """New offences a year of somebody with this share of the points."""
    age = age_on(life.born_on, on)
    by_age = YOUNG if age < YOUNG_BELOW else OLDER if age >= OLDER_FROM else 1.0
    return exp(LEAST + RISE * share) * by_age * (WOMEN if life.sex is Sex.FEMALE else 1.0)


def happen(rows: Rows, life: Life, kind: EventKind, since: date, rate: float) -> bool:
    """Whether it happened, at that rate a year, before the watch ended."""
    on = since + timedelta(days=1 + int(min(life.chance.expovariate(rate / DAYS), 10**5)))
    if on >= life.end:
        return False
    rows.add(
        "case_events", case_id=life.case_id, kind=kind, on=on, recorded_at=life.at(on), recorded_by_id=life.officer_id
    )
    return True


def override(rows: Rows, life: Life, assessment_id: int, on: date, given: Answered) -> None:
    raw = Level(given.level)
    step = 1 if life.chance.random() < UPWARD else -1
    if raw.rank + step not in range(len(Level)):
        step = -step
    decided_on = on + timedelta(days=2)
    if decided_on >= life.end:
        return
    number = rows.add(
        "overrides", assessment_id=assessment_id, from_level=raw, to_level=tuple(Level)[raw.rank + step],
        reason=life.chance.choice(REASONS), words="Синтетическая причина.", by_id=life.officer_id, at=life.at(on),
    )  # fmt: skip
    rows.add("override_answers", override_id=number, is_approved=True, by_id=life.place.head_id, at=life.at(decided_on))
