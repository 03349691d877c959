"""The pages of referrals."""

from app.assistance.referrals.views import listing, making, reading, telling
from app.assistance.referrals.views.blueprint import bp

__all__ = ["bp", "listing", "making", "reading", "telling"]
