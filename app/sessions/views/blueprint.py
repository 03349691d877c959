"""The room's blueprint, which its pages share."""

from flask import Blueprint

bp = Blueprint("sessions", __name__)
