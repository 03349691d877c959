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


class Phase(Worded):
    """When a goal is worked on: now, or once there is room for it."""

    ACTIVE = auto()
    FUTURE = auto()


class GoalState(Worded):
    """What was said of a goal while the programme is carried out."""

    ACHIEVED = auto()
    TAKEN_UP_AGAIN = auto()


class ProposalAnswer(Worded):
    """What the officer made of a proposal of the methodology."""

    OPEN = auto()
    TAKEN = auto()
    CHANGED = auto()
    DECLINED = auto()


class StepState(Worded):
    NOT_STARTED = auto()
    UNDER_WAY = auto()
    DONE = auto()
    CANNOT_YET = auto()
    NOT_NEEDED = auto()

    @property
    def tone(self) -> str:
        return STEP_TONES.get(self, "neutral")

    @property
    def is_settled(self) -> bool:
        """Nobody has to do anything more about it."""
        return self in {StepState.DONE, StepState.NOT_NEEDED}


class Consenting(Worded):
    """What the person says to the programme."""

    AGREED = auto()
    AGREED_IN_PART = auto()
    REFUSED = auto()
    COULD_NOT_ANSWER = auto()

    @property
    def tone(self) -> str:
        return ANSWER_TONES.get(self, "caution")


class GoalOutcome(Worded):
    """What came of one goal by the end of the programme."""

    ACHIEVED = auto()
    PARTLY_ACHIEVED = auto()
    NOT_ACHIEVED = auto()
    ELSEWHERE = auto()

    @property
    def tone(self) -> str:
        return OUTCOME_TONES.get(self, "neutral")


class Verdict(Worded):
    """What a review decides."""

    CONTINUE = auto()
    CHANGE = auto()
    CLOSE = auto()


class VersionState(Worded):
    """How a version stands; never stored, always computed from what was decided about it."""

    DRAFT = auto()
    WAITING = auto()
    RETURNED = auto()
    IN_FORCE = auto()
    REPLACED = auto()
    ENDED = auto()
    DROPPED = auto()

    @property
    def tone(self) -> str:
        """The tone of its tag on the page."""
        return TONES.get(self, "neutral")


class Outcome(Worded):
    ACHIEVED = auto()
    PARTLY_ACHIEVED = auto()
    NOT_ACHIEVED = auto()
    LEFT_THE_REGISTER = auto()
    CONTINUED = auto()


LABELS[Doer] = {
    Doer.PERSON: _l("the person"),
    Doer.OFFICER: _l("probation officer"),
    Doer.AKIMAT: _l("akimat"),
    Doer.CAREER_CENTRE: _l("career centre"),
    Doer.CLINIC: _l("clinic"),
    Doer.NGO: _l("non-governmental organisation"),
    Doer.MENTOR: _l("mentor or volunteer"),
}
LABELS[Phase] = {
    Phase.ACTIVE: _l("active now"),
    Phase.FUTURE: _l("for later"),
}
LABELS[GoalState] = {
    GoalState.ACHIEVED: _l("achieved"),
    GoalState.TAKEN_UP_AGAIN: _l("taken up again"),
}
LABELS[ProposalAnswer] = {
    ProposalAnswer.OPEN: _l("not answered yet"),
    ProposalAnswer.TAKEN: _l("taken as it is"),
    ProposalAnswer.CHANGED: _l("taken and changed"),
    ProposalAnswer.DECLINED: _l("declined"),
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
LABELS[GoalOutcome] = {
    GoalOutcome.ACHIEVED: _l("achieved"),
    GoalOutcome.PARTLY_ACHIEVED: _l("achieved in part"),
    GoalOutcome.NOT_ACHIEVED: _l("not achieved"),
    GoalOutcome.ELSEWHERE: _l("continued elsewhere"),
}
LABELS[Verdict] = {
    Verdict.CONTINUE: _l("the programme goes on as it is"),
    Verdict.CHANGE: _l("the programme is to be changed"),
    Verdict.CLOSE: _l("the programme is to be closed"),
}
LABELS[VersionState] = {
    VersionState.DRAFT: _l("being drafted"),
    VersionState.WAITING: _l("waiting for the head of service"),
    VersionState.RETURNED: _l("returned to be mended"),
    VersionState.IN_FORCE: _l("approved, in force"),
    VersionState.REPLACED: _l("replaced by a later version"),
    VersionState.ENDED: _l("ended"),
    VersionState.DROPPED: _l("not completed"),
}
TONES = {
    VersionState.DRAFT: "info",
    VersionState.WAITING: "caution",
    VersionState.RETURNED: "serious",
    VersionState.IN_FORCE: "good",
}
ANSWER_TONES = {Consenting.AGREED: "good", Consenting.REFUSED: "serious"}
OUTCOME_TONES = {
    GoalOutcome.ACHIEVED: "good",
    GoalOutcome.PARTLY_ACHIEVED: "info",
    GoalOutcome.NOT_ACHIEVED: "caution",
}
STEP_TONES = {
    StepState.UNDER_WAY: "info",
    StepState.DONE: "good",
    StepState.CANNOT_YET: "caution",
}
LABELS[Outcome] = {
    Outcome.ACHIEVED: _l("goals achieved"),
    Outcome.PARTLY_ACHIEVED: _l("goals achieved in part"),
    Outcome.NOT_ACHIEVED: _l("goals not achieved"),
    Outcome.LEFT_THE_REGISTER: _l("the person left the register"),
    Outcome.CONTINUED: _l("continued by another programme"),
}
