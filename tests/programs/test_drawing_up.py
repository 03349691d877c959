"""Drawing up a programme: from an assessment, through suggestions, to a draft of one's own."""

import re
from datetime import date

from sqlalchemy import select

from app.access.models import Role
from app.db import db
from app.programs.models import Program, Version
from tests.factories.people import make_case, make_office, make_user
from tests.factories.programs import make_approved, make_assessment, make_draft, record_agreement

DATES = {"starts_on": "20.3.26", "review_on": "2026-09-20"}


def reread(version: Version) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version.id)


def test_an_officer_opens_a_draft_from_the_latest_assessment(sign_in, officer):
    case = make_case(officer)
    make_assessment(case, {"housing": "high"}, on=date(2026, 1, 12))
    latest = make_assessment(case)

    page = sign_in(officer).post(f"/cases/{case.id}/programs/new", data=DATES, follow_redirects=True)

    program = db.session.scalars(select(Program)).one()
    assert program.number == f"P-{program.opened_at.year}-{program.id:06d}"
    assert program.versions[0].assessment_id == latest.id
    assert (program.versions[0].starts_on, program.versions[0].review_on) == (date(2026, 3, 20), date(2026, 9, 20))
    assert "Find steady lawful work and keep it" in page.text
    assert "Need: education and work, high, assessment of 12 Mar 2026; rule W-1." in page.text


def test_without_an_assessment_the_page_says_what_to_do_first(sign_in, officer):
    case = make_case(officer)
    browser = sign_in(officer)

    page = browser.get(f"/cases/{case.id}/programs/new")
    browser.post(f"/cases/{case.id}/programs/new", data=DATES)

    assert "Assess the person first." in page.text
    assert f"/cases/{case.id}/assessments/new" in page.text
    assert db.session.scalars(select(Program)).all() == []


def test_a_case_has_one_open_programme(sign_in, officer):
    version = make_draft(officer)

    page = sign_in(officer).post(f"/cases/{version.case.id}/programs/new", data=DATES)

    assert "This case already has a programme." in page.text
    assert len(db.session.scalars(select(Program)).all()) == 1


def test_the_same_form_sent_twice_opens_one_programme(sign_in, officer):
    case = make_case(officer)
    make_assessment(case)
    browser = sign_in(officer)
    token = re.search(r'name="receipt"[^>]*value="([^"]+)"', browser.get(f"/cases/{case.id}/programs/new").text)[1]

    first = browser.post(f"/cases/{case.id}/programs/new", data=DATES | {"receipt": token})
    second = browser.post(f"/cases/{case.id}/programs/new", data=DATES | {"receipt": token})

    assert first.location == second.location
    assert len(db.session.scalars(select(Program)).all()) == 1


def test_a_review_before_the_start_is_refused_and_the_typed_dates_stay(sign_in, officer):
    case = make_case(officer)
    make_assessment(case)

    page = sign_in(officer).post(
        f"/cases/{case.id}/programs/new", data={"starts_on": "20.3.26", "review_on": "31.2.2026"}
    )
    again = sign_in(officer).post(
        f"/cases/{case.id}/programs/new", data={"starts_on": "20.3.26", "review_on": "1.3.26"}
    )

    assert "There is no such date." in page.text
    assert 'value="31.2.2026"' in page.text
    assert "The review comes after the start." in again.text
    assert db.session.scalars(select(Program)).all() == []


def test_a_suggestion_taken_becomes_a_goal_with_dated_steps(sign_in, officer):
    version = make_draft(officer, take=())

    sign_in(officer).post(f"/program-versions/{version.id}/suggestions", data={"rule": "W-1"})

    goal = reread(version).goals[0]
    assert (goal.text, goal.rule, goal.need.code) == ("Find steady lawful work and keep it", "W-1", "education_work")
    assert [step.due_on for step in goal.steps] == [date(2026, 3, 27), date(2026, 4, 20), date(2026, 5, 4)]


def test_a_suggestion_is_taken_once_and_only_when_it_is_offered(sign_in, officer):
    version = make_draft(officer)
    browser = sign_in(officer)

    for rule in ("W-1", "H-1", "", "W-1\x00", "no such"):
        page = browser.post(f"/program-versions/{version.id}/suggestions", data={"rule": rule}, follow_redirects=True)
        assert "This suggestion is not offered" in page.text

    assert len(reread(version).goals) == 1


def test_a_declined_suggestion_keeps_its_reason_until_it_is_taken(sign_in, officer):
    version = make_draft(officer, take=())
    browser = sign_in(officer)
    address = f"/program-versions/{version.id}/declined-suggestions?rule=W-1"
    seen = {"version": str(version.version)}

    empty = browser.post(address, data=seen | {"reason": "  "})
    browser.post(address, data=seen | {"reason": "He has had steady work since May."})
    kept = [(row.rule, row.reason) for row in reread(version).declined]
    browser.post(f"/program-versions/{version.id}/suggestions", data={"rule": "W-1"})

    assert "Write why the suggestion does not fit." in empty.text
    assert kept == [("W-1", "He has had steady work since May.")]
    assert reread(version).declined == []


