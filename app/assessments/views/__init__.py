"""The pages of this room."""

from app.assessments.views import answering, concluding, life
from app.assessments.views.blueprint import bp

__all__ = ["answering", "bp", "concluding", "life"]
