"""What is said when an act cannot be done now."""

from datetime import date

from flask_babel import gettext as _


class NotPossible(Exception):
    """The act does not fit the state of the record; the message says why, in the user's language."""


class WrongDay(NotPossible):
    """It cannot have been, or be, on that day; the sentence belongs to the field of the day."""


def must_have_come(on: date, today: date) -> None:
    if on > today:
        raise WrongDay(_("This date is in the future. Enter today's date or an earlier one."))
