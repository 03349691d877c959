"""The pages of this room."""

from app.programs.views import carrying, deciding, drafting, paper, parts, reading, suggesting
from app.programs.views.blueprint import bp

__all__ = ["bp", "carrying", "deciding", "drafting", "paper", "parts", "reading", "suggesting"]
