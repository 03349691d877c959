"""The pages of this room."""

from app.assessments.views import (
    acute,
    answering,
    concluding,
    explaining,
    history,
    life,
    objecting,
    overriding,
    rating,
)
from app.assessments.views.blueprint import bp

__all__ = [
    "acute", "answering", "bp", "concluding", "explaining", "history", "life", "objecting", "overriding", "rating",
]  # fmt: skip
