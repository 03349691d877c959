"""Why the level is what it is: the page with everything behind it, and the sheet for the person on one page."""

import subprocess
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.assessments import library
from app.assessments.completing import complete
from app.assessments.history.sheets import facts_of
from app.assessments.models import Source
from app.assessments.recording import Given, Noted, record
from app.audit.models import Entry
from app.clock import now, today
from app.db import db
from tests.assessments.answering import ADULT
from tests.factories.assessments import CONCLUSION, answer, make_assessment, make_completed
from tests.factories.levels import make_approved_override
from tests.factories.people import make_case, make_client, make_office, make_user

WORST = {
    item.code: max(item.options, key=lambda one: (one.points, one.need.rank if one.need else -1, one.barrier)).code
    for _section, item in ADULT.items()
}
LONG = "Өте кең жазба: ағасы мен әпкесі қолдайды, жұмыс беруші үміт артады, көршілері құрметтейді һәм көмектеседі. " * 9


def words_by_poppler(content):
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
    return " ".join(run.stdout.decode().split())


@pytest.fixture
def full(app, officer):
    """Everything answered at its worst, strengths noted at length everywhere, every name a long one."""
    office = make_office(
        "T-1",
        kk="Алматы қаласы Түрксіб ауданының пробация бөлімі",
        ru="Отдел пробации Турксибского района города Алматы",
        en="Probation office of Turksib district, Almaty",
    )
    by = make_user(office=office, full_name="Құдайбергенова Айгүл Нұрмұхамедқызы")
    client = make_client(surname="Нұрмағамбетов-Әбдірахманов", given_name="Мұхаммедәлі", patronymic="Қожахметұлы")
    case = make_case(by, client)
    assessment = answer(make_assessment(case), **WORST)
    for section in library.of(assessment).sections:
        given = {item.code: Given(WORST[item.code], Source.PERSON) for item in section.items}
        record(assessment, section, given, Noted(LONG if section.strengths else None), now())
    complete(assessment, CONCLUSION, by=by, on=today(), at=now())
    db.session.commit()
    return assessment


def test_the_sheet_is_one_page_in_each_language_with_every_letter_whole(sign_in, full):
    browser = sign_in(full.completion.by)

    for language in ("kk", "ru", "en"):
        reply = browser.get(f"/assessments/{full.id}/explanation/{language}.pdf")
        words = words_by_poppler(reply.data)
        assert len(PdfReader(BytesIO(reply.data)).pages) == 1
        assert reply.headers["Content-Disposition"] == f'inline; filename="assessment-{full.id}-{language}.pdf"'
        assert "no-store" in reply.headers["Cache-Control"]
        for said in (full.client.full_name, full.completion.by.full_name, ADULT.notice[language][:30]):
            assert said in words
        assert [section.code for section in ADULT.scored if section.name[language] not in words] == []
        assert "Өте кең жазба: ағасы мен әпкесі қолдайды" in words
        assert set("әғқңөұүһі") <= set(words)
        assert CONCLUSION not in words
    assert "61" not in words
    assert "within 3 working days" in words
    assert "Your level: high" in words
    line = db.session.scalar(db.select(Entry).order_by(Entry.id.desc()))
    assert (line.what, line.client_id) == ("assessments.explanation_paper", full.about_client_id)


def test_the_page_says_what_is_behind_the_level(sign_in, officer):
    assessment = make_completed(
        make_case(officer), unknown=("drugs_now",), housing="urgent", conflict_at_home="constant"
    )

    page = sign_in(officer).get(f"/assessments/{assessment.id}/explanation").text

    assert "From 0 to 20 points the level is: low." in page
    assert "With each at its most the points would be 4." in page
    assert "The level would stay the same." in page
    assert "never counts towards the level" in page
    for language in ("kk", "ru", "en"):
        assert f"/assessments/{assessment.id}/explanation/{language}.pdf" in page


def test_what_is_not_complete_is_not_explained(sign_in, officer):
    assessment = make_assessment(make_case(officer))
    browser = sign_in(officer)

    for page in ("explanation", "explanation/kk.pdf"):
        assert browser.get(f"/assessments/{assessment.id}/{page}").location == f"/assessments/{assessment.id}"
    assert browser.get(f"/assessments/{assessment.id}/explanation/de.pdf").status_code == 404


def test_the_sheet_names_the_day_that_the_norms_give_and_none_that_was_overtaken(app, stopped_clock):
    """A low level is looked at again after 12 months, a medium one after 6 (norms A-2 and A-3)."""
    assessment = make_completed(on=date(2026, 11, 20))
    by_points = facts_of(assessment, today())["next_on"]
    make_approved_override(assessment)
    db.session.expire_all()
    overridden = facts_of(assessment, today())["next_on"]
    stopped_clock.move(days=1)
    make_completed(assessment.case, by=assessment.started_by)
    db.session.expire_all()

    assert by_points == date(2027, 11, 20)
    assert overridden == date(2027, 5, 20)
    assert facts_of(assessment, today())["next_on"] is None
