"""The pages of this room."""

from flask import Blueprint

bp = Blueprint("sessions", __name__)
