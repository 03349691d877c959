"""The room's blueprint, and what its pages share."""

from flask import Blueprint

from app.supervision.calendar import models as _models  # noqa: F401 - the tables of this room

bp = Blueprint("visits", __name__)
