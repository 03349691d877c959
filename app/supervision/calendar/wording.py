"""Rhythms as sentences in the language spoken."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.supervision.calendar.days import Days, Mark, read_days
from app.supervision.calendar.models import Rhythm
from app.supervision.calendar.vocabulary import Per
from app.supervision.hours.forms import NAMES


def rhythm_in_words(rhythm: Rhythm) -> str:
    """Twice a month: on the 5th and the 20th."""
    return days_in_words(read_days(rhythm.per, rhythm.days))


def days_in_words(days: Days) -> str:
    named = ", ".join(mark_in_words(days.per, mark) for mark in days.marks)
    if days.per is Per.WEEK:
        return ngettext("%(num)d time a week: %(days)s", "%(num)d times a week: %(days)s", days.times, days=named)
    if days.per is Per.MONTH:
        return ngettext("%(num)d time a month, on days %(days)s", "%(num)d times a month, on days %(days)s", days.times,
                        days=named)  # fmt: skip
    return ngettext("%(num)d time a quarter: %(days)s", "%(num)d times a quarter: %(days)s", days.times, days=named)


def mark_in_words(per: Per, mark: Mark) -> str:
    if per is Per.WEEK:
        return str(NAMES[mark.day])
    if per is Per.MONTH:
        return str(mark.day)
    return _("day %(day)d of month %(month)d", day=mark.day, month=mark.month)
