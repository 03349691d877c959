"""What every gateway promises: to take a message over, surely not to, or to say that it does not know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.supervision.messages.vocabulary import Channel, Result, Why


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way out. ``reference`` is ours, by chance, and says nothing of the person."""

    reference: str
    channel: Channel
    address: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of handing a parcel over; ``code`` is the number of the gateway's answer, if it has one."""

    kind: Result
    why: Why | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway tells later of a message that it took over."""

    reference: str
    has_arrived: bool


class Gateway(Protocol):
    name: str

    def send(self, parcel: Parcel) -> Answer:
        """Hand one parcel over. Never raises for what happens outside, and never logs an address or a text."""
        ...

    def reports(self, most: int) -> Iterable[Report]:
        """What has become of parcels taken over earlier; ``forget`` ends the telling."""
        ...

    def forget(self, report: Report) -> None: ...


class Silent:
    """Part of a gateway that tells nothing later."""

    def reports(self, most: int) -> Iterable[Report]:
        return ()

    def forget(self, report: Report) -> None:
        raise NotImplementedError


class NoGateway(Silent):
    """Stands where none is set up, so that a consent that cannot be kept is seen and not forgotten."""

    name = "none"

    def send(self, parcel: Parcel) -> Answer:
        return Answer(Result.FAILED, Why.NO_GATEWAY)
