"""Freezing a half-year: its figures are calculated once, after its end, and only what may be shown is kept."""

import json
from datetime import datetime
from hashlib import sha256

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import record_act
from app.clients.models import NotPossible
from app.clients.vocabulary import Sex, Stage
from app.clock import COUNTRY
from app.db import db
from app.indicators import heavy
from app.indicators.definitions import Definition, valid_on
from app.indicators.facts import gather
from app.indicators.models import Snapshot
from app.indicators.periods import HalfYear
from app.indicators.queries import offices_in, snapshot_of
from app.indicators.rows import to_dict
from app.indicators.tables import CannotBeMadeSafe, Contradiction, Dimension, Release, TooLarge

WHY_NOT = {
    Contradiction: _l("The records of this half-year contradict one another, so it cannot be frozen."),
    TooLarge: _l("There are too many offices to protect their figures together, so the half-year cannot be frozen."),
    CannotBeMadeSafe: _l("So few people are behind these figures that even hiding all of them would not protect them."),
}


def freeze(period: HalfYear, by: User | None, at: datetime) -> Snapshot:
    """The frozen half-year: the one that there is, or a new one, which the caller commits.

    ``by`` is None when nobody asked but the clock. Raises NotPossible for a half-year that is not over, and for
    figures that cannot be released.
    """
    if known := snapshot_of(period):
        return known
    if not period.is_over(at.astimezone(COUNTRY).date()):
        raise NotPossible(_("The half-year %(period)s is not over yet. Freeze it after its last day.", period=period))
    snapshot = snapshot_from(period, by, at)
    try:
        db.session.add(snapshot)
        db.session.flush()
    except IntegrityError:  # somebody else froze it while this was being calculated
        db.session.rollback()
        return snapshot_of(period) or snapshot
    return snapshot


def freeze_unasked(period: HalfYear, at: datetime) -> Snapshot:
    """Freeze in the name of the system, and save it."""
    if known := snapshot_of(period):
        return known
    snapshot = freeze(period, None, at)
    record_act(None, Permission.FREEZE_INDICATORS, snapshot, "indicators.freeze")
    db.session.commit()
    return snapshot


def snapshot_from(period: HalfYear, by: User | None, at: datetime) -> Snapshot:
    definitions = valid_on(period.start)
    try:
        release = release_of(period, definitions)
    except tuple(WHY_NOT) as fault:
        raise NotPossible(str(WHY_NOT[type(fault)])) from fault
    body = json.dumps(to_dict(release), ensure_ascii=False)
    return Snapshot(
        period=period.code,
        frozen_at=at,
        frozen_by_id=by.id if by else None,
        definitions={each.code: each.version for each in definitions},
        body=body,
        sha256=sha256(body.encode()).hexdigest(),
    )


def release_of(period: HalfYear, definitions: tuple[Definition, ...]) -> Release:
    """What may be shown of the half-year. The unprotected figures live no longer than this call."""
    first_days = next(each.terms.first_days for each in definitions if each.terms)
    facts, contributions = gather(period, first_days)
    offices = {*offices_in(period), *(fact.office for fact in facts)}
    dimensions = (
        Dimension("office", tuple(sorted(offices))),
        Dimension("sex", tuple(sorted(sex.value for sex in Sex))),
        Dimension("stage", tuple(stage.value for stage in Stage)),
    )
    return heavy.publish(definitions, dimensions, facts, contributions)
