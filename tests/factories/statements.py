"""Counting what is sent to the database."""

from collections.abc import Callable

from sqlalchemy import event

from app.db import db


def statements(act: Callable[[], object]) -> int:
    """How many statements an act sends."""
    seen = []

    def note(*details: object) -> None:
        seen.append(details[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
