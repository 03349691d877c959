"""The printed sheet: two documents with one number and date, and bytes that never change once issued."""

import re
import subprocess
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from flask_babel import gettext
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.audit.models import Entry
from app.db import db
from app.printing.models import IssuedPaper
from app.programs.decisions import deciding
from app.programs.drafts import drafting
from app.programs.models import Agreement
from app.programs.papers.sheets import check_of
from app.programs.vocabulary import Consenting, Doer
from app.web.languages import speaking
from tests.factories.people import make_case, make_client, make_user
from tests.factories.programs import APPROVED, DRAFTED, SUBMITTED, make_approved, make_draft

EVERY_LETTER = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
DOCUMENT = {
    "kk": (
        "Тұрақты әрі заңды жұмыс тауып, онда қалу",
        "білім және жұмыс",
        "2026 жылғы 18 наурыз",
        "Шартты түрде соттау",
    ),
    "ru": ("Найти постоянную законную работу", "образование и работа", "18 марта 2026 года", "Условное осуждение"),
}


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR, full_name="Төлегенов Бақытжан")


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def words_by_poppler(content: bytes) -> str:
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
    return " ".join(run.stdout.decode().split())


def fonts_of(content: bytes) -> set[str]:
    found = set()
    for page in PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in described, "every font is embedded"
            found.add(re.sub(r"^/[A-Z]{6}\+", "", described["/FontName"]))
    return found


@pytest.mark.parametrize("read", [words_of, words_by_poppler])
def test_the_two_sheets_say_the_same_each_in_its_language(sign_in, officer, head, read):
    version = make_approved(officer, head)
    browser = sign_in(officer)

    for language, said in DOCUMENT.items():
        answer = browser.get(f"/program-versions/{version.id}/sheet/{language}.pdf")
        words = read(answer.data)
        with speaking(language):
            own = [gettext("Sample form"), gettext("Probation service"), gettext("Head of service")]
        for phrase in (*said, *own, version.number, version.case.number, "Нұрғалиев Ерлан", "Төлегенов Бақытжан"):
            assert phrase in words, phrase
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{version.program.number}-1-{language}.pdf"'
        assert "no-store" in answer.headers["Cache-Control"]


def test_every_kazakh_letter_can_be_read_back(sign_in, officer):
    version = make_draft(officer)
    drafting.add_step(version.goals[0], EVERY_LETTER, Doer.PERSON, date(2026, 5, 1))
    db.session.commit()

    content = sign_in(officer).get(f"/program-versions/{version.id}/sheet/kk.pdf").data

    assert EVERY_LETTER in words_of(content)
    assert EVERY_LETTER in words_by_poppler(content)
    assert fonts_of(content) <= {"PT-Serif", "PT-Sans", "PT-Sans-Bold", "PT-Serif-Bold"}
    assert {"PT-Serif", "PT-Sans"} <= fonts_of(content)


def test_points_and_levels_stay_off_the_sheet(sign_in, officer, head):
    version = make_approved(officer, head)

    words = words_of(sign_in(officer).get(f"/program-versions/{version.id}/sheet/ru.pdf").data)

    assert "high" not in words
    assert "высокий" not in words


@pytest.mark.parametrize("language", ["en", "de", "KK", "kk.pdf"])
def test_a_sheet_is_issued_in_the_two_languages_of_the_service_only(sign_in, officer, head, language):
    version = make_approved(officer, head)

    assert sign_in(officer).get(f"/program-versions/{version.id}/sheet/{language}.pdf").status_code == 404


def test_a_draft_is_printed_with_its_watermark_and_not_kept(sign_in, officer, head):
    version = make_draft(officer)

    content = sign_in(officer).get(f"/program-versions/{version.id}/sheet/kk.pdf").data

    with speaking("kk"):
        assert gettext("Draft").upper() in words_of(content).upper()
    assert db.session.scalars(select(IssuedPaper)).all() == []


def test_an_issued_sheet_is_the_same_to_the_byte_ever_after(sign_in, officer, head):
    version = make_approved(officer, head)
    address = f"/program-versions/{version.id}/sheet"

    first = sign_in(officer).get(f"{address}/kk.pdf").data
    version.client.surname = "Басқа"
    officer.full_name = "Басқа Біреу"
    db.session.commit()
    second = sign_in(head).get(f"{address}/kk.pdf").data
    other = sign_in(head).get(f"{address}/ru.pdf").data

    kept = {sheet.language: sheet for sheet in db.session.scalars(select(IssuedPaper))}
    assert first == second == kept["kk"].content
    assert kept["kk"].sha256 == sha256(first).hexdigest()
    assert "Нұрғалиев Ерлан" in words_of(other)
    assert kept["ru"].issued_at == kept["kk"].issued_at
    assert db.session.scalars(select(Entry.actor_id).where(Entry.what == "papers.issue")).all() == [officer.id]
    assert kept["kk"].sha256 in sign_in(officer).get(f"/program-versions/{version.id}").text


def test_an_issued_sheet_cannot_be_rewritten(sign_in, officer, head):
    version = make_approved(officer, head)
    sign_in(officer).get(f"/program-versions/{version.id}/sheet/kk.pdf")

    for statement in ("UPDATE issued_papers SET sha256 = 'x'", "DELETE FROM issued_papers"):
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_check_on_both_sheets_is_that_of_the_content(sign_in, officer, head):
    version = make_approved(officer, head)
    check = check_of(version)

    for language in ("kk", "ru"):
        assert check in words_of(sign_in(officer).get(f"/program-versions/{version.id}/sheet/{language}.pdf").data)
    with db.session.no_autoflush:
        version.goals[0].steps[0].text = "Something else"
        assert check_of(version) != check


def test_a_long_programme_of_a_minor_keeps_its_signatures_together(sign_in, officer, head):
    child = make_client(born_on=date(2011, 5, 1), registered_by_id=officer.id, surname="Қожабергенұлы-Әбдірахманов" * 3)
    version = make_draft(officer, make_case(officer, child))
    for number in range(24):
        drafting.add_step(version.goals[0], f"Қадам {number} " + "ұзақ сөз " * 25, Doer.NGO, date(2026, 5, 1))
    said = Agreement(answer=Consenting.AGREED, words="өтінемін " * 200, on=date(2026, 3, 16), by=officer, at=DRAFTED)
    said.representative = "Нұрғалиева Әсел"
    deciding.agree(version, said)
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()
    deciding.approve(version, head, APPROVED.date(), APPROVED)
    db.session.commit()

    content = sign_in(officer).get(f"/program-versions/{version.id}/sheet/kk.pdf").data
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]

    assert len(pages) > 3
    assert all(f"{version.number}" in page for page in pages)
    assert "Қадам 23" in " ".join(pages)
    assert "Төлегенов Бақытжан" in pages[-1]
    assert pages[-1].count("Нұрғалиева Әсел") == 2, "what was said reaches the page of the signatures"
