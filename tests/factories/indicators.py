"""Build frozen periods large enough to be shown; name only what the test is about."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from app.clock import now
from app.db import db
from app.indicators.calculation import cells_of, tables_of, uneven
from app.indicators.counts import HELPER, OFFICE, PERSON, Fact, Facts, Makeup
from app.indicators.definitions.book import Book
from app.indicators.definitions.reading import book
from app.indicators.models import Snapshot
from app.indicators.periods import parse
from app.indicators.rows import to_dict
from app.indicators.suppression import protect
from app.offices.models import Region, RegionName
from tests.factories.people import make_office
from tests.factories.saving import saved

CODES = ("I-04", "I-07", "I-11")
REGIONS = {"710000000": "Astana", "750000000": "Almaty"}
# By region, stage, sex, age and level: people on the register, covered, in time, assessed on time, met by a helper.
# All are fictional.
FIGURES = {
    ("710000000", "sentence", "female", "30-44", "low"): (40, 22, 20, 30, 12),
    ("710000000", "sentence", "male", "18-29", "medium"): (90, 60, 51, 61, 20),
    ("710000000", "post_penitentiary", "male", "45-59", "high"): (31, 12, 12, 19, 9),
    ("750000000", "sentence", "female", "30-44", "medium"): (3, 1, 1, 2, 1),
    ("750000000", "sentence", "male", "18-29", "low"): (52, 20, 17, 37, 14),
    ("750000000", "pre_trial", "male", "30-44", "medium"): (4, 2, 1, 3, 1),
}
"""Small figures in one place, so that a release hides some and shows many."""
DIMENSIONS = ("region", "stage", "sex", "age", "level")


def make_snapshot(period: str = "2026H1", revision: int = 0) -> Snapshot:
    """The frozen period, made from ``FIGURES`` if it is not there."""
    known = db.session.scalar(db.select(Snapshot).where(Snapshot.period == period, Snapshot.revision == revision))
    if known:
        return known
    make_office()
    for code, name in REGIONS.items():
        if db.session.get(Region, code) is None:
            named = RegionName(valid_from=parse(period).start, kk=f"{name} (kk)", ru=f"{name} (ru)", en=name)
            saved(Region(code=code, valid_from=parse(period).start, names=[named]))
    body = body_of_release()
    return saved(Snapshot(
        period=period, revision=revision, frozen_at=now(), definitions=small_book().versions,
        body=body, sha256=sha256(body.encode()).hexdigest(), because="A session was confirmed." if revision else None,
    ))  # fmt: skip


def small_book(codes: Sequence[str] = CODES) -> Book:
    """A few indicators and nothing else, so that their release is protected in a moment."""
    found = book()
    return replace(found, definitions=tuple(each for each in found.definitions if each.code in codes), compositions=())


def body_of_release() -> str:
    if not BODY:
        facts = make_facts()
        cells = cells_of(facts, small_book())
        release = protect(cells, tables_of(small_book()), 5, uneven(facts, cells))
        BODY.append(json.dumps(to_dict(release), ensure_ascii=False))
    return BODY[0]


BODY: list[str] = []  # calculated once for all tests


def make_facts(period: str = "2026H1") -> Facts:
    """What was counted, with an hour for each person who was met, by seven helpers of two offices."""
    quantities = ("register", "I-04", "I-04.in_time", "I-07", "I-11")
    told = {each: small_book().dims_of(each) for each in (*quantities, "I-11.minutes")}
    facts = [
        Fact(
            quantity, tuple((dim, code) for dim, code in zip(DIMENSIONS, cell, strict=True) if dim in told[quantity]), n
        )
        for cell, numbers in FIGURES.items()
        for quantity, n in zip((*quantities, "I-11.minutes"), (*numbers, 60 * numbers[-1]), strict=True)
    ]
    return Facts(parse(period), small_book().versions, tuple(REGIONS), tuple(facts), makeup())


def makeup() -> tuple[Makeup, ...]:
    met = sum(numbers[-1] for numbers in FIGURES.values())
    shares = ((PERSON, met, 60), (HELPER, 7, 60 * (met // 7 + 1)), (OFFICE, 2, 60 * met // 2))
    return tuple(Makeup("I-11.minutes", (), who, number, largest, 60 * met) for who, number, largest in shares)
