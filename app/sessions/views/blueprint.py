"""The room's blueprint, and what its pages share."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from app.access.guard import actor
from app.clock import now
from app.sessions.matching import Deed
from app.sessions.paging import Page

bp = Blueprint("sessions", __name__)


def deed() -> Deed:
    """What the signed-in user does now."""
    return Deed(actor(), now())


@dataclass(frozen=True, slots=True)
class Turn:
    newer_url: str | None
    older_url: str | None


def turn(page: Page, **url_values: Any) -> Turn:
    """The addresses of the pages beside this one."""
    newer, older = (
        url_for(request.endpoint or "", **url_values, at=str(cursor)) if cursor else None
        for cursor in (page.newer, page.older)
    )
    return Turn(newer, older)
