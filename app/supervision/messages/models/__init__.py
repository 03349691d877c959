"""The room's tables: consents, what is sent on them, how an office calls itself, and calendar feeds."""

from app.supervision.messages.models.consents import ReminderConsent, ReminderConsentWithdrawal
from app.supervision.messages.models.feeds import CalendarFeed, FeedOpening, FeedWithdrawal
from app.supervision.messages.models.messages import Message, MessageAttempt, MessageReport, MessageResult
from app.supervision.messages.models.signatures import OfficeSignature

__all__ = [
    "CalendarFeed", "FeedOpening", "FeedWithdrawal", "Message", "MessageAttempt", "MessageReport", "MessageResult",
    "OfficeSignature", "ReminderConsent", "ReminderConsentWithdrawal",
]  # fmt: skip
