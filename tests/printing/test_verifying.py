"""Anybody can check a paper by its code or its file, and learns nothing of the person."""

import re
from io import BytesIO

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.db import db
from app.printing import codes
from app.printing.models import IssuedPaper
from app.printing.printers import OVERTAKEN
from app.printing.vocabulary import PaperKind
from app.programs.papers.sheets import is_overtaken
from tests.factories.people import make_case, make_user
from tests.factories.printing import make_paper
from tests.factories.programs import make_approved

CODE = "7KQM2XNP94R"


@pytest.mark.one_engine
def test_a_code_notices_a_wrong_sign_and_two_that_changed_places():
    code = CODE + codes.check_sign(CODE)

    for place, sign in enumerate(code):
        others = (code[:place] + other + code[place + 1 :] for other in codes.SIGNS if other != sign)
        assert not any(codes.read(other) for other in others)
        swapped = code[:place] + code[place + 1 : place + 2] + sign + code[place + 2 :]
        assert swapped == code or place == len(code) - 1 or codes.read(swapped) is None
    assert codes.read(codes.grouped(code).lower()) == code
    assert codes.read("7 КQМ-2ХNР 94R" + code[-1]) == code, "Cyrillic letters that look alike"
    assert [codes.read(odd) for odd in ("", "I-04", code[:-1], code + "2", "0" * 12, "🙂" * 12)] == [None] * 6
    assert codes.read(codes.draw())


def test_the_page_of_a_code_says_what_was_issued_and_nothing_of_the_person(app, officer):
    case = make_case(officer)
    paper = make_paper(case, officer)
    browser = app.test_client()

    page = browser.get(f"/verify/{codes.grouped(paper.code)}").text

    for said in ("P-2026-000001/1", "Individual programme of resocialisation", "Office A-1"):
        assert said in page, said
    assert re.search(r"18\D+2026", page)
    assert "No later paper has taken its place" in page
    for kept_back in (case.client.surname, case.client.given_name, case.number, officer.full_name):
        assert kept_back not in page
    assert browser.get("/verify", query_string={"code": paper.code.lower()}).location.endswith(
        codes.grouped(paper.code)
    )


def test_a_later_paper_takes_the_place_of_an_earlier_one(app, officer):
    case = make_case(officer)
    first, second = make_paper(case, officer), make_paper(case, officer, ordinal=2)

    assert "A later paper has taken its place" in app.test_client().get(f"/verify/{first.code}").text
    assert "No later paper" in app.test_client().get(f"/verify/{second.code}").text


def test_a_programme_is_overtaken_by_a_version_that_is_approved_and_not_yet_printed(app, officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))
    paper = make_paper(version.case, officer, record_id=version.id)

    assert OVERTAKEN[PaperKind.PROGRAM] is is_overtaken
    assert not is_overtaken(paper)
    paper.ordinal = 0
    with db.session.no_autoflush:
        assert is_overtaken(paper)


@pytest.mark.parametrize("code", ["I-04", "7KQM-2XNP-94R2", "%00", "a" * 3000, "<script>", "ÀÉ"])
def test_a_wrong_code_is_answered_by_a_calm_sentence(app, code):
    answer = app.test_client().get(f"/verify/{code}")

    assert answer.status_code == 404
    assert "Compare it with the paper sign by sign" in answer.text


def test_a_file_is_compared_to_the_last_byte_and_not_kept(app, officer):
    case = make_case(officer)
    paper, sealed = make_paper(case, officer), make_paper(case, officer, ordinal=2, is_sealed=True)
    other = make_paper(case, officer, language="ru", content=b"%PDF other")
    browser = app.test_client()

    def verdict(content: bytes, of: IssuedPaper = paper) -> str:
        answer = browser.post(f"/verify/{of.code}/comparison", data={"file": (BytesIO(content), "p.pdf")})
        assert answer.status_code == 200
        return answer.text

    assert "to the last byte." in verdict(paper.content)
    assert "with the seal of the service" in verdict(sealed.content, sealed)
    assert "in the other language" in verdict(other.content)
    assert "something was added to it" in verdict(paper.content + b"signature")
    for odd in (paper.content[:-1], b"\x00", b"\xff" * 1000, b"%PDF-1.7 no paper"):
        assert "differs from the paper" in verdict(odd)


@pytest.mark.one_engine
def test_no_file_and_one_that_is_too_large_are_refused_in_a_sentence(app, officer):
    paper = make_paper(make_case(officer), officer)
    browser = app.test_client()
    address = f"/verify/{paper.code}/comparison"

    assert "Choose the file of the paper" in browser.post(address, data={}).text
    assert browser.post(address, data={"file": "words"}).status_code == 400
    large = browser.post(address, data=b"a" * 1_100_000, content_type="multipart/form-data; boundary=b")
    assert large.status_code == 413
    assert browser.post("/verify/AAAA-AAAA-AAAA/comparison", data={}).status_code == 404


def test_an_issued_paper_is_never_changed(app, officer):
    make_paper(make_case(officer), officer)

    for statement in ("UPDATE issued_papers SET sha256 = 'x'", "DELETE FROM issued_papers"):
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()
