"""What stands on the supervision page of a person, from top to bottom: each part of the room brings its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.calendar import panel as visits
from app.supervision.community_work import pages as community_work
from app.supervision.contacts import panel as contacts
from app.supervision.deadlines import panel as deadlines
from app.supervision.messages import panel as messages
from app.supervision.violations import panel as violations

# (the cases of the person that the reader may see, today) → what the panel's template shows, by a fixed number of
# statements.
Gather = Callable[[Sequence[Case], date], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Panel:
    template: str
    gather: Gather


# In the order of the page: visits, contacts, violations, deadlines, reminders.
PANELS: tuple[Panel, ...] = (
    Panel(visits.TEMPLATE, visits.gather),
    Panel(contacts.TEMPLATE, contacts.gather),
    Panel(violations.TEMPLATE, violations.gather),
    Panel(community_work.TEMPLATE, community_work.gather),
    Panel(deadlines.TEMPLATE, deadlines.gather),
    Panel(messages.TEMPLATE, messages.gather),
)
