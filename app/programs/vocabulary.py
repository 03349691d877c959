"""The words of a programme: who does a step, how it stands, how it ended."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class Doer(Worded):
    PERSON = auto()
    OFFICER = auto()
    AKIMAT = auto()
    CAREER_CENTRE = auto()
    CLINIC = auto()
    NGO = auto()
    MENTOR = auto()


class StepState(Worded):
    NOT_STARTED = auto()
    UNDER_WAY = auto()
    DONE = auto()
    CANNOT_YET = auto()
    NOT_NEEDED = auto()


class Consenting(Worded):
    """What the person says to the programme."""

    AGREED = auto()
    AGREED_IN_PART = auto()
    REFUSED = auto()
    COULD_NOT_ANSWER = auto()


class Verdict(Worded):
    """What a review decides."""

    CONTINUE = auto()
    CHANGE = auto()
    CLOSE = auto()


class Outcome(Worded):
    ACHIEVED = auto()
    PARTLY_ACHIEVED = auto()
    NOT_ACHIEVED = auto()
    LEFT_THE_REGISTER = auto()


LABELS[Doer] = {
    Doer.PERSON: _l("the person"),
    Doer.OFFICER: _l("probation officer"),
    Doer.AKIMAT: _l("akimat"),
    Doer.CAREER_CENTRE: _l("career centre"),
    Doer.CLINIC: _l("clinic"),
    Doer.NGO: _l("non-governmental organisation"),
    Doer.MENTOR: _l("mentor or volunteer"),
}
LABELS[StepState] = {
    StepState.NOT_STARTED: _l("not started"),
    StepState.UNDER_WAY: _l("under way"),
    StepState.DONE: _l("done"),
    StepState.CANNOT_YET: _l("cannot be done yet"),
    StepState.NOT_NEEDED: _l("no longer needed"),
}
LABELS[Consenting] = {
    Consenting.AGREED: _l("agrees"),
    Consenting.AGREED_IN_PART: _l("agrees in part"),
    Consenting.REFUSED: _l("refuses"),
    Consenting.COULD_NOT_ANSWER: _l("could not answer"),
}
LABELS[Verdict] = {
    Verdict.CONTINUE: _l("the programme goes on as it is"),
    Verdict.CHANGE: _l("the programme is to be changed"),
    Verdict.CLOSE: _l("the programme is to be closed"),
}
LABELS[Outcome] = {
    Outcome.ACHIEVED: _l("goals achieved"),
    Outcome.PARTLY_ACHIEVED: _l("goals achieved in part"),
    Outcome.NOT_ACHIEVED: _l("goals not achieved"),
    Outcome.LEFT_THE_REGISTER: _l("the person left the register"),
}
