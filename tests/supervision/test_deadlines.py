"""Deadlines: opened by the norms, explained in a sentence, settled once, and moved only when the head accepts it."""

from dataclasses import replace
from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.audit.models import Entry
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground, Stage
from app.clock import now, today
from app.db import db
from app.supervision.deadlines.comparing import open_missing, propose_changes
from app.supervision.deadlines.keeping import (
    answer,
    meet,
    note_met,
    open_deadline,
    open_what_the_norms_ask,
    withdraw,
)
from app.supervision.deadlines.models import Deadline, DeadlineChange, DeadlineMet
from app.supervision.deadlines.opening import CaseFacts, openings
from app.supervision.deadlines.queries import deadlines_of, still_open, waiting_changes
from app.supervision.deadlines.tasks import keep_deadlines
from app.supervision.norms import finding, norms
from tests.at_once import answer_to_the_second
from tests.clients.filling import registration
from tests.databases import on_postgresql
from tests.factories.deadlines import make_change, make_deadline
from tests.factories.people import make_case, make_user

SAT = date(2026, 11, 21)  # the clock stands at Friday, 20 November 2026


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
def test_what_a_day_of_work_settles_at_the_same_moment_is_told_in_a_sentence(sign_in, officer, stopped_clock):
    deadline, browser = make_deadline(make_case(officer), since=date(2026, 11, 1)), sign_in(officer)
    by_work = insert(DeadlineMet).values(deadline_id=deadline.id, on=today(), by_id=officer.id, at=now())

    answer = answer_to_the_second(browser, f"/deadlines/{deadline.id}/fulfilment", {"on": "20.11.2026"}, by_work)

    assert answer.status_code == 422
    assert "Somebody did this a moment before you." in answer.text


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("facts", "opened"),
    [
        (
            CaseFacts("conditional_sentence", "sentence", date(2026, 3, 10), date(2026, 3, 4)),
            [("first-appearance", date(2026, 3, 4), date(2026, 3, 14))],
        ),
        (CaseFacts("conditional_sentence", "sentence", date(2026, 3, 10)), []),  # the entry into force is not known
        (
            CaseFacts("community_service", "sentence", date(2026, 3, 10), date(2026, 3, 4)),
            [
                ("introductory-talk", date(2026, 3, 10), date(2026, 3, 17)),
                ("community-start", date(2026, 3, 10), date(2026, 3, 20)),
                ("community-order", date(2026, 3, 10), date(2026, 3, 17)),
            ],
        ),
        (
            CaseFacts("post_release", "post_penitentiary", date(2026, 3, 10), released_on=date(2026, 3, 6)),
            [("release-first-visit", date(2026, 3, 6), date(2026, 3, 16))],  # over the days off of 8 March
        ),
        (CaseFacts("parole", "post_penitentiary", date(2026, 3, 10), date(2026, 3, 4)), []),  # the police's
        (CaseFacts("", "sentence", date(2026, 3, 10), date(2026, 3, 4)), []),
    ],
)
def test_the_norms_open_what_the_service_keeps(facts, opened):
    assert [(one.norm.code, one.since, one.due_on) for one in openings(facts)] == opened


def test_a_new_case_has_its_deadline_at_once_and_the_page_explains_it(sign_in, officer, stopped_clock):
    said = registration(in_force_on="10.6.2026")
    sign_in(officer).post("/people/new", data=said)
    case = db.session.scalars(select(Case)).one()
    [deadline] = deadlines_of([case])

    assert (deadline.code, deadline.since, deadline.due_on) == (
        "first-appearance", date(2026, 6, 10), date(2026, 6, 20),
    )  # fmt: skip
    assert deadline.opened_by is None
    page = sign_in(officer).get(f"/people/{case.client_id}/supervision").text
    assert "10 days from the judgment&#39;s entry into force on 10 Jun 2026" in page
    assert "(Penal Execution Code, article 21): 20 Jun 2026" in page


def test_the_entry_into_force_that_becomes_known_later_opens_it_then(app, officer):
    case = make_case(officer)
    open_what_the_norms_ask(case, now())
    assert deadlines_of([case]) == []

    case.in_force_on = date(2026, 1, 8)
    open_what_the_norms_ask(case, now())
    open_what_the_norms_ask(case, now())
    assert [row.due_on for row in deadlines_of([case])] == [date(2026, 1, 18)]


def test_a_judgment_does_not_enter_into_force_before_it_is_made(sign_in, officer, stopped_clock):
    page = sign_in(officer).post("/people/new", data=registration(in_force_on="31.5.2026"))

    assert page.status_code == 422 and "does not enter into force before it is made" in page.text
    assert db.session.scalar(select(Case)) is None


