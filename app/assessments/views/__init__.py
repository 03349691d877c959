"""The pages of this room."""

from app.assessments.views import acute, answering, concluding, life
from app.assessments.views.blueprint import bp

__all__ = ["acute", "answering", "bp", "concluding", "life"]
