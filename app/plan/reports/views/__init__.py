"""The pages on which reports are begun, written, published and withdrawn."""

from app.plan.reports.views import publishing, writing
from app.plan.reports.views.blueprint import bp

__all__ = ["bp", "publishing", "writing"]
