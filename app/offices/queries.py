"""Finding regions and offices."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from app.db import db
from app.offices.models import Office, Region


def offices_on(day: date) -> Sequence[Office]:
    """The offices at work on a day, by code."""
    at_work = (Office.valid_from <= day, or_(Office.valid_to.is_(None), Office.valid_to > day))
    return db.session.scalars(select(Office).where(*at_work).order_by(Office.code)).all()


def regions_on(day: date) -> Sequence[Region]:
    """The regions in force on a day, by code."""
    in_force = (Region.valid_from <= day, or_(Region.valid_to.is_(None), Region.valid_to > day))
    return db.session.scalars(select(Region).where(*in_force).order_by(Region.code)).all()
