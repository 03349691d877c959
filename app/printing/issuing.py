"""Issuing a paper: printed in each of its languages once, kept to the byte, and known by its code ever after."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Protocol

from flask import current_app, has_request_context, request
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from app.access.guard import READS
from app.access.models import User
from app.audit.journal import entry
from app.audit.models import Kind
from app.db import db
from app.printing import codes
from app.printing.models import IssuedPaper
from app.printing.pdf import Content, pdf
from app.printing.sealing import seal
from app.printing.stamp import Stamp
from app.printing.vocabulary import PaperKind
from app.web.languages import speaking

LANGUAGES = ("kk", "ru")  # a document speaks one language; the two bear one number and one date
ISSUE = "papers.issue"  # what the journal calls it


class Subject(Protocol):
    """The record that a paper prints: the journal names it and the person whom it is about."""

    @property
    def id(self) -> Any: ...

    @property
    def about_client_id(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is to be printed.

    ``about`` is the record (a version, a referral, …); ``on`` the date that the paper bears; ``context`` what the
    template is given; ``data`` the same content for a machine, or a function that gives it in the language spoken,
    attached as JSON. Papers of one kind and ``series`` (the number, unless said) follow one another by ``ordinal``.
    """

    kind: PaperKind
    number: str
    about: Subject
    office_id: int
    on: date
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    data: Content | Callable[[], Content]
    ordinal: int = 1
    series: str = ""
    languages: tuple[str, ...] = LANGUAGES

    @property
    def in_series(self) -> str:
        return self.series or self.number


def draft_of(paper: Paper, language: str) -> bytes:
    """The paper as it stands now, with its watermark; it has no code and is not kept."""
    return printed(paper, language, None)


def issue(paper: Paper, by: User, at: datetime, language: str) -> IssuedPaper:
    """The paper in one language, issued on the first request in all its languages; afterwards always the same bytes.

    It is kept, and the journal told, in a transaction of its own: a page that is read commits nothing. In a POST or a
    task call it after the commit of the act: what the session holds is committed first. Raises LetterMissing
    (app.printing.pdf) when no font has a letter, and NotSealed (app.printing.sealing) when the seal fails.
    """
    if (kept := kept_of(paper, language)) is not None:
        return kept
    made = [make(paper, one, by, at) for one in paper.languages]
    let_go()
    with suppress(IntegrityError):  # somebody else asked a moment before: theirs are the papers
        keep(paper, made, by)
    with db.engine.connect() as connection, Session(connection) as session:
        return session.scalars(statement_of(paper, language)).one()


def kept_of(paper: Paper, language: str) -> IssuedPaper | None:
    """The paper if it was issued already, with its bytes."""
    return db.session.scalars(statement_of(paper, language)).one_or_none()


def statement_of(paper: Paper, language: str) -> Select[IssuedPaper]:
    return (
        select(IssuedPaper)
        .where(
            IssuedPaper.kind == paper.kind,
            IssuedPaper.series == paper.in_series,
            IssuedPaper.ordinal == paper.ordinal,
            IssuedPaper.language == language,
        )
        .options(undefer(IssuedPaper.content))
    )


def make(paper: Paper, language: str, by: User, at: datetime) -> IssuedPaper:
    """One language of the paper, printed under a code of its own."""
    code = codes.draw()
    plain = printed(paper, language, Stamp(code=code, at=at, base=current_app.config["ADDRESS"]))
    sealed = seal(plain)
    content = sealed or plain  # the check is that of the bytes that are handed out
    return IssuedPaper(
        kind=paper.kind,
        record_id=paper.about.id,
        series=paper.in_series,
        number=paper.number,
        ordinal=paper.ordinal,
        language=language,
        code=code,
        on=paper.on,
        client_id=paper.about.about_client_id,
        office_id=paper.office_id,
        content=content,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        is_sealed=sealed is not None,
        issued_by_id=by.id,
        issued_at=at,
    )


def printed(paper: Paper, language: str, stamp: Stamp | None) -> bytes:
    with speaking(language):
        data = paper.data() if callable(paper.data) else paper.data
    return pdf(paper.template, language, data=data, stamp=stamp, draft=stamp is None, paper=paper, **paper.context)


def let_go() -> None:
    """End the transaction in which a POST or a task has read: SQLite has one writer, and that is to be the paper's."""
    if not (has_request_context() and request.method in READS) and db.session().in_transaction():
        db.session.commit()


def keep(paper: Paper, made: Sequence[IssuedPaper], by: User) -> None:
    with db.engine.connect().execution_options(writes=True) as connection, Session(connection) as session:
        session.add_all(made)
        session.add(entry(Kind.ACT, by.id, paper.kind.permission, paper.about, ISSUE))
        session.commit()
