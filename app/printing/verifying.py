"""Verifying a paper: what is known of its code, and whether a file is the one that was issued."""

from dataclasses import dataclass
from enum import StrEnum, auto
from hashlib import sha256

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import column, select, table
from sqlalchemy.orm import aliased

from app.db import db
from app.printing import codes
from app.printing.models import IssuedPaper
from app.printing.printers import OVERTAKEN

# The room of offices lies above this one: here its table is known by name only.
OFFICES = table("offices", column("id"), column("kk"), column("ru"), column("en"))


class Verdict(StrEnum):
    """What a file is, beside the paper that was issued."""

    SAME = auto()
    SAME_SEALED = auto()
    OTHER_LANGUAGE = auto()
    ADDED_TO = auto()
    DIFFERS = auto()

    @property
    def label(self) -> LazyString:
        return VERDICT_WORDS[self]

    @property
    def is_good(self) -> bool:
        return self in {Verdict.SAME, Verdict.SAME_SEALED}


VERDICT_WORDS = {
    Verdict.SAME: _l("This file is the paper that was issued, to the last byte."),
    Verdict.SAME_SEALED: _l("This file is the paper that was issued, to the last byte, with the seal of the service."),
    Verdict.OTHER_LANGUAGE: _l("This file is the same paper in the other language. It bears a code of its own."),
    Verdict.ADDED_TO: _l(
        "This file begins with the paper that was issued, and something was added to it later, such as a signature or "
        "a remark. What was added is not of the service."
    ),
    Verdict.DIFFERS: _l(
        "This file differs from the paper that was issued. A scan, a photograph or a paper that was printed and saved "
        "again always differs: then compare what it says. If the words differ, ask the office."
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What anybody may know of an issued paper: nothing of the person."""

    paper: IssuedPaper
    office: dict[str, str]  # its name by language
    is_superseded: bool


def find(typed: str) -> Found | None:
    """The paper that bears a code, however it was typed; None when there is none."""
    code = codes.read(typed)
    if code is None:
        return None
    statement = (
        select(IssuedPaper, OFFICES.c.kk, OFFICES.c.ru, OFFICES.c.en)
        .join(OFFICES, OFFICES.c.id == IssuedPaper.office_id)
        .where(IssuedPaper.code == code)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    paper, kk, ru, en = row
    return Found(paper, {"kk": kk, "ru": ru, "en": en}, is_superseded(paper))


def is_superseded(paper: IssuedPaper) -> bool:
    """Whether a later paper of the same kind and series took its place, or the room that issued it says so."""
    later = select(IssuedPaper.id).where(
        IssuedPaper.kind == paper.kind, IssuedPaper.series == paper.series, IssuedPaper.ordinal > paper.ordinal
    )
    if db.session.scalar(select(later.exists())):
        return True
    overtaken = OVERTAKEN.get(paper.kind)
    return overtaken(paper) if overtaken else False


def compare(paper: IssuedPaper, content: bytes) -> Verdict:
    """What a file is beside the paper. The file is looked at and forgotten."""
    digest = sha256(content).hexdigest()
    if digest == paper.sha256:
        return Verdict.SAME_SEALED if paper.is_sealed else Verdict.SAME
    if len(content) > paper.size and sha256(content[: paper.size]).hexdigest() == paper.sha256:
        return Verdict.ADDED_TO
    other = aliased(IssuedPaper)
    same_series = (other.kind == paper.kind, other.series == paper.series, other.ordinal == paper.ordinal)
    sibling = select(other.id).where(*same_series, other.sha256 == digest)
    return Verdict.OTHER_LANGUAGE if db.session.scalar(select(sibling.exists())) else Verdict.DIFFERS
