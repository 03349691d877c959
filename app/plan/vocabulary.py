"""The words of the plan: how far a measure has come, and where a body's progress report stands."""

from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Progress(StrEnum):
    """What a body says of a measure."""

    NOT_BEGUN = auto()
    UNDER_WAY = auto()
    DONE = auto()

    @property
    def label(self) -> LazyString:
        return PROGRESS_LABELS[self]


class EntryKind(StrEnum):
    """What the ministry records of a measure itself."""

    EVIDENCE = auto()
    COMPLETED = auto()
    REOPENED = auto()

    @property
    def label(self) -> LazyString:
        return ENTRY_LABELS[self]


class AnswerKind(StrEnum):
    ACCEPTED = auto()
    RETURNED = auto()


class Standing(StrEnum):
    """Where the report of one body on one half-year stands."""

    NOT_BEGUN = auto()
    DRAFT = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    ACCEPTED = auto()

    @property
    def label(self) -> LazyString:
        return STANDING_LABELS[self]

    @property
    def waits_for_body(self) -> bool:
        return self in {Standing.NOT_BEGUN, Standing.DRAFT, Standing.RETURNED}


class Notice(StrEnum):
    """When a body is reminded by e-mail: some days before the last one, or the day after it."""

    SOON = auto()
    LAST_DAYS = auto()
    LATE = auto()


PROGRESS_LABELS = {
    Progress.NOT_BEGUN: _l("not begun"),
    Progress.UNDER_WAY: _l("under way"),
    Progress.DONE: _l("done"),
}
ENTRY_LABELS = {
    EntryKind.EVIDENCE: _l("Evidence"),
    EntryKind.COMPLETED: _l("Completed"),
    EntryKind.REOPENED: _l("Open again"),
}
STANDING_LABELS = {
    Standing.NOT_BEGUN: _l("not begun"),
    Standing.DRAFT: _l("in draft"),
    Standing.SUBMITTED: _l("submitted"),
    Standing.RETURNED: _l("returned"),
    Standing.ACCEPTED: _l("accepted"),
}
