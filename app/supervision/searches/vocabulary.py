"""The words of a search: what is done to find a person, and how it ends."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class StepKind(Worded):
    """What the service does first, before the court declares the person wanted."""

    CALL = auto()
    HOME_VISIT = auto()
    RELATIVES = auto()
    WORK_OR_STUDY = auto()
    HOSPITALS = auto()
    POLICE = auto()
    BORDER = auto()
    OTHER = auto()


class Ending(Worded):
    """How a search ends. One that was opened by mistake stops no clock."""

    FOUND = auto()
    CAME = auto()
    DIED = auto()
    MISTAKE = auto()


LABELS[StepKind] = {
    StepKind.CALL: _l("called by telephone"),
    StepKind.HOME_VISIT: _l("went to the home"),
    StepKind.RELATIVES: _l("asked relatives and acquaintances"),
    StepKind.WORK_OR_STUDY: _l("asked at work or at the place of study"),
    StepKind.HOSPITALS: _l("asked hospitals and other institutions"),
    StepKind.POLICE: _l("asked the police"),
    StepKind.BORDER: _l("asked whether the person left the country"),
    StepKind.OTHER: _l("other, in words"),
}
LABELS[Ending] = {
    Ending.FOUND: _l("found"),
    Ending.CAME: _l("came by themselves"),
    Ending.DIED: _l("the person died"),
    Ending.MISTAKE: _l("opened by mistake"),
}
