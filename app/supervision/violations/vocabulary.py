"""The words of violations and answers."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class AnswerKind(Worded):
    """What the paper is: said to the person, asked of the court, or a reward."""

    WARNING = auto()
    REPRESENTATION = auto()
    INCENTIVE = auto()


class AnswerStanding(Worded):
    """How an answer stands; never stored, always told by its rows."""

    DRAFT = auto()
    RETURNED = auto()
    SUBMITTED = auto()
    SIGNED = auto()
    DELIVERED = auto()
    DECIDED = auto()
    WITHDRAWN = auto()

    @property
    def is_open(self) -> bool:
        """Somebody in the office still has to do something about it."""
        return self in {AnswerStanding.DRAFT, AnswerStanding.RETURNED, AnswerStanding.SUBMITTED, AnswerStanding.SIGNED}

    @property
    def tone(self) -> str:
        return TONES.get(self, "neutral")


TONES = {
    AnswerStanding.RETURNED: "caution", AnswerStanding.SUBMITTED: "info", AnswerStanding.SIGNED: "info",
    AnswerStanding.DELIVERED: "good", AnswerStanding.DECIDED: "good",
}  # fmt: skip


class Addressee(Worded):
    """To whom a signed answer is given."""

    PERSON = auto()
    COURT = auto()


class Means(Worded):
    """How a signed answer reached whom it is for."""

    IN_PERSON = auto()
    REFUSED_TO_SIGN = auto()
    REPRESENTATIVE = auto()
    POST = auto()
    COURIER = auto()
    ELECTRONIC = auto()


class CourtOutcome(Worded):
    GRANTED = auto()
    PARTLY = auto()
    DECLINED = auto()


class ViolationStanding(Worded):
    """How a violation stands; never stored, always told by its rows."""

    UNANSWERED = auto()
    IN_WORK = auto()
    ANSWERED = auto()
    EXCUSED = auto()
    WITHDRAWN = auto()

    @property
    def counts(self) -> bool:
        """Whether later answers look back at it."""
        return self not in {ViolationStanding.EXCUSED, ViolationStanding.WITHDRAWN}


LABELS[AnswerKind] = {
    AnswerKind.WARNING: _l("written warning"),
    AnswerKind.REPRESENTATION: _l("representation to the court"),
    AnswerKind.INCENTIVE: _l("incentive"),
}
LABELS[AnswerStanding] = {
    AnswerStanding.DRAFT: _l("being drafted"),
    AnswerStanding.RETURNED: _l("returned by the head"),
    AnswerStanding.SUBMITTED: _l("waiting for the head's signature"),
    AnswerStanding.SIGNED: _l("signed, not yet handed over"),
    AnswerStanding.DELIVERED: _l("handed over"),
    AnswerStanding.DECIDED: _l("decided by the court"),
    AnswerStanding.WITHDRAWN: _l("taken back"),
}
LABELS[Addressee] = {
    Addressee.PERSON: _l("to the person"),
    Addressee.COURT: _l("to the court"),
}
LABELS[Means] = {
    Means.IN_PERSON: _l("in person, against signature"),
    Means.REFUSED_TO_SIGN: _l("read out; the person refused to sign"),
    Means.REPRESENTATIVE: _l("through the legal representative"),
    Means.POST: _l("by post"),
    Means.COURIER: _l("by courier"),
    Means.ELECTRONIC: _l("electronically"),
}
LABELS[CourtOutcome] = {
    CourtOutcome.GRANTED: _l("granted"),
    CourtOutcome.PARTLY: _l("granted in part"),
    CourtOutcome.DECLINED: _l("declined"),
}
LABELS[ViolationStanding] = {
    ViolationStanding.UNANSWERED: _l("not yet answered"),
    ViolationStanding.IN_WORK: _l("an answer is being drafted"),
    ViolationStanding.ANSWERED: _l("answered"),
    ViolationStanding.EXCUSED: _l("a valid reason was found"),
    ViolationStanding.WITHDRAWN: _l("recorded by mistake"),
}
