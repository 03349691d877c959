"""The life of a goal: now or later, its place, removed and taken back, achieved; steps done in one press."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.clock import today
from app.db import db
from app.programs.decisions import deciding
from app.programs.drafts import arranging, drafting
from app.programs.drafts.arranging import Way
from app.programs.models import GoalProgress, Progress, Removal, TakingBack, Version
from app.programs.queries import progress_of, said_of_goals
from app.programs.vocabulary import Doer, Phase
from app.programs.wording import step_in_words
from app.web.languages import speaking
from tests.factories.people import make_user
from tests.factories.programs import APPROVED, DRAFTED, SUBMITTED, make_approved, make_draft, record_agreement


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


def reread(version: Version) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version.id)


def send(browser, address, **data):
    return browser.post(address, data=data, follow_redirects=True)


def test_goals_are_moved_up_and_down_among_those_of_their_phase(sign_in, officer):
    version = make_draft(officer, take=("W-1", "T-1"))
    own = drafting.add_goal(version, "See the children", None, drafting.Aims(phase=Phase.FUTURE))
    db.session.commit()
    first, second = version.goals[:2]
    for goal in (first, second):
        goal.phase = Phase.ACTIVE
    db.session.commit()
    browser = sign_in(officer)

    send(browser, f"/program-goals/{second.id}/place", way="up")
    beyond = send(browser, f"/program-goals/{second.id}/place", way="up")
    last = send(browser, f"/program-goals/{own.id}/place", way="down")
    odd = send(browser, f"/program-goals/{own.id}/place", way="sideways")
    send(browser, f"/program-goals/{own.id}/phase", phase="active")
    again = send(browser, f"/program-goals/{own.id}/phase", phase="active")

    assert [goal.id for goal in reread(version).goals] == [second.id, first.id, own.id]
    assert "This is the first one already." in beyond.text
    assert "This is the last one already." in last.text
    assert "This button does not fit the draft any more." in odd.text
    assert "The goal is there already." in again.text
    assert reread(version).goals[2].phase is Phase.ACTIVE


def test_the_order_leaves_the_agreement_and_another_phase_does_not(officer):
    version = make_draft(officer)
    record_agreement(version, officer)
    goal = version.goals[0]

    arranging.move_step(goal.steps[0], Way.DOWN)
    db.session.commit()
    kept = reread(version).agreement
    arranging.put(version.goals[0], Phase.FUTURE if version.goals[0].phase is Phase.ACTIVE else Phase.ACTIVE)
    db.session.commit()

    assert kept is not None
    assert reread(version).agreement is None


def test_steps_are_moved_only_within_their_goal(sign_in, officer):
    version = make_draft(officer)
    goal = version.goals[0]
    ids = [step.id for step in goal.steps]
    other = make_draft(officer).goals[0].steps[0]
    browser = sign_in(officer)

    send(browser, f"/program-goals/{goal.id}/step-order", down=str(ids[0]))
    strange = send(browser, f"/program-goals/{goal.id}/step-order", up=str(other.id))

    assert [step.id for step in reread(version).goals[0].steps] == [ids[1], ids[0], ids[2]]
    assert "This button does not fit the draft any more." in strange.text


def test_a_removed_goal_stays_with_its_note_and_can_be_taken_back(sign_in, officer):
    version = make_draft(officer)
    goal = version.goals[0]
    aims = drafting.Aims(phase=Phase.FUTURE, target_on=date(2026, 9, 1), areas=("free_time",), own_strengths="A sister")
    drafting.change_goal(goal, goal.text, "education_work", aims)
    db.session.commit()
    before = arranging.kept_of(goal) | {"thread": goal.thread}
    browser, address = sign_in(officer), f"/program-goals/{goal.id}/removal"

    empty = send(browser, address, note=" ", version=str(version.version))
    removed = send(browser, address, note="Жұмысы бар.", version=str(version.version))
    row = db.session.scalars(select(Removal)).one()
    without = list(reread(version).goals)
    send(browser, f"/program-goal-removals/{row.id}/return")
    twice = send(browser, f"/program-goal-removals/{row.id}/return")
    back = reread(version).goals[0]

    assert "Write why the goal is removed." in empty.text
    assert "Жұмысы бар." in removed.text
    assert without == []
    assert arranging.kept_of(back) | {"thread": back.thread} == before
    assert "This goal is already taken back." in twice.text
    assert db.session.scalars(select(TakingBack)).one().by_id == officer.id


def test_what_was_removed_in_a_signed_version_stays_and_goes_on_into_the_next(officer, head):
    version = make_draft(officer, take=("W-1", "T-1"))
    arranging.remove_goal(version.goals[1], "Not now", officer, DRAFTED)
    record_agreement(version, officer)
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()
    deciding.approve(version, head, APPROVED.date(), APPROVED)
    db.session.commit()

    for statement in (
        "UPDATE program_goal_removals SET note = 'x'",
        "DELETE FROM program_goal_removals",
        "INSERT INTO program_goal_areas (goal_id, code) SELECT id, 'x' FROM program_goals",
    ):
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()
    later = drafting.start_change(version.program, version.assessment, officer, APPROVED, date(2026, 6, 1))
    db.session.commit()
    arranging.take_back(later.removals[0], officer, APPROVED)
    db.session.commit()

    assert [row.note for row in reread(later).removals] == ["Not now"]
    assert len(later.goals) == 2
    assert reread(version).removals[0].taken_back is None


def test_a_step_is_done_in_one_press_and_undone_in_another(sign_in, officer, head):
    version = make_approved(officer, head)
    step, browser = version.goals[0].steps[0], sign_in(officer)

    done = send(browser, f"/program-steps/{step.id}/done")
    said = progress_of(version.program)[step.thread][-1]
    twice = send(browser, f"/program-steps/{step.id}/done")
    undone = send(browser, f"/program-steps/{step.id}/undoing", said=str(said.id))
    late = send(browser, f"/program-steps/{step.id}/undoing", said=str(said.id))

    assert "1 of 3 steps done" in done.text
    assert "This step is done already." in twice.text
    assert "0 of 3 steps done" in undone.text
    assert "Something else was recorded for this step meanwhile." in late.text
    assert [row.state for row in progress_of(version.program)[step.thread]] == ["done", "not_started"]


def test_a_goal_is_achieved_with_what_it_left_open_and_taken_up_again(sign_in, officer, head):
    version = make_approved(officer, head)
    goal, browser = version.goals[0], sign_in(officer)
    send(browser, f"/program-steps/{goal.steps[0].id}/done")
    address = f"/program-goals/{goal.id}/achievement"
    tomorrow = (today() + timedelta(days=1)).strftime("%d.%m.%Y")

    form = browser.get(address)
    with speaking("en"):
        left_open = step_in_words(goal.steps[1])
    future = send(browser, address, on=tomorrow)
    page = send(browser, address, on=today().strftime("%d.%m.%Y"), note="Тұрақты жұмыс.")
    again = send(browser, address, on=today().strftime("%d.%m.%Y"))
    rows = db.session.scalars(select(Progress.state).order_by(Progress.id)).all()
    send(browser, f"/program-goals/{goal.id}/resumption")
    whole_case = browser.get(f"/people/{version.client.id}")

    assert left_open in form.text
    assert "This date is in the future." in future.text
    assert "Goals achieved" in page.text
    assert "Тұрақты жұмыс." in page.text
    assert rows == ["done", "not_needed", "not_needed"]
    assert "achieved: Find steady lawful work and keep it" in whole_case.text
    assert "taken up again: Find steady lawful work and keep it" in whole_case.text
    assert "This was recorded already." in again.text
    assert [row.state for row in said_of_goals(version.program)[goal.thread]] == ["achieved", "taken_up_again"]
    with pytest.raises(DBAPIError, match="stays as it is"):
        db.session.execute(text("DELETE FROM program_goal_progress"))
    db.session.rollback()
    assert db.session.scalars(select(GoalProgress)).all()


def test_both_texts_are_shown_when_two_write_the_same_goal_at_once(sign_in, officer):
    version = make_draft(officer)
    goal, seen = version.goals[0], str(version.version)
    typed = {"phase": "active", "need_code": "education_work", "version": seen}
    browser = sign_in(officer)

    send(browser, f"/program-goals/{goal.id}", text="First", **typed)
    page = send(browser, f"/program-goals/{goal.id}", text="Second", own_strengths="A sister", **typed)

    assert "The draft was changed while you were typing" in page.text
    assert "<td>First</td><td>Second</td>" in page.text
    assert reread(version).goals[0].text == "First"


def test_what_was_typed_stays_on_the_screen_when_the_draft_was_submitted_meanwhile(sign_in, officer):
    version = make_draft(officer)
    goal, seen = version.goals[0], str(version.version)
    record_agreement(version, officer)
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()

    page = send(sign_in(officer), f"/program-goals/{goal.id}", text="Ұзақ мәтін", phase="active", version=seen)

    assert "waiting for the head of service and cannot be changed" in page.text
    assert "Ұзақ мәтін" in page.text


def test_a_target_day_outside_the_programme_is_said_and_not_forbidden(sign_in, officer):
    version = make_draft(officer)
    version.case.term_from, version.case.term_to = date(2026, 1, 1), date(2027, 1, 1)
    for goal_text, day in (("Early", date(2026, 3, 1)), ("Late", date(2027, 2, 1)), ("Fits", date(2026, 12, 1))):
        drafting.add_goal(version, goal_text, None, drafting.Aims(target_on=day))
    db.session.commit()

    page = sign_in(officer).get(f"/program-versions/{version.id}/draft")

    assert "“Early” is to be reached by 1 Mar 2026, before the programme starts." in page.text
    assert "“Late” is to be reached by 1 Feb 2027; the term ends on 1 Jan 2027 already." in page.text
    assert "“Fits” is to be reached" not in page.text


def test_two_hundred_steps_open_in_one_draft(sign_in, officer):
    version = make_draft(officer)
    with db.session.no_autoflush:
        for number in range(200):
            drafting.add_step(version.goals[0], f"Қадам {number}", Doer.PERSON, date(2026, 5, 1))
    db.session.commit()

    page = sign_in(officer).get(f"/program-versions/{version.id}/draft")

    assert page.status_code == 200
    assert "Қадам 199" in page.text
    assert len(page.data) < 400_000
