"""Months on the calendar: the same day of another month, or that month's last day."""

from calendar import monthrange
from datetime import date

MONTHS = 12  # of a year


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day when it is shorter.

    A negative number leads back. The rule is that of the Penal Execution Code 234-V, art. 165(2).
    """
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
