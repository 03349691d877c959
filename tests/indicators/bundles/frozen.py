"""A frozen half-year for the tests of releases: small, of two regions, and protected as the real ones are."""

import json
from datetime import UTC, datetime
from hashlib import sha256

from app.db import db
from app.indicators.models import Snapshot
from app.indicators.rows import to_dict
from app.indicators.suppression import protect
from app.indicators.tables import Cells, Dimension, Quantity, Release, Table

FROZEN_AT = datetime(2026, 7, 10, 20, 30, tzinfo=UTC)  # the 11th in the country
DIMENSIONS = (Dimension("region", ("10", "75")), Dimension("stage", ("pre_trial", "sentence")))
QUANTITIES = (Quantity("register"), Quantity("I-04", within="register", shown_with="register"))
REGISTER = {("10", "pre_trial"): 30, ("10", "sentence"): 60, ("75", "pre_trial"): 3, ("75", "sentence"): 50}
COVERED = {("10", "pre_trial"): 12, ("10", "sentence"): 40, ("75", "pre_trial"): 1, ("75", "sentence"): 30}


def protected(dimensions: tuple[Dimension, ...] = DIMENSIONS) -> Release:
    cells = Cells(dimensions, QUANTITIES, {"register": REGISTER, "I-04": COVERED})
    return protect(cells, (Table(tuple(each.code for each in dimensions), ("register", "I-04")),))


def freeze(period: str = "2026H1", revision: int = 0, release: Release | None = None) -> Snapshot:
    body = json.dumps(to_dict(release or protected()), ensure_ascii=False)
    snapshot = Snapshot(
        period=period,
        revision=revision,
        frozen_at=FROZEN_AT,
        definitions={"I-04": 2},
        body=body,
        sha256=sha256(body.encode()).hexdigest(),
        because="An approval was entered late." if revision else None,
        moved=[],
    )
    db.session.add(snapshot)
    db.session.commit()
    return snapshot