def test_the_night_opens_what_is_missing_and_does_it_once(app, officer, stopped_clock):
    new = make_case(officer, registered_on=date(2026, 11, 12), judged_on=date(2026, 11, 1),
                    in_force_on=date(2026, 11, 12))  # fmt: skip
    make_case(officer, registered_on=date(2026, 11, 10), in_force_on=date(2026, 11, 9))  # due yesterday: nobody knows
    make_case(officer, in_force_on=date(2026, 1, 8))  # registered in January: its first days are long past
    gone = make_case(officer, registered_on=date(2026, 11, 10), judged_on=date(2026, 11, 1),
                     in_force_on=date(2026, 11, 12))  # fmt: skip
    gone.deregister(Ground.DEATH, date(2026, 11, 13), officer, None, now())
    db.session.commit()

    keep_deadlines()
    keep_deadlines()

    rows = db.session.scalars(select(Deadline)).all()
    assert [(row.case_id, row.due_on) for row in rows] == [(new.id, date(2026, 11, 22))]
    assert list(open_missing(today(), now())) == [0]


def test_what_came_by_the_institution_is_left_to_the_plan_of_the_release(app, officer):
    case = make_case(officer, legal_basis="post_release", stage=Stage.PENITENTIARY)
    case.enter_stage(Stage.POST_PENITENTIARY, date(2026, 6, 1))
    open_what_the_norms_ask(case, now())

    assert deadlines_of([case]) == []


def test_what_was_done_settles_the_deadlines_of_a_kind_that_had_begun(app, officer, stopped_clock):
    case = make_case(officer)
    due = make_deadline(case, since=date(2026, 11, 10), due_on=date(2026, 11, 20))
    later = make_deadline(case, since=SAT, code="release-first-visit")

    [met] = meet(case, "first-appearance", date(2026, 11, 12), officer, now())
    assert (met.deadline_id, met.on, later.met) == (due.id, date(2026, 11, 12), None)
    assert meet(case, "first-appearance", date(2026, 11, 13), officer, now()) == ()


@pytest.mark.parametrize(
    ("on", "refusal"),
    [(date(2026, 11, 9), "had not begun"), (date(2026, 11, 21), "in the future"), (date(2026, 11, 10), None)],
)
def test_a_deadline_is_met_on_a_day_between_its_event_and_today(app, officer, stopped_clock, on, refusal):
    deadline = make_deadline(since=date(2026, 11, 10), due_on=date(2026, 11, 20))
    if refusal is None:
        assert note_met(deadline, on, officer, today(), now()).on == on
        return
    with force_locale("en"), pytest.raises(NotPossible, match=refusal):
        note_met(deadline, on, officer, today(), now())


def test_a_deadline_is_kept_noted_as_done_and_withdrawn_on_short_pages(sign_in, officer, stopped_clock):
    case, browser = make_case(officer, legal_basis="corrective_works"), sign_in(officer)
    kept = browser.post(f"/cases/{case.id}/deadlines/new", data={"code": "corrective-no-job", "since": "1.9.2026"})
    deadline = db.session.scalars(select(Deadline)).one()
    assert kept.location.endswith("#deadlines")
    assert (deadline.due_on, deadline.opened_by_id) == (date(2026, 12, 1), officer.id)

    ahead = browser.post(f"/cases/{case.id}/deadlines/new", data={"code": "corrective-no-job", "since": "1.9.2027"})
    other = browser.post(f"/cases/{case.id}/deadlines/new", data={"code": "first-appearance", "since": "1.9.2026"})
    assert "in the future" in ahead.text and other.status_code == ahead.status_code == 422

    page = f"/deadlines/{deadline.id}"
    assert browser.post(f"{page}/withdrawal", data={"reason": ""}).status_code == 422
    assert browser.post(f"{page}/fulfilment", data={"on": "20.11.2026"}).status_code == 302
    assert "settled already" in browser.post(f"{page}/withdrawal", data={"reason": "No"}).text
    shown = browser.get(f"/people/{case.client_id}/supervision").text
    assert "done on 20 Nov 2026" in shown and "No deadline is open." in shown


def test_nothing_is_opened_or_settled_in_a_case_off_the_register(app, officer):
    deadline = make_deadline(since=date(2026, 1, 10), due_on=date(2026, 1, 20))
    deadline.case.deregister(Ground.DEATH, date(2026, 2, 1), officer, None, now())
    db.session.flush()

    with force_locale("en"), pytest.raises(NotPossible, match="off the register"):
        open_deadline(deadline.case, "first-appearance", date(2026, 1, 11), now())
    with force_locale("en"), pytest.raises(NotPossible, match="off the register"):
        note_met(deadline, date(2026, 1, 12), officer, today(), now())
    assert db.session.execute(still_open()).all() == []


@pytest.fixture
def five_days_more(monkeypatch):
    """Since 15 November 2026 a person has fifteen days for the first appearance."""
    old = finding.by_code()["first-appearance"][0]
    new = next(one for one in norms() if one.code == "corrective-start")  # fifteen days
    ends = replace(old, valid_to=date(2026, 11, 15))
    begins = replace(old, value=new.value, valid_from=date(2026, 11, 15))
    monkeypatch.setitem(finding.by_code(), "first-appearance", (ends, begins))


