"""The pages of this room."""

from app.assessments.views import (
    acute,
    answering,
    concluding,
    explaining,
    history,
    instruments,
    life,
    norms,
    objecting,
    overriding,
    rating,
    validation,
)
from app.assessments.views.blueprint import bp

__all__ = [
    "acute", "answering", "bp", "concluding", "explaining", "history", "instruments", "life", "norms",
    "objecting", "overriding", "rating", "validation",
]  # fmt: skip