def test_goals_and_steps_of_ones_own_are_added_changed_and_removed(sign_in, officer):
    version = make_draft(officer, take=())
    browser = sign_in(officer)

    def send(address, **data):
        return browser.post(address, data=data | {"version": str(reread(version).version)}, follow_redirects=True)

    send(
        f"/program-versions/{version.id}/goals/new", text=" Visit  the children ", need_code="free_time", phase="active"
    )
    goal = reread(version).goals[0]
    send(f"/program-goals/{goal.id}/steps/new", text="Agree on a day", doer="person", due_on="1.4.26")
    step = reread(version).goals[0].steps[0]
    send(f"/program-steps/{step.id}", text="Agree on Sundays", doer="officer", due_on="2.4.2026", hours="3",
         direction="family")  # fmt: skip
    send(f"/program-goals/{goal.id}", text="See the children weekly", need_code="", phase="future",
         target_on="1.9.26", areas="education_work", own_strengths="His sister helps")  # fmt: skip
    goal = reread(version).goals[0]
    step = goal.steps[0]
    found = (goal.text, goal.need, goal.phase, goal.target_on, [row.code for row in goal.areas], goal.own_strengths)
    of_step = (step.text, step.doer, step.due_on, step.direction, step.hours)
    page = browser.get(f"/program-versions/{version.id}/draft")
    send(f"/program-steps/{step.id}/removal")

    assert found == (
        "See the children weekly", None, "future", date(2026, 9, 1), ["education_work"], "His sister helps"
    )  # fmt: skip
    assert of_step == ("Agree on Sundays", "officer", date(2026, 4, 2), "family", 3)
    assert "Goals for later" in page.text
    assert "3 hours of contact" in page.text
    assert reread(version).goals[0].steps == []


def test_a_step_before_the_start_is_refused_and_stays_on_the_screen(sign_in, officer):
    version = make_draft(officer)
    step = version.goals[0].steps[0]
    typed = {"text": "Сөйлесу", "doer": "person", "due_on": "19.03.2026", "version": str(version.version)}

    page = sign_in(officer).post(f"/program-steps/{step.id}", data=typed)

    assert "The programme starts on 20 Mar 2026." in page.text
    assert "Сөйлесу" in page.text
    assert reread(version).goals[0].steps[0].due_on == date(2026, 3, 27)


def test_a_need_of_another_assessment_is_no_answer(sign_in, officer):
    version = make_draft(officer, take=())
    typed = {"text": "Goal", "phase": "active", "need_code": "alcohol_drugs", "version": str(version.version)}

    page = sign_in(officer).post(f"/program-versions/{version.id}/goals/new", data=typed)

    assert "Choose one of the answers in the list." in page.text
    assert reread(version).goals == []


def test_a_draft_changed_in_another_window_is_not_overwritten_unseen(sign_in, officer):
    version = make_draft(officer)
    step, seen = version.goals[0].steps[0], str(version.version)
    browser = sign_in(officer)
    typed = {"doer": "person", "due_on": "1.5.26", "version": seen}

    browser.post(f"/program-steps/{step.id}", data=typed | {"text": "First"})
    page = browser.post(f"/program-steps/{step.id}", data=typed | {"text": "Second"})

    assert "The draft was changed while you were typing" in page.text
    assert "Second" in page.text
    assert reread(version).goals[0].steps[0].text == "First"


def test_a_change_after_the_agreement_asks_the_person_again(sign_in, officer):
    version = make_draft(officer)
    record_agreement(version, officer)

    sign_in(officer).post(f"/program-versions/{version.id}/suggestions", data={"rule": "T-1"})

    assert reread(version).agreement is None


def test_what_was_taken_unchanged_is_said_in_the_reader_s_language(sign_in, officer):
    version = make_draft(officer)
    officer.language = "kk"
    db.session.commit()

    page = sign_in(officer).get(f"/program-versions/{version.id}")

    assert "Тұрақты әрі заңды жұмыс тауып, онда қалу" in page.text


def test_another_office_finds_nothing_and_an_analyst_is_refused(sign_in, officer):
    version = make_draft(officer)
    goal, step = version.goals[0], version.goals[0].steps[0]
    elsewhere = make_office("B-2")
    addresses = [
        f"/people/{version.client.id}/programs", f"/cases/{version.case.id}/programs/new",
        f"/programs/{version.program_id}", f"/program-versions/{version.id}", f"/program-versions/{version.id}/draft",
        f"/program-versions/{version.id}/sheet/kk.pdf", f"/program-goals/{goal.id}", f"/program-steps/{step.id}",
    ]  # fmt: skip

    for address in addresses:
        assert sign_in(make_user(office=elsewhere)).get(address).status_code == 404
        assert sign_in(make_user(Role.ANALYST)).get(address).status_code == 403
        assert sign_in(make_user(Role.VOLUNTEER)).get(address).status_code == 403
        assert sign_in(officer).get(address).status_code == 200


def test_an_approved_version_is_not_opened_as_a_draft(sign_in, officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))

    page = sign_in(officer).get(f"/program-versions/{version.id}/draft", follow_redirects=True)

    assert "This version is approved and stays as it is." in page.text
