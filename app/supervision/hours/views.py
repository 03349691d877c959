"""An office's hours, and the week that its head sets from a day on."""

from flask import Blueprint

from app.supervision.hours import models as _models  # noqa: F401 - the tables of this room

bp = Blueprint("hours", __name__)
