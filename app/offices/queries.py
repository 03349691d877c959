"""Finding regions and offices."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select

from app.db import db
from app.offices.models import Office, Region


def offices_on(day: date, also: int | None = None) -> Sequence[Office]:
    """The offices at work on a day, and ``also`` one that a record already names, by code."""
    at_work = and_(Office.valid_from <= day, or_(Office.valid_to.is_(None), Office.valid_to > day))
    chosen = or_(at_work, Office.id == also) if also else at_work
    return db.session.scalars(select(Office).where(chosen).order_by(Office.code)).all()


def regions_on(day: date) -> Sequence[Region]:
    """The regions in force on a day, by code."""
    in_force = (Region.valid_from <= day, or_(Region.valid_to.is_(None), Region.valid_to > day))
    return db.session.scalars(select(Region).where(*in_force).order_by(Region.code)).all()
