"""The pages of progress reports."""

from app.plan.progress.views import answering, reading, speaking, writing
from app.plan.progress.views.blueprint import bp

__all__ = ["answering", "bp", "reading", "speaking", "writing"]
