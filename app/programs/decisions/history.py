"""What happened to a version: drafted, agreed, submitted, returned, approved, reviewed, closed."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.programs.models import Version


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    title: str
    who: str
    body: str = ""
    tone: str = "neutral"


def history_of(version: Version) -> list[Event]:
    """The events of a version, newest first."""
    events = [Event(version.drafted_at, _("Draft begun"), version.drafted_by.full_name)]
    if row := version.agreement:
        title = _("Agreement recorded: %(answer)s", answer=row.answer.label)
        events.append(Event(row.at, title, row.by.full_name, row.words or ""))
    for submission in version.submissions:
        events.append(Event(submission.at, _("Submitted to the head of service"), submission.by.full_name))
        if answer := submission.answer:
            events.append(Event(answer.at, _("Returned to be mended"), answer.by.full_name, answer.words, "caution"))
    if approval := version.approval:
        events.append(Event(approval.at, _("Approved"), approval.by.full_name, tone="good"))
    for review in version.reviews:
        title = _("Reviewed: %(verdict)s", verdict=review.verdict.label)
        events.append(Event(review.at, title, review.by.full_name, review.words))
    if (closure := version.program.closure) and version.program.in_force is version:
        title = _("Closed: %(outcome)s", outcome=closure.outcome.label)
        events.append(Event(closure.at, title, closure.by.full_name, closure.words))
    return sorted(events, key=lambda event: event.at)[::-1]
