"""Issuing: once for all, whoever asks and however many at a time."""

from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit.models import Entry
from app.db import db
from app.printing import issuing
from app.printing.issuing import Paper, draft_of, issue
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind
from tests.factories.people import make_case
from tests.factories.programs import APPROVED
from tests.printing.papers import PAPER


@pytest.fixture
def paper(app, officer, tmp_path) -> Paper:
    """A letter about a case."""
    app.jinja_loader.searchpath.append(str(tmp_path))
    (tmp_path / "letter.html").write_text(PAPER, encoding="utf-8")
    case = make_case(officer)
    return Paper(
        kind=PaperKind.REFERRAL, number="R-2026-000001", about=case, office_id=case.assignment.office_id,
        on=APPROVED.date(), template="letter.html", context={"rows": ["қадам"]}, data={"number": "R-2026-000001"},
    )  # fmt: skip


def test_a_paper_is_issued_once_in_both_languages_and_journalled(paper, officer):
    first = issue(paper, officer, APPROVED, "kk")
    second = issue(paper, officer, APPROVED, "kk")

    assert first.content == second.content
    assert first.sha256 == sha256(first.content).hexdigest()
    kept = {one.language: one.code for one in db.session.scalars(select(IssuedPaper))}
    assert kept.keys() == {"kk", "ru"}
    assert kept["kk"] == first.code != kept["ru"]
    (line,) = db.session.scalars(select(Entry).where(Entry.what == issuing.ISSUE))
    assert (line.actor_id, line.client_id, line.subject) == (officer.id, paper.about.about_client_id, "case")
    assert draft_of(paper, "ru").startswith(b"%PDF-1.7")
    assert len(db.session.scalars(select(IssuedPaper.id)).all()) == 2, "a draft is not kept"


def test_who_comes_second_is_given_the_papers_of_the_first(paper, officer):
    late = [issuing.make(paper, one, officer, APPROVED) for one in paper.languages]
    first = issue(paper, officer, APPROVED, "ru")
    db.session.commit()

    with pytest.raises(IntegrityError):
        issuing.keep(paper, late, officer)
    assert issue(paper, officer, APPROVED, "ru").code == first.code
