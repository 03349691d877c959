"""The pages of progress reports."""

from flask import Blueprint

from app.plan.progress import queries as _queries  # noqa: F401

bp = Blueprint("progress", __name__)
