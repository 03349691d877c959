"""Carrying out: progress, reviews, closure, and what waits for whom."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.clients.cases import Deregistration
from app.clients.vocabulary import Ground
from app.db import db
from app.programs.decisions import deciding
from app.programs.drafts import drafting
from app.programs.models import Progress, Version
from app.programs.progress.review_terms import reviews_due
from app.programs.queries import approved_version_of, progress_of
from app.programs.vocabulary import StepState, VersionState
from app.programs.waiting import count_of_submissions_waiting, steps_due, submissions_waiting
from tests.factories.people import make_office, make_user
from tests.factories.programs import APPROVED, SUBMITTED, make_approved, make_draft, make_submitted, record_agreement
from tests.factories.saving import saved


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


def reread(version: Version) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version.id)


def note(browser, step, **data):
    return browser.post(f"/program-steps/{step.id}/progress", data={"on": "1.4.26"} | data, follow_redirects=True)


def test_progress_is_kept_with_its_history(sign_in, officer, head):
    version = make_approved(officer, head)
    step, browser = version.goals[0].steps[0], sign_in(officer)

    note(browser, step, state="under_way")
    page = note(browser, step, state="done", on="2026-04-02", note="Жолдама берілді.")
    history = browser.get(f"/program-steps/{step.id}/progress")

    assert "1 of 3 steps done" in page.text
    assert "Жолдама берілді." in page.text
    assert "under way" in history.text
    assert [row.state for row in progress_of(reread(version).program)[step.thread]] == ["under_way", "done"]


def test_what_cannot_be_done_needs_a_reason(sign_in, officer, head):
    version = make_approved(officer, head)

    page = note(sign_in(officer), version.goals[0].steps[0], state="cannot_yet")

    assert "Write why." in page.text
    assert db.session.scalars(select(Progress)).all() == []


def test_progress_cannot_be_rewritten(sign_in, officer, head):
    version = make_approved(officer, head)
    note(sign_in(officer), version.goals[0].steps[0], state="done")

    for statement in ("UPDATE program_progress SET state = 'not_started'", "DELETE FROM program_progress"):
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_new_version_keeps_the_progress_of_its_steps(sign_in, officer, head):
    first = make_approved(officer, head)
    note(sign_in(officer), first.goals[0].steps[0], state="done")
    second = drafting.start_change(first.program, first.assessment, officer, APPROVED, date(2026, 6, 1))
    for step in second.goals[0].steps:
        step.due_on = date(2026, 7, 1)
    record_agreement(second, officer)
    deciding.submit(second, officer, SUBMITTED)
    deciding.approve(second, head, APPROVED.date(), APPROVED)
    db.session.commit()

    page = sign_in(officer).get(f"/programs/{first.program_id}")
    old = note(sign_in(officer), first.goals[0].steps[1], state="done")

    assert "1 of 3 steps done" in page.text
    assert "This step belongs to a version that is not in force." in old.text


def test_nothing_is_carried_out_before_the_approval(sign_in, officer):
    version = make_draft(officer)
    browser = sign_in(officer)

    for page in (
        note(browser, version.goals[0].steps[0], state="done"),
        browser.get(f"/programs/{version.program_id}/reviews/new", follow_redirects=True),
    ):
        assert "No version of this programme is approved yet" in page.text


def test_a_review_sets_the_day_of_the_next_one(sign_in, officer, head):
    version = make_approved(officer, head)
    browser, address = sign_in(officer), f"/programs/{version.program_id}/reviews/new"
    typed = {"on": "1.9.26", "words": "Жұмыс табылды.", "verdict": "continue"}

    without = browser.post(address, data=typed | {"next_review_on": ""})
    browser.post(address, data=typed | {"next_review_on": "1.3.2027"})

    assert "enter the day of the next review" in without.text
    assert reread(version).next_review_on == date(2027, 3, 1)


def test_a_programme_is_closed_with_its_outcome_and_then_refuses_every_act(sign_in, officer, head):
    version = make_approved(officer, head)
    browser, address = sign_in(officer), f"/programs/{version.program_id}"
    typed = {"on": "1.10.26", "outcome": "partly_achieved", "words": "Жұмыс бар."}
    typed |= {f"goal_{goal.thread}": "partly_achieved" for goal in version.goals}

    browser.post(f"{address}/closure", data=typed)
    pages = [
        note(browser, version.goals[0].steps[0], state="done"),
        browser.get(f"{address}/reviews/new", follow_redirects=True),
        browser.post(f"{address}/versions", follow_redirects=True),
    ]
    again = browser.post(f"{address}/closure", data=typed, follow_redirects=True)

    assert reread(version).state is VersionState.ENDED
    assert all("This programme is closed. Nothing in it can be changed." in page.text for page in pages)
    assert "This programme is already closed." in again.text
    assert "goals achieved in part" in again.text


def test_a_programme_is_not_closed_while_a_version_waits(sign_in, officer):
    version = make_submitted(officer)

    page = sign_in(officer).get(f"/programs/{version.program_id}/closure", follow_redirects=True)

    assert "A version is waiting for the head of service." in page.text


def test_in_a_case_off_the_register_a_programme_can_only_be_read_and_closed(sign_in, officer, head):
    version = make_approved(officer, head)
    db.session.add(
        Deregistration(
            case_id=version.case.id, ground=next(iter(Ground)), on=date(2026, 9, 1), by_id=officer.id, at=APPROVED
        )
    )
    db.session.commit()
    browser = sign_in(officer)

    page = note(browser, version.goals[0].steps[0], state="done")
    closing = browser.get(f"/programs/{version.program_id}/closure")

    assert "This case is off the register. Its programme can only be read." in page.text
    assert closing.status_code == 200


def test_the_head_of_service_sees_what_waits_in_the_own_office(officer, head):
    mine = make_submitted(officer)
    make_submitted(make_user(office=make_office("B-2")))
    make_draft(officer)

    assert [row.version_id for row in submissions_waiting(head)] == [mine.id]
    assert count_of_submissions_waiting(head) == 1
    assert submissions_waiting(head, after=submissions_waiting(head)[0].id) == []


def test_steps_are_due_while_they_are_neither_done_nor_replaced(officer, head):
    version = make_approved(officer, head)
    steps = version.goals[0].steps
    saved(
        Progress(
            program_id=version.program_id, thread=steps[0].thread, state=StepState.DONE, on=date(2026, 4, 1),
            by_id=officer.id, at=APPROVED,
        )
    )  # fmt: skip

    assert steps_due(officer, date(2026, 4, 30)) == [steps[1]]
    assert steps_due(officer, date(2026, 5, 30)) == [steps[1], steps[2]]
    assert steps_due(make_user(), date(2026, 5, 30)) == []
    assert [(row.version, row.due_on) for row in reviews_due(officer, date(2026, 9, 20))] == [
        (version, date(2026, 9, 20))
    ]
    assert reviews_due(officer, date(2026, 9, 19)) == []
    assert approved_version_of(version.program) is version
