"""The pages of this room."""

from flask import Blueprint

bp = Blueprint("assessments", __name__)
