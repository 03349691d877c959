"""The pages of plans and their measures."""

from flask import Blueprint

bp = Blueprint("plan", __name__)
