"""The words of community work."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class DayKind(Worded):
    """What is known of a day; ``TAKEN_BACK`` says that nothing should have been noted of it."""

    WORKED = auto()
    ABSENT = auto()
    VALID_REASON = auto()
    TAKEN_BACK = auto()


LABELS |= {
    DayKind: {
        DayKind.WORKED: _l("worked"),
        DayKind.ABSENT: _l("absent without a valid reason"),
        DayKind.VALID_REASON: _l("absent for a valid reason"),
        DayKind.TAKEN_BACK: _l("noted by mistake"),
    },
}
