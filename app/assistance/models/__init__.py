"""Assistance as it is kept."""

from app.assistance.models.referrals import Referral, ReferralEvent, ReferralReminder
from app.assistance.models.catalogue import Service

__all__ = ["Referral", "ReferralEvent", "ReferralReminder", "Service"]
