"""Writing the journal: an act in the transaction of the act itself, a read in a transaction of its own."""

from collections.abc import Iterable
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import event, insert

from app.audit.models import Entry, Kind
from app.db import db

COLUMNS = frozenset(Entry.__table__.columns.keys())
BY_LINK = "link"  # in place of a permission: whoever came through a one-purpose link, and is nobody's user
ONE_LINE = insert(Entry.__table__)  # type: ignore[arg-type]


def entry(kind: Kind, actor_id: int | None, permission: str, subject: object = None, what: str = "") -> Entry:
    """One line, filled in from the record that it speaks of and the request that it comes from."""
    inside = has_request_context()
    line = Entry(
        kind=kind,
        actor_id=actor_id,
        permission=permission,
        what=what or (request.endpoint or "" if inside else ""),
        address=(request.remote_addr or "") if inside else "",
        subject="",
    )
    describe(line, subject)
    return line


def describe(line: Entry, subject: object) -> None:
    line.subject = type(subject).__name__.lower() if subject is not None else ""
    line.subject_id = getattr(subject, "id", None)
    line.client_id = getattr(subject, "about_client_id", None)


def record_read(actor_id: int | None, permission: str, subject: object) -> None:
    """Keep a read at once: what was seen was seen, whatever becomes of the rest of the request."""
    record_reads(actor_id, permission, [subject])


def record_reads(actor_id: int | None, permission: str, subjects: Iterable[object]) -> None:
    """The same of a page that shows something of several people: a line for each, all at once."""
    lines = [entry(Kind.READ, actor_id, permission, subject) for subject in subjects]
    values = [{name: value for name, value in vars(line).items() if name in COLUMNS} for line in lines]
    if not values:
        return
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(ONE_LINE, values)


def announce_act(actor_id: int, permission: str, subject: object) -> None:
    """Have the act written when, and only when, the view commits."""
    g.act_to_record = (entry(Kind.ACT, actor_id, permission, subject), subject)


def name_subject(subject: object) -> None:
    """Say what the act was about, for a view that has only now made the record."""
    if pending := g.get("act_to_record"):
        g.act_to_record = (pending[0], subject)


def record_act(actor_id: int | None, permission: str, subject: object, what: str) -> None:
    """Write an act outside a guarded view: a sign-in, a task, a seed."""
    db.session.add(entry(Kind.ACT, actor_id, permission, subject, what))


def write_pending_act(session: Any) -> None:
    """Before each commit: the announced act joins it. A savepoint is none: the view has not named its record yet."""
    if session.in_nested_transaction():
        return
    if has_request_context() and (pending := g.pop("act_to_record", None)):
        line, subject = pending
        session.flush()  # a new record gets its number
        describe(line, subject)
        session.add(line)


def listen() -> None:
    if not event.contains(db.session, "before_commit", write_pending_act):
        event.listen(db.session, "before_commit", write_pending_act)
