"""A programme goes on in the next stage, or in another case of the same person, with all that was recorded."""

from datetime import date

import pytest

from app.access.models import Role
from app.clients.cases import Case
from app.clients.vocabulary import Stage
from app.db import db
from app.programs.decisions import deciding
from app.programs.drafts import drafting
from app.programs.models import Program, Version
from app.programs.queries import progress_of
from app.programs.vocabulary import Outcome, StepState
from tests.factories.people import make_case, make_office, make_user
from tests.factories.programs import APPROVED, make_approved, make_assessment, record_agreement

DATES = {"starts_on": "1.9.26", "review_on": "1.12.26"}


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def released(officer, head) -> Version:
    """The version in force of a programme whose case has come to the next stage; its first step is done."""
    case = make_case(officer)
    version = make_approved(officer, head, case, take=("W-1", "T-1"))
    case.enter_stage(next(stage for stage in Stage if stage is not case.stages[-1].stage), date(2026, 8, 1))
    db.session.commit()
    return version


def later_program(version: Version) -> Program:
    db.session.expire_all()
    return db.session.get_one(Program, version.program_id).grew_into


def test_open_goals_go_on_into_the_next_stage_with_their_progress(sign_in, officer, released):
    browser, case = sign_in(officer), released.case
    first, second = released.goals
    browser.post(f"/program-steps/{first.steps[0].id}/done")
    browser.post(f"/program-steps/{first.steps[1].id}/progress", data={"on": "1.4.26", "state": "under_way"})

    notice = browser.get(f"/programs/{released.program_id}")
    form = browser.get(f"/cases/{case.id}/programs/new")
    page = browser.post(f"/cases/{case.id}/programs/new", data=DATES | {"goals": [first.thread]}, follow_redirects=True)
    later = later_program(released)
    draft = later.versions[0]
    carried = draft.goals[0]

    assert "The case has come to another stage" in notice.text
    assert f"Goes on from programme {released.program.number}" in form.text
    assert second.thread in form.text
    assert f"Goes on from programme {released.program.number}." in page.text
    assert [goal.thread for goal in draft.goals] == [first.thread]
    assert [step.thread for step in carried.steps] == [step.thread for step in first.steps[1:]]
    assert all(step.due_on >= date(2026, 9, 1) for step in carried.steps)
    assert [row.state for row in progress_of(later)[carried.steps[0].thread]] == [StepState.UNDER_WAY]
    assert released.program.closure.outcome is Outcome.CONTINUED
    assert later.stage is not released.program.stage
    assert "Continued by programme" in browser.get(f"/programs/{released.program_id}").text
    assert released.number in browser.get(f"/programs/{later.id}/differences").text


def test_an_earlier_programme_goes_on_once_and_never_at_its_own_stage(sign_in, officer, head):
    version = make_approved(officer, head)
    browser = sign_in(officer)

    page = browser.post(f"/cases/{version.case.id}/programs/new", data=DATES)

    assert "This case already has a programme." in page.text
    assert later_program(version) is None


def test_in_another_case_the_officer_may_go_on_or_start_afresh(sign_in, officer, released):
    case = make_case(officer, released.client)
    make_assessment(case)
    browser = sign_in(officer)

    afresh = browser.get(f"/cases/{case.id}/programs/new?after=none")
    stranger = browser.get(f"/cases/{case.id}/programs/new?after=999999")
    browser.post(f"/cases/{case.id}/programs/new", data=DATES | {"goals": [released.goals[0].thread, "made up"]})
    browser.post(f"/cases/{case.id}/programs/new?after={released.program_id}", data=DATES)

    assert "Goals that go on" not in afresh.text
    assert "Goals that go on" in stranger.text, "what the address names wrongly changes nothing"
    later = later_program(released)
    assert later.case_id == case.id
    assert later.versions[0].goals == [], "a goal that is not in the list is refused, and none is ticked here"


def test_a_programme_whose_version_waits_for_an_answer_does_not_go_on(sign_in, officer, released):
    draft = drafting.start_change(released.program, released.assessment, officer, APPROVED, date(2026, 7, 20))
    for step in (step for goal in draft.goals for step in goal.steps):
        step.due_on = date(2026, 9, 1)
    record_agreement(draft, officer)
    deciding.submit(draft, officer, APPROVED)
    db.session.commit()

    page = sign_in(officer).post(f"/cases/{released.case.id}/programs/new", data=DATES)

    assert "A version is waiting for the head of service." in page.text
    assert 'value="01.09.2026"' in page.text
    assert later_program(released) is None
    assert released.program.closure is None


def test_a_programme_out_of_reach_is_not_offered(sign_in, officer, released):
    elsewhere = make_user(office=make_office("B-2"))
    case = make_case(elsewhere, released.client)
    make_assessment(case)

    page = sign_in(elsewhere).get(f"/cases/{case.id}/programs/new?after={released.program_id}")

    assert released.program.number not in page.text
    assert db.session.get_one(Case, case.id).is_open
