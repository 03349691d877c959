"""The pages of this room."""

from flask import Blueprint

bp = Blueprint("programs", __name__)
