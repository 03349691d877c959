"""The words of this room: how a session was held, why it was not, how it stands, what bars a helper."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded
from app.sessions.admission import Obstacle


class Medium(Worded):
    IN_PERSON = auto()
    PHONE = auto()
    VIDEO = auto()
    MESSAGES = auto()


class Absence(Worded):
    """Why a session did not take place."""

    DID_NOT_COME = auto()
    WARNED = auto()
    ILLNESS = auto()
    HELPER_COULD_NOT = auto()


class Standing(Worded):
    """How a logged session stands; it follows from the rows about it and is stored nowhere."""

    NEW = auto()
    ASKED = auto()
    ANSWERED = auto()
    CONFIRMED = auto()

    @property
    def tone(self) -> str:
        return {Standing.CONFIRMED: "good", Standing.ASKED: "caution", Standing.ANSWERED: "info"}.get(self, "neutral")


class Course(Worded):
    """Where the help to a person stands on a day."""

    ON = auto()
    NOT_YET = auto()
    CONSENT_ENDED = auto()
    CONSENT_WITHDRAWN = auto()
    OFF_REGISTER = auto()
    ENDED = auto()

    @property
    def tone(self) -> str:
        tones = {Course.ON: "good", Course.CONSENT_ENDED: "serious", Course.CONSENT_WITHDRAWN: "serious"}
        return tones.get(self, "neutral")


LABELS[Medium] = {
    Medium.IN_PERSON: _l("in person"),
    Medium.PHONE: _l("by telephone"),
    Medium.VIDEO: _l("by video call"),
    Medium.MESSAGES: _l("by messages"),
}
LABELS[Absence] = {
    Absence.DID_NOT_COME: _l("did not come"),
    Absence.WARNED: _l("said beforehand that they could not come"),
    Absence.ILLNESS: _l("illness"),
    Absence.HELPER_COULD_NOT: _l("the volunteer or mentor could not come"),
}
LABELS[Standing] = {
    Standing.NEW: _l("new"),
    Standing.ASKED: _l("question"),
    Standing.ANSWERED: _l("answered"),
    Standing.CONFIRMED: _l("confirmed"),
}
LABELS[Course] = {
    Course.ON: _l("goes on"),
    Course.NOT_YET: _l("has not begun"),
    Course.CONSENT_ENDED: _l("consent has ended"),
    Course.CONSENT_WITHDRAWN: _l("consent withdrawn"),
    Course.OFF_REGISTER: _l("off the register"),
    Course.ENDED: _l("ended"),
}

OBSTACLE_LABELS = {
    Obstacle.NOT_RECORDED: _l("The birth date and the undertaking of confidentiality are not recorded yet."),
    Obstacle.UNDER_AGE: _l(
        "Under 18. The law on volunteering (No. 42-VI, article 12) does not let minors help people "
        "who are prosecuted or convicted."
    ),
    Obstacle.NO_UNDERTAKING: _l("The undertaking of confidentiality is not signed yet."),
    Obstacle.SUSPENDED: _l("This user may not sign in at present."),
}
