"""The words of the calendar: how often a person reports, what a visit is for, and what came of it."""

from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Worded(StrEnum):
    """An enumeration whose members people read."""

    @property
    def label(self) -> LazyString:
        return LABELS[self.__class__][self]


class Per(Worded):
    """The period in which a person reports so many times."""

    WEEK = auto()
    MONTH = auto()
    QUARTER = auto()


class VisitKind(Worded):
    FIRST = auto()
    REPORTING = auto()
    CALLED = auto()


class Came(Worded):
    """What came of a visit."""

    CAME = auto()
    CAME_LATE = auto()
    VALID_REASON = auto()
    DID_NOT_COME = auto()


class ValidReason(Worded):
    """What excuses an absence (Penal Execution Code 234-V, art. 53(2))."""

    LATE_SUMMONS = auto()
    ILLNESS = auto()
    OTHER = auto()


LABELS: dict[type[Worded], dict[Worded, LazyString]] = {
    Per: {Per.WEEK: _l("week"), Per.MONTH: _l("month"), Per.QUARTER: _l("quarter")},
    VisitKind: {
        VisitKind.FIRST: _l("first appearance"),
        VisitKind.REPORTING: _l("reporting day"),
        VisitKind.CALLED: _l("called by the officer"),
    },
    Came: {
        Came.CAME: _l("came"),
        Came.CAME_LATE: _l("came late"),
        Came.VALID_REASON: _l("did not come, for a valid reason"),
        Came.DID_NOT_COME: _l("did not come"),
    },
    ValidReason: {
        ValidReason.LATE_SUMMONS: _l("the summons came late"),
        ValidReason.ILLNESS: _l("illness"),
        ValidReason.OTHER: _l("another documented circumstance"),
    },
}
