"""Build registers large enough to be published, and frozen half-years; name only what the test is about."""

import json
from datetime import date
from hashlib import sha256

from app.clients.vocabulary import Sex, Stage
from app.clock import now
from app.db import db
from app.indicators.calculation import Fact
from app.indicators.definitions import valid_on
from app.indicators.models import Snapshot
from app.indicators.periods import parse
from app.indicators.publication import publish
from app.indicators.rows import to_dict
from app.indicators.sensitivity import Contribution
from app.indicators.tables import Dimension
from tests.factories.people import make_office
from tests.factories.saving import saved

# By office, sex and stage: people on the register, covered, assessed on time, met by a helper. All are fictional.
FIGURES = {
    ("A-1", "female", "sentence"): (40, 22, 30, 12),
    ("A-1", "male", "sentence"): (90, 60, 61, 20),
    ("A-1", "male", "post_penitentiary"): (31, 12, 19, 9),
    ("B-2", "female", "sentence"): (3, 1, 2, 1),
    ("B-2", "male", "sentence"): (52, 20, 37, 14),
    ("B-2", "male", "pre_trial"): (4, 2, 3, 1),
}
"""Small figures in one place, so that a release hides some and shows many."""


def make_snapshot(period: str = "2026H1") -> Snapshot:
    """The frozen half-year, made from ``FIGURES`` if it is not there."""
    known = db.session.scalar(db.select(Snapshot).where(Snapshot.period == period))
    if known:
        return known
    for code in ("A-1", "B-2"):
        make_office(code)
    definitions = valid_on(parse(period).start)
    body = body_of_release()
    return saved(Snapshot(
        period=period, frozen_at=now(), definitions={each.code: each.version for each in definitions},
        body=body, sha256=sha256(body.encode()).hexdigest(),
    ))  # fmt: skip


def body_of_release() -> str:
    if not BODY:
        dimensions = (
            Dimension("office", ("A-1", "B-2")),
            Dimension("sex", tuple(sorted(Sex))),
            Dimension("stage", tuple(Stage)),
        )
        release = publish(valid_on(date(2026, 1, 1)), dimensions, facts(), contributions())
        BODY.append(json.dumps(to_dict(release), ensure_ascii=False))
    return BODY[0]


BODY: list[str] = []  # calculated once for all tests


def facts() -> list[Fact]:
    codes = ("I-04", "I-07", "I-11")
    return [
        Fact(code, *cell, number, people)
        for cell, (people, *numbers) in FIGURES.items()
        for code, number in zip(codes, numbers, strict=True)
    ]


def contributions() -> list[Contribution]:
    """Each person met seven helpers in turn, an hour or so each."""
    return [
        Contribution(cell, person=100 * place + person, helper=person % 7, minutes=60 + person)
        for place, (cell, (*_numbers, met)) in enumerate(FIGURES.items())
        for person in range(met)
    ]
