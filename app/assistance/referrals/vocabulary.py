"""The words of a referral: what may happen to it, why it is declined or dropped, and what came of it."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class Event(Worded):
    """What may happen to a referral after it is made."""

    RECEIVED = auto()
    ACCEPTED = auto()
    DECLINED = auto()
    STARTED = auto()
    ATTENDED = auto()
    DONE = auto()
    DROPPED = auto()
    WITHDRAWN = auto()


class Standing(Worded):
    """How a referral stands; never stored, always told by its events."""

    MADE = auto()
    RECEIVED = auto()
    ACCEPTED = auto()
    UNDER_WAY = auto()
    DONE = auto()
    DECLINED = auto()
    DROPPED = auto()
    WITHDRAWN = auto()

    @property
    def is_open(self) -> bool:
        return self in OPEN

    @property
    def awaits_answer(self) -> bool:
        """The service has said neither yes nor no."""
        return self in {Standing.MADE, Standing.RECEIVED}

    @property
    def tone(self) -> str:
        return TONES.get(self, "neutral")


OPEN = frozenset({Standing.MADE, Standing.RECEIVED, Standing.ACCEPTED, Standing.UNDER_WAY})
TONES = {
    Standing.ACCEPTED: "info", Standing.UNDER_WAY: "info", Standing.DONE: "good", Standing.DECLINED: "caution",
    Standing.DROPPED: "caution",
}  # fmt: skip


class Obstacle(Worded):
    """Why an event cannot be recorded; the label is a whole sentence."""

    IN_THE_FUTURE = auto()
    BEFORE_THE_REFERRAL = auto()
    BEFORE_AN_EARLIER_EVENT = auto()
    AFTER_THE_END = auto()
    NOT_STARTED = auto()
    NOT_ACCEPTED = auto()
    ACCEPTED_ALREADY = auto()
    STARTED_ALREADY = auto()
    KNOWN_ALREADY = auto()
    ENDED = auto()


class Result(Worded):
    """What came of a service that is done. A consultation alone is no help given, and is counted apart."""

    HELPED = auto()
    PARTLY_HELPED = auto()
    CONSULTED_ONLY = auto()
    NOT_IN_NEED = auto()
    NOT_HELPED = auto()
    OTHER = auto()

    @property
    def tone(self) -> str:
        return {Result.HELPED: "good", Result.PARTLY_HELPED: "info"}.get(self, "neutral")


class DeclineReason(Worded):
    NO_PLACES = auto()
    NOT_ENTITLED = auto()
    DOCUMENTS_MISSING = auto()
    WRONG_SERVICE = auto()
    LIVES_ELSEWHERE = auto()
    OTHER = auto()


class DropReason(Worded):
    STOPPED_COMING = auto()
    PERSON_REFUSED = auto()
    MOVED = auto()
    HEALTH = auto()
    WORK_OR_STUDY = auto()
    SERVICE_STOPPED = auto()
    LEFT_REGISTER = auto()
    OTHER = auto()


class Awaited(Worded):
    """What a clock of a referral waits for."""

    ANSWER = auto()
    START = auto()


class Means(Worded):
    """How a provider was reminded. The officer does it; nothing is sent by itself."""

    PHONE = auto()
    LETTER = auto()
    EMAIL = auto()


REASONS: dict[Event, type[DeclineReason] | type[DropReason]] = {
    Event.DECLINED: DeclineReason, Event.DROPPED: DropReason,
}  # fmt: skip

LABELS[Event] = {
    Event.RECEIVED: _l("received by the service"),
    Event.ACCEPTED: _l("accepted"),
    Event.DECLINED: _l("declined"),
    Event.STARTED: _l("help started"),
    Event.ATTENDED: _l("attended"),
    Event.DONE: _l("done"),
    Event.DROPPED: _l("stopped before the end"),
    Event.WITHDRAWN: _l("withdrawn by the office"),
}
LABELS[Standing] = {
    Standing.MADE: _l("waits for an answer"),
    Standing.RECEIVED: _l("received, waits for an answer"),
    Standing.ACCEPTED: _l("accepted, not started"),
    Standing.UNDER_WAY: _l("under way"),
    Standing.DONE: _l("done"),
    Standing.DECLINED: _l("declined"),
    Standing.DROPPED: _l("stopped before the end"),
    Standing.WITHDRAWN: _l("withdrawn"),
}
LABELS[Obstacle] = {
    Obstacle.IN_THE_FUTURE: _l("This date is in the future. Enter today's date or an earlier one."),
    Obstacle.BEFORE_THE_REFERRAL: _l("The referral was not made by that day. Check the date."),
    Obstacle.BEFORE_AN_EARLIER_EVENT: _l("Something that comes first is recorded on a later day. Check the date."),
    Obstacle.AFTER_THE_END: _l("The help had ended by that day. Check the date."),
    Obstacle.NOT_STARTED: _l("The start of the help is not recorded yet. Record it first."),
    Obstacle.NOT_ACCEPTED: _l("No help was accepted or started, so none can stop. Withdraw the referral instead."),
    Obstacle.ACCEPTED_ALREADY: _l("The service has accepted already. If the help stopped, record that."),
    Obstacle.STARTED_ALREADY: _l("The help has started already. Record how it ended."),
    Obstacle.KNOWN_ALREADY: _l("This is recorded already."),
    Obstacle.ENDED: _l("This referral has ended. It can be read, but not changed."),
}
LABELS[Result] = {
    Result.HELPED: _l("helped"),
    Result.PARTLY_HELPED: _l("partly helped"),
    Result.CONSULTED_ONLY: _l("consulted only"),
    Result.NOT_IN_NEED: _l("not in need"),
    Result.NOT_HELPED: _l("not helped"),
    Result.OTHER: _l("other, in words"),
}
LABELS[DeclineReason] = {
    DeclineReason.NO_PLACES: _l("no places"),
    DeclineReason.NOT_ENTITLED: _l("the person does not meet the service's conditions"),
    DeclineReason.DOCUMENTS_MISSING: _l("documents are missing"),
    DeclineReason.WRONG_SERVICE: _l("the service does not give this help"),
    DeclineReason.LIVES_ELSEWHERE: _l("the person lives in another area"),
    DeclineReason.OTHER: _l("other, in words"),
}
LABELS[DropReason] = {
    DropReason.STOPPED_COMING: _l("the person stopped coming"),
    DropReason.PERSON_REFUSED: _l("the person refused further help"),
    DropReason.MOVED: _l("the person moved away"),
    DropReason.HEALTH: _l("the person's health"),
    DropReason.WORK_OR_STUDY: _l("the person took up work or study"),
    DropReason.SERVICE_STOPPED: _l("the service stopped"),
    DropReason.LEFT_REGISTER: _l("the case left the register"),
    DropReason.OTHER: _l("other, in words"),
}
LABELS[Awaited] = {
    Awaited.ANSWER: _l("answer to the referral"),
    Awaited.START: _l("start of the help"),
}
LABELS[Means] = {
    Means.PHONE: _l("by phone"),
    Means.LETTER: _l("by letter"),
    Means.EMAIL: _l("by e-mail"),
}
