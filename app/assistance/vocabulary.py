"""The words of assistance: its directions."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class Direction(Worded):
    """What kind of help it is (measure 21; the statutory list was not obtained, so this is the working one)."""

    MEDICAL = auto()
    EDUCATION = auto()
    EMPLOYMENT = auto()
    PSYCHOLOGICAL = auto()
    LEGAL = auto()
    DOCUMENTS = auto()
    SOCIAL_SERVICES = auto()
    RESIDENCE = auto()
    FAMILY = auto()
    SUBSTANCE_USE = auto()


LABELS[Direction] = {
    Direction.MEDICAL: _l("medical help"),
    Direction.EDUCATION: _l("education and vocational training"),
    Direction.EMPLOYMENT: _l("employment"),
    Direction.PSYCHOLOGICAL: _l("psychological help"),
    Direction.LEGAL: _l("legal advice"),
    Direction.DOCUMENTS: _l("restoring documents"),
    Direction.SOCIAL_SERVICES: _l("social payments and special social services"),
    Direction.RESIDENCE: _l("temporary residence"),
    Direction.FAMILY: _l("family ties"),
    Direction.SUBSTANCE_USE: _l("treatment of dependence"),
}
