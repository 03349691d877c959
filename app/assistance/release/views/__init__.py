"""Pages of a release: the plan, its items, what became of it, the list of releases to come, and the sheet."""

from app.assistance.release.views import deciding, listing, outcome, paper, planning
from app.assistance.release.views.blueprint import bp

__all__ = ["bp", "deciding", "listing", "outcome", "paper", "planning"]
