"""The pages of violations and of the answers to them."""

from app.supervision.violations import closing
from app.supervision.violations.views import answering, drafting, recording, signing
from app.supervision.violations.views.blueprint import bp

__all__ = ["answering", "bp", "closing", "drafting", "recording", "signing"]
