"""The person's own summary: what the programme means for them, large, plain, and without levels or needs."""

import re
from io import BytesIO

import pytest
from flask_babel import gettext
from pypdf import PdfReader
from sqlalchemy import select

from app.access.models import Role
from app.clients.models import NotPossible
from app.clock import now
from app.db import db
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.programs.drafts import drafting
from app.programs.models import Goal
from app.programs.vocabulary import Doer, Phase
from app.web.languages import speaking
from tests.factories.people import make_user
from tests.factories.programs import make_approved, make_draft


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


def sizes_of(content: bytes) -> set[float]:
    """The sizes of the letters between the margins, in points."""
    found = set()

    def note(text: str, _matrix: object, place: list[float], _font: object, size: float) -> None:
        if text.strip() and 110 < place[5] < 780:
            found.add(round(size))

    for page in PdfReader(BytesIO(content)).pages:
        page.extract_text(visitor_text=note)
    return found


def test_the_summary_says_goals_steps_helpers_and_whom_to_call(sign_in, officer, head):
    version = make_approved(officer, head)
    browser = sign_in(officer)

    for language, said in {
        "kk": ("Тұрақты әрі заңды жұмыс тауып, онда қалу", "Кемінде үш жұмыс берушімен сөйлесіп", "20 қыркүйек"),
        "ru": (
            "Найти постоянную законную работу",
            "Поговорить не менее чем с тремя работодателями",
            "20 сентября 2026",
        ),
    }.items():
        answer = browser.get(f"/program-versions/{version.id}/summary/{language}.pdf")
        pages = PdfReader(BytesIO(answer.data)).pages
        words = " ".join(" ".join(page.extract_text() for page in pages).split())
        with speaking(language):
            heads = [gettext(text) for text in ("Your goals", "What you do", "Who helps you", "When we meet")]
        for phrase in (*said, *heads, version.number, officer.full_name, "112"):
            assert phrase in words, phrase
        assert len(pages) <= 2
        assert min(sizes_of(answer.data) - {8, 9}) >= 14
    kept = db.session.scalars(select(IssuedPaper).where(IssuedPaper.kind == PaperKind.SUMMARY)).all()
    assert {(one.language, one.number) for one in kept} == {("kk", version.number), ("ru", version.number)}
    again = PRINTERS[PaperKind.SUMMARY](version.id, "kk", head, now())
    assert again.content == browser.get(f"/program-versions/{version.id}/summary/kk.pdf").data


def test_a_draft_is_no_paper_of_a_batch_and_bears_its_watermark(sign_in, officer):
    version = make_draft(officer)

    for path in ("sheet", "summary"):
        content = sign_in(officer).get(f"/program-versions/{version.id}/{path}/ru.pdf").data
        with speaking("ru"):
            assert gettext("Draft").upper() in PdfReader(BytesIO(content)).pages[0].extract_text().upper()
    for kind in (PaperKind.SUMMARY, PaperKind.PROGRAM):
        with pytest.raises(NotPossible):
            PRINTERS[kind](version.id, "ru", officer, now())


def test_a_letter_that_no_font_has_is_named_on_a_page_and_nothing_is_issued(sign_in, officer, head):
    version = make_draft(officer)
    drafting.add_step(version.goals[0], "Қадам \ue000", Doer.PERSON, version.review_on)
    db.session.commit()

    answer = sign_in(officer).get(f"/program-versions/{version.id}/sheet/kk.pdf")

    assert answer.status_code == 409
    assert "U+E000" in answer.text
    assert db.session.scalars(select(IssuedPaper)).all() == []


def test_goals_for_later_stand_apart_on_both_papers(sign_in, officer):
    version = make_draft(officer)
    later = Goal(thread="l" * 32, ordinal=2, text="Үй салу", phase=Phase.FUTURE)
    version.goals.append(later)
    db.session.commit()

    for path, title in (("sheet", "Goals for later"), ("summary", "What comes later")):
        content = sign_in(officer).get(f"/program-versions/{version.id}/{path}/kk.pdf").data
        words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
        with speaking("kk"):
            assert re.search(f"{gettext(title)}.*Үй салу", words)
