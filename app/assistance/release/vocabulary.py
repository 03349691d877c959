"""The words of a release: its ground, who does an item, how it was decided, who meets the person, where to sleep."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class ReleaseGround(Worded):
    """Why the person is expected to be released on that day."""

    END_OF_TERM = auto()
    PAROLE = auto()
    MILDER_PUNISHMENT = auto()
    AMNESTY_OR_PARDON = auto()
    OTHER_DECISION = auto()


class Who(Worded):
    """Who does what an item asks."""

    INSTITUTION = auto()
    PERSON = auto()
    OFFICER = auto()
    RELATIVES = auto()
    AKIMAT = auto()
    CAREER_CENTRE = auto()
    CLINIC = auto()


class ItemState(Worded):
    """How an item of the checklist was decided; one that nobody decided is open."""

    DONE = auto()
    NOT_POSSIBLE = auto()
    NOT_NEEDED = auto()

    @property
    def tone(self) -> str:
        return {ItemState.DONE: "good", ItemState.NOT_POSSIBLE: "serious"}.get(self, "neutral")


class Meets(Worded):
    """Who meets the person at the gate."""

    RELATIVES = auto()
    OFFICER = auto()
    HELPER = auto()
    NGO = auto()
    NOBODY = auto()


class FirstNight(Worded):
    """Where the person sleeps the first night."""

    OWN_HOME = auto()
    RELATIVES = auto()
    TEMPORARY_RESIDENCE = auto()
    OTHER = auto()


LABELS[ReleaseGround] = {
    ReleaseGround.END_OF_TERM: _l("end of the term"),
    ReleaseGround.PAROLE: _l("parole"),
    ReleaseGround.MILDER_PUNISHMENT: _l("the rest of the term is replaced by a milder punishment"),
    ReleaseGround.AMNESTY_OR_PARDON: _l("amnesty or pardon"),
    ReleaseGround.OTHER_DECISION: _l("another decision of the court"),
}
LABELS[Who] = {
    Who.INSTITUTION: _l("institution"),
    Who.PERSON: _l("the person"),
    Who.OFFICER: _l("probation officer"),
    Who.RELATIVES: _l("relatives"),
    Who.AKIMAT: _l("akimat"),
    Who.CAREER_CENTRE: _l("career centre"),
    Who.CLINIC: _l("clinic"),
}
LABELS[ItemState] = {
    ItemState.DONE: _l("done"),
    ItemState.NOT_POSSIBLE: _l("not possible"),
    ItemState.NOT_NEEDED: _l("not needed"),
}
LABELS[Meets] = {
    Meets.RELATIVES: _l("relatives or friends"),
    Meets.OFFICER: _l("probation officer"),
    Meets.HELPER: _l("mentor or volunteer"),
    Meets.NGO: _l("non-governmental organisation"),
    Meets.NOBODY: _l("nobody: the person travels alone"),
}
LABELS[FirstNight] = {
    FirstNight.OWN_HOME: _l("at home"),
    FirstNight.RELATIVES: _l("with relatives or friends"),
    FirstNight.TEMPORARY_RESIDENCE: _l("in a temporary residence"),
    FirstNight.OTHER: _l("somewhere else"),
}
