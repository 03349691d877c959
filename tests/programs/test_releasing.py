"""Items of a release plan that nobody settled become goals of the programme."""

import pytest
from sqlalchemy import select

from app.assistance.release.plan import plan_of
from app.assistance.release.vocabulary import ItemState
from app.clients.vocabulary import Stage
from app.clock import today
from app.db import db
from app.programs.drafts.releasing import is_from_release, offered
from app.programs.models import Goal, Program, Version
from app.programs.wording import goal_in_words
from app.web.languages import speaking
from tests.factories.people import make_case, make_user
from tests.factories.programs import make_approved, make_assessment
from tests.factories.releases import make_day, make_decision, make_prisoner


@pytest.fixture
def case(app, stopped_clock, officer):
    case = make_prisoner(officer)
    make_day(case)
    return case


@pytest.fixture
def browser(case, officer, sign_in):
    return sign_in(officer)


def test_items_that_are_open_or_were_not_possible_are_offered(case):
    make_decision(case, "work-record")
    make_decision(case, "pension-papers", ItemState.NOT_POSSIBLE)

    codes = {line.item.code for line in offered(plan_of(case), None)}

    assert {"housing", "pension-papers"} <= codes
    assert not {"work-record", "treatment", "gate", "notice-police"} & codes


def test_the_first_goals_open_a_programme_and_say_where_they_come_from(browser, case):
    make_assessment(case)

    page = browser.post(f"/cases/{case.id}/release-goals", data={"codes": ["housing", "bank"]}, follow_redirects=True)
    browser.post(f"/cases/{case.id}/release-goals", data={"codes": ["clothes"]})

    goals = db.session.scalars(select(Goal).order_by(Goal.ordinal)).all()
    assert [goal.rule for goal in goals] == ["release.housing", "release.bank", "release.clothes"]
    assert [len(goal.steps) for goal in goals] == [2, 1, 1]
    assert {step.due_on for goal in goals for step in goal.steps} == {plan_of(case).line("bank").due.due_on}
    assert "From the release plan" in page.text
    assert "2 goals now come from the release plan" in page.text
    assert db.session.query(Version).count() == 1
    assert all(map(is_from_release, goals))
    with speaking("ru"):
        assert goal_in_words(goals[0]) == "Иметь постоянное место жительства"


def test_a_programme_in_force_gets_a_new_version_with_them(browser, officer):
    case = make_case(officer)
    version = make_approved(officer, make_user(), case)
    case.enter_stage(Stage.PENITENTIARY, today())
    make_day(case)

    browser.post(f"/cases/{case.id}/release-goals", data={"codes": ["housing"]})

    program = db.session.get(Program, version.program_id)
    assert len(program.versions) == 2
    assert [goal.rule for goal in program.pending.goals][-1] == "release.housing"
    assert program.pending.starts_on == today()


def test_without_an_assessment_and_without_a_tick_it_is_said(browser, case):
    address = f"/cases/{case.id}/release-goals"

    assert "Tick what is to become a goal" in browser.post(address).text
    assert "Goals rest on an assessment" in browser.post(address, data={"codes": ["housing"]}).text
    assert db.session.query(Program).count() == 0
