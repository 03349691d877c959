"""The words of this room: by what a reminder goes, what came of sending it, and why it failed."""

from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Channel(StrEnum):
    SMS = auto()
    EMAIL = auto()

    @property
    def label(self) -> LazyString:
        return CHANNEL_LABELS[self]


class Result(StrEnum):
    """What a gateway said of one attempt."""

    TAKEN = auto()  # it took the message over and will carry it on
    FAILED = auto()  # it surely did not, and may another time
    REFUSED = auto()  # it surely did not, and never will
    IN_DOUBT = auto()  # the line broke while it was deciding


class Why(StrEnum):
    """Why a message was surely not taken over; never the gateway's own words, which may repeat the address."""

    NO_CONNECTION = auto()
    NOT_LET_IN = auto()
    NO_SUCH_ADDRESS = auto()
    NOT_ACCEPTED = auto()
    NO_ROOM = auto()
    NO_GATEWAY = auto()

    @property
    def label(self) -> LazyString:
        return WHY_LABELS[self]


class Standing(StrEnum):
    """How a message stands, from its attempts and from what the gateway told later."""

    BEING_SENT = auto()
    TRIED_AGAIN = auto()
    SENT = auto()
    ARRIVED = auto()
    NOT_ARRIVED = auto()
    NOT_SENT = auto()
    UNKNOWN = auto()

    @property
    def label(self) -> LazyString:
        return STANDING_LABELS[self]

    @property
    def tone(self) -> str:
        return STANDING_TONES[self]


CHANNEL_LABELS = {Channel.SMS: _l("SMS"), Channel.EMAIL: _l("E-mail")}
WHY_LABELS = {
    Why.NO_CONNECTION: _l("the gateway could not be reached"),
    Why.NOT_LET_IN: _l("the gateway did not accept our name and password"),
    Why.NO_SUCH_ADDRESS: _l("there is no such number or address"),
    Why.NOT_ACCEPTED: _l("the gateway did not accept the message"),
    Why.NO_ROOM: _l("the message could not be put down for the gateway"),
    Why.NO_GATEWAY: _l("no gateway is set up for this channel"),
}
STANDING_LABELS = {
    Standing.BEING_SENT: _l("is being sent"),
    Standing.TRIED_AGAIN: _l("failed, is tried again"),
    Standing.SENT: _l("sent"),
    Standing.ARRIVED: _l("arrived"),
    Standing.NOT_ARRIVED: _l("did not arrive"),
    Standing.NOT_SENT: _l("not sent"),
    Standing.UNKNOWN: _l("not known whether it was sent"),
}
STANDING_TONES = {
    Standing.BEING_SENT: "neutral",
    Standing.TRIED_AGAIN: "caution",
    Standing.SENT: "good",
    Standing.ARRIVED: "good",
    Standing.NOT_ARRIVED: "serious",
    Standing.NOT_SENT: "serious",
    Standing.UNKNOWN: "caution",
}
