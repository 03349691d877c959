"""What is said when an act cannot be done now."""


class NotPossible(Exception):
    """The act does not fit the state of the record; the message says why, in the user's language."""


class WrongDay(NotPossible):
    """It cannot have been, or be, on that day; the sentence belongs to the field of the day."""
