"""Who acts on a report, on which day, and at which moment."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.models import User


@dataclass(frozen=True, slots=True)
class Act:
    """``on`` is the day as it is printed, ``at`` the moment as it is kept."""

    by: User
    on: date
    at: datetime
