"""Turning the pages of a list of sessions by their day and number, so that page 100 costs no more than the first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, tuple_

from app.db import db
from app.sessions.models import Session

SIZE = 25


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: past this session, towards older ones or back to newer ones."""

    on: date
    id: int
    is_backwards: bool

    def __str__(self) -> str:
        return f"{'newer' if self.is_backwards else 'older'}.{self.on.isoformat()}.{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """The sessions of one page, newest first, and the cursors of the pages beside it."""

    rows: list[Session]
    newer: Cursor | None
    older: Cursor | None


def read_cursor(text: str | None) -> Cursor | None:
    """The cursor of an address; None, and so the first page, for anything that is none."""
    try:
        direction, on, key = (text or "").split(".")
        return Cursor(date.fromisoformat(on), int(key) if len(key) < 10 else 0, direction == "newer")  # noqa: PLR2004
    except ValueError:
        return None


def page_of(statement: Select[Session], cursor: Cursor | None, size: int = SIZE) -> Page:
    place: Any = tuple_(Session.on, Session.id)
    back = cursor is not None and cursor.is_backwards
    if cursor:
        edge = tuple_(cursor.on, cursor.id)
        statement = statement.where(place > edge if back else place < edge)
    order = (Session.on, Session.id) if back else (Session.on.desc(), Session.id.desc())
    found = list(db.session.scalars(statement.order_by(*order).limit(size + 1)).unique())
    more, rows = len(found) > size, found[:size]
    if back:
        rows.reverse()
    has_newer, has_older = (more, True) if back else (cursor is not None, more)
    return Page(
        rows,
        Cursor(rows[0].on, rows[0].id, True) if rows and has_newer else None,
        Cursor(rows[-1].on, rows[-1].id, False) if rows and has_older else None,
    )