def test_a_changed_norm_proposes_another_day_for_what_is_open_and_leaves_what_is_past(
    app, officer, stopped_clock, five_days_more
):
    case = make_case(officer)
    open_one = make_deadline(case, since=date(2026, 11, 12), due_on=date(2026, 11, 22))
    make_deadline(case, since=date(2026, 11, 8), due_on=date(2026, 11, 18))  # past
    done = make_deadline(make_case(officer), since=date(2026, 11, 12), due_on=date(2026, 11, 22))
    meet(done.case, "first-appearance", date(2026, 11, 13), officer, now())
    db.session.commit()

    assert sum(propose_changes(today(), now())) == 1
    assert sum(propose_changes(today(), now())) == 0
    [change] = db.session.scalars(select(DeadlineChange)).all()
    assert (change.deadline_id, change.due_on, change.norm_from) == (
        open_one.id, date(2026, 11, 27), date(2026, 11, 15),
    )  # fmt: skip
    assert open_one.now_due == date(2026, 11, 22)  # nothing is moved silently


def test_another_day_of_the_event_is_proposed_too(app, officer, stopped_clock):
    case = make_case(officer, in_force_on=date(2026, 11, 14))
    make_deadline(case, since=date(2026, 11, 12), due_on=date(2026, 11, 22))

    assert sum(propose_changes(today(), now())) == 1
    assert db.session.scalars(select(DeadlineChange)).one().due_on == date(2026, 11, 24)


def test_another_day_of_the_release_is_proposed_unless_somebody_typed_it(app, officer, stopped_clock):
    by_clock, typed = (
        make_case(officer, legal_basis="post_release", stage=Stage.POST_PENITENTIARY, term_from=date(2026, 11, 18))
        for _ in range(2)
    )
    make_deadline(by_clock, code="release-first-visit", since=date(2026, 11, 16), due_on=date(2026, 11, 23))
    open_deadline(typed, "release-first-visit", date(2026, 11, 16), now(), officer)
    db.session.commit()

    assert sum(propose_changes(today(), now())) == 1
    change = db.session.scalars(select(DeadlineChange)).one()
    assert (change.deadline.case_id, change.due_on) == (by_clock.id, date(2026, 11, 25))


def test_the_head_accepts_or_declines_several_at_once(sign_in, officer, head, stopped_clock):
    moved, kept = (make_change(make_deadline(make_case(officer))) for _ in range(2))
    browser = sign_in(head)
    page = browser.get("/deadline-changes").text
    assert page.count('name="change"') == 2 and "1 Dec 2026" in page

    assert browser.post("/deadline-changes", data={"verdict": "accept"}).status_code == 422
    browser.post("/deadline-changes", data={"verdict": "accept", "change": [moved.id]})
    browser.post("/deadline-changes", data={"verdict": "decline", "change": [kept.id, moved.id], "words": "No."})
    db.session.expire_all()

    assert (moved.deadline.now_due, kept.deadline.now_due) == (date(2026, 12, 6), date(2026, 12, 1))
    assert waiting_changes(head) == []
    lines = db.session.scalars(select(Entry).where(Entry.subject == "deadlinechange")).all()
    assert {(line.subject_id, line.client_id) for line in lines} == {
        (row.id, row.about_client_id) for row in (moved, kept)
    }


def test_the_desk_sees_the_day_that_holds(app, head, stopped_clock):
    change = make_change()
    assert [row.due_on for row in db.session.execute(still_open())] == [date(2026, 12, 1)]

    answer([change], True, None, head, now())
    db.session.commit()
    assert [row.due_on for row in db.session.execute(still_open())] == [date(2026, 12, 6)]


@pytest.mark.parametrize("table", ["deadlines", "deadline_changes"])
def test_what_was_written_stays(app, table):
    make_change()

    with pytest.raises(DatabaseError, match="stays as it is"):
        db.session.execute(text(f"UPDATE {table} SET due_on = '2027-01-01'"))  # noqa: S608 - a name of ours
    db.session.rollback()
    with pytest.raises(DatabaseError, match="stays as it is"):
        db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - a name of ours


def test_the_timeline_tells_of_a_moved_day_and_of_one_that_does_not_apply(sign_in, officer, head, stopped_clock):
    case = make_case(officer)
    answer([make_change(make_deadline(case))], True, "Accepted.", head, now())
    withdraw(make_deadline(case, since=date(2026, 11, 10)), "Was there already.", officer, now())
    db.session.commit()

    shown = sign_in(officer).get(f"/people/{case.client_id}?room=supervision").text
    assert "Another day is due: 6 Dec 2026" in shown and "A deadline does not apply" in shown
    assert "Was there already." in shown
