"""Whose cases a page is about: an officer's own, an office's, or everybody's."""

from dataclasses import dataclass, field
from typing import Any

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.clients.reach import whose


@dataclass(frozen=True, slots=True)
class Held:
    """Whose assignments are meant: how far around an actor."""

    extent: Reach | None
    values: dict[str, Any] = field(default_factory=dict)  # what ``held_within`` asks for


EVERYBODYS = Held(Reach.EVERYWHERE)


def nothing_beyond(actor: User) -> Held:
    """The actor's own cases, and those of whom the actor stands in for: an officer's day, whatever the reach."""
    return Held(Reach.OWN, whose(actor))


def office_of(actor: User) -> Held:
    """The cases of the office's queue, as far as the policy lets the actor see people."""
    return Held(reach(actor, Permission.VIEW_CLIENT), whose(actor))
