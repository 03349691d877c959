from datetime import date, timedelta
from shutil import copy

import pytest
from sqlalchemy import func, select

from app.access.models import Role
from app.assessments import library
from app.assessments.library import find
from app.assessments.models import Assessment
from app.clients.vocabulary import Ground, Stage
from app.clock import now, today
from app.db import db
from tests.factories.assessments import make_assessment, make_completed
from tests.factories.people import make_case, make_client, make_office, make_user


def new(case):
    return f"/cases/{case.id}/assessments/new"


def begun():
    return db.session.scalar(select(func.count()).select_from(Assessment))


@pytest.fixture
def case(officer):
    return make_case(officer)


def test_the_page_says_what_will_be_asked_and_that_it_is_not_validated(sign_in, officer, case):
    page = sign_in(officer).get(new(case)).text

    assert "Assessment of adults in the community" in page
    assert "Not validated in Kazakhstan" in page
    assert "sentence probation" in page
    assert "48 questions" in page
    assert "50 min" in page
    assert begun() == 0


def test_starting_leads_to_the_first_section(sign_in, officer, case):
    answer = sign_in(officer).post(new(case))

    assessment = db.session.scalars(select(Assessment)).one()
    assert answer.location == f"/assessments/{assessment.id}/sections/criminal_history"
    assert (assessment.case_id, assessment.started_by_id, assessment.completion) == (case.id, officer.id, None)
    assert assessment.instrument_digest == find("adult-community", 1).digest


def test_a_second_assessment_leads_to_the_one_under_way(sign_in, officer, case):
    first = make_assessment(case)
    browser = sign_in(officer)

    for answer in (browser.get(new(case)), browser.post(new(case))):
        assert answer.location == f"/assessments/{first.id}"
    assert begun() == 1
    assert "is under way" in browser.get(f"/assessments/{first.id}").text


def test_after_a_completed_one_another_may_be_started(sign_in, officer, case):
    make_completed(case, on=today() - timedelta(days=100))

    sign_in(officer).post(new(case))

    assert begun() == 2


def test_pressing_start_twice_starts_once(sign_in, officer, case):
    browser = sign_in(officer)
    answers = [browser.post(new(case), data={"receipt": "one-and-the-same"}) for _press in range(2)]

    assert answers[0].location == answers[1].location
    assert begun() == 1


def refused_with(browser, case):
    answer = browser.post(new(case))
    assert answer.location == f"/people/{case.client_id}/assessments"
    assert begun() == 0
    return browser.get(answer.location).text


def of_age(years):
    return date(today().year - years - 1, today().month, 1) + timedelta(days=45)


def test_a_minor_is_assessed_as_a_minor(sign_in, officer):
    case = make_case(officer, make_client(born_on=of_age(17)))

    answer = sign_in(officer).post(new(case))

    assessment = db.session.scalars(select(Assessment)).one()
    assert assessment.instrument_code == "minors"
    assert answer.location == f"/assessments/{assessment.id}/sections/criminal_history"


def test_a_child_is_not_assessed(sign_in, officer):
    case = make_case(officer, make_client(born_on=of_age(13)))

    page = refused_with(sign_in(officer), case)
    assert "The person is 13. The instruments on offer begin at the age of 14." in page
    assert "Start an assessment" not in page


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        (Stage.PRE_TRIAL, "Short assessment before trial"),
        (Stage.PENITENTIARY, "Assessment before release"),
        (Stage.POST_PENITENTIARY, "Assessment of adults in the community"),
    ],
)
def test_every_stage_has_an_instrument_of_its_own(sign_in, officer, stage, title):
    assert title in sign_in(officer).get(new(make_case(officer, stage=stage))).text


def test_a_stage_without_an_instrument_is_named(sign_in, officer, monkeypatch, tmp_path):
    copy(library.FOLDER / "adult-community-1.yaml", tmp_path)
    monkeypatch.setattr(library, "FOLDERS", [tmp_path])
    case = make_case(officer, stage=Stage.PRE_TRIAL)

    page = refused_with(sign_in(officer), case)
    assert "No instrument on offer applies to this stage: pre-trial probation." in page


def test_a_closed_case_is_not_assessed(sign_in, officer, case):
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    assert "This case is off the register." in refused_with(sign_in(officer), case)


def test_another_officers_person_is_not_there(sign_in, officer, case):
    browser = sign_in(make_user(office=make_office("A-1")))

    assert browser.get(new(case)).status_code == 404
    assert browser.post(new(case)).status_code == 404
    assert begun() == 0


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.VOLUNTEER, Role.MENTOR, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_officers_assess(sign_in, case, role):
    assert sign_in(make_user(role)).post(new(case)).status_code == 403
