"""Assistance as it is kept."""

from app.assistance.models.catalogue import Service
from app.assistance.models.referrals import Referral, ReferralEvent, ReferralReminder

__all__ = ["Referral", "ReferralEvent", "ReferralReminder", "Service"]
