"""A release is planned by its clocks: the day, the items, the arrangements, and what became of it."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.access.models import Role
from app.assistance.release.models import ItemDecision
from app.assistance.release.plan import plan_of
from app.assistance.release.views import listing
from app.assistance.release.vocabulary import ItemState
from app.audit.models import Entry, Kind
from app.clock import today
from app.db import db
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.releases import make_day, make_decision, make_plan, make_prisoner

DAY = date(2027, 6, 15)


@pytest.fixture
def browser(app, stopped_clock, officer, sign_in):
    return sign_in(officer)


def address(case, part=""):
    return f"/cases/{case.id}/release{part}"


def day_typed(on="15.06.2027", **facts):
    return {"on": on, "ground": "parole", "version": "0.0"} | facts


def test_the_expected_day_starts_the_clocks(browser, officer):
    case = make_prisoner(officer)

    browser.post(address(case, "/days/new"), data=day_typed())
    page = browser.get(address(case)).text

    plan = plan_of(case)
    assert (plan.day.on, plan.day.by, len(plan.lines)) == (DAY, officer, 21)
    assert {plan.line(code).due.due_on for code in ("notice-police", "work-record", "travel")} == {
        date(2026, 6, 15), date(2026, 12, 15), date(2027, 5, 15)
    }  # fmt: skip
    assert "Article 166(1), Penal Execution Code" in page
    assert "source not checked" in page
    assert "late by 158 days" in page  # 15 June to 20 November 2026
    act = db.session.scalars(select(Entry).where(Entry.kind == Kind.ACT, Entry.what == "release.set_day")).one()
    assert (act.permission, act.client_id) == ("plan_release", case.client_id)


def test_a_day_that_cannot_be_meant_is_refused_in_a_sentence(browser, officer):
    case = make_prisoner(officer)
    wrong = {
        "19.11.2026": "This day is in the past",
        "06.01.2028": "The term ends on",
        "": "Enter the expected day",
        "31.02.2027": "There is no such date",
    }

    answers = {on: browser.post(address(case, "/days/new"), data=day_typed(on)) for on in wrong}

    assert {on: wrong[on] in answer.text for on, answer in answers.items()} == dict.fromkeys(wrong, True)
    assert {answer.status_code for answer in answers.values()} == {422}
    assert plan_of(case).day is None


def test_a_day_before_the_term_begins_is_refused(browser, officer):
    case = make_prisoner(officer, term_from=date(2027, 9, 1), term_to=date(2029, 9, 1))

    assert "The term begins on" in browser.post(address(case, "/days/new"), data=day_typed()).text


def test_a_day_that_moves_needs_a_reason_and_the_days_before_it_stay(browser, officer):
    case = make_prisoner(officer)
    first = make_day(case, DAY)
    moved = day_typed("01.03.2027", version=f"{first.id}.0")

    assert "Write why the day moved" in browser.post(address(case, "/days/new"), data=moved).text
    browser.post(address(case, "/days/new"), data=moved | {"words": "Paroled by the court"})

    assert [row.on for row in plan_of(case).days] == [date(2027, 3, 1), DAY]
    assert "Paroled by the court" in browser.get(address(case)).text


def test_two_people_do_not_move_the_day_over_each_other(browser, officer):
    case = make_prisoner(officer)
    make_day(case, DAY)

    answer = browser.post(address(case, "/days/new"), data=day_typed("01.03.2027", words="Paroled"))

    assert "The plan was changed while you were typing" in answer.text


def test_relatives_are_told_of_a_minor_without_asking(app, stopped_clock, officer):
    case = make_prisoner(officer, client=make_client(born_on=date(2010, 3, 1), registered_by_id=officer.id))

    make_day(case, DAY)

    assert plan_of(case).line("relatives")


def test_a_case_of_another_stage_has_no_checklist(browser, officer):
    case = make_case(officer)

    for part in ("/days/new", "/arrangements/new", "/outcome", "/first-visit"):
        assert "This case is at another" in browser.get(address(case, part), follow_redirects=True).text


def test_an_item_is_decided_once_and_a_slip_is_withdrawn(browser, officer):
    case = make_prisoner(officer)
    due = next(row for row in make_day(case, DAY).dues if row.item_code == "identity-card")
    wrong = {"state": "not_possible", "on": "20.11.2026"}

    assert "Write why it is not possible" in browser.post(f"/release-items/{due.id}", data=wrong).text
    browser.post(f"/release-items/{due.id}", data=wrong | {"words": "No archive"})
    again = browser.post(f"/release-items/{due.id}", data=wrong | {"words": "Twice"}, follow_redirects=True)
    assert "This item was decided already" in again.text
    decision = plan_of(case).decision_on("identity-card")
    browser.post(f"/release-decisions/{decision.id}/withdrawal", data={"reason": "Wrong line"})

    assert plan_of(case).line("identity-card").is_open
    assert db.session.query(ItemDecision).count() == 1


def test_several_items_are_noted_at_once(browser, officer):
    plan = make_plan(officer, DAY)
    ticked = {"codes": ["travel", "food"], "on": "20.11.2026"}

    answer = browser.post(address(plan.case, "/decisions"), data=ticked, follow_redirects=True)

    assert "2 items are noted as done" in answer.text
    assert plan_of(plan.case).settled == 2
    assert browser.post(address(plan.case, "/decisions"), data=ticked).status_code == 422
    assert "Tick what is done" in browser.post(address(plan.case, "/decisions"), data={"on": "20.11.2026"}).text


def test_whether_treatment_goes_on_is_never_answered_in_the_checklist(browser, officer):
    plan = make_plan(officer, DAY)
    due = plan.line("treatment").due

    page = browser.get(f"/release-items/{due.id}").text
    browser.post(f"/release-items/{due.id}", data={"state": "not_needed", "on": "20.11.2026", "words": "healthy"})
    browser.post(f"/release-items/{due.id}", data={"state": "done", "on": "20.11.2026", "words": "healthy"})

    assert "not needed" not in page
    decision = plan_of(plan.case).decision_on("treatment")
    assert (decision.state, decision.words) == (ItemState.DONE, None)


ARRANGED = {
    "meets": "relatives", "meets_name": "Нұрғалиева Гүлнар", "meets_phone": "87011234567", "first_night": "own_home",
    "visit_on": "18.06.2027", "day_1": "Home, telephone the officer", "day_4": "Career centre",
}  # fmt: skip


def test_the_day_itself_and_the_first_ten_days_are_arranged(browser, officer):
    plan = make_plan(officer, DAY)
    stamp = {"version": plan.stamp}

    late = browser.post(address(plan.case, "/arrangements/new"), data=ARRANGED | stamp | {"visit_on": "30.06.2027"})
    assert "The first visit is from 15 Jun 2027 to 22 Jun 2027" in late.text
    browser.post(address(plan.case, "/arrangements/new"), data=ARRANGED | stamp)

    found = plan_of(plan.case)
    assert {row.number: row.text for row in found.arrangement.days} == {
        1: "Home, telephone the officer", 4: "Career centre"
    }  # fmt: skip
    assert not any(found.line(code).is_open for code in ("gate", "first-night", "first-ten-days"))
    assert "Нұрғалиева Гүлнар" in browser.get(address(plan.case)).text
    assert db.session.execute(text("SELECT meets_phone FROM release_arrangements")).scalar() != "+77011234567"


def test_what_is_missing_in_the_arrangements_is_said(browser, officer):
    plan = make_plan(officer, DAY)

    answer = browser.post(address(plan.case, "/arrangements/new"), data={"meets": "ngo", "first_night": "other"})

    for sentence in ("Write the name of who meets", "Write where the first night", "Plan at least one of the first ten",
                     "Enter the day of the visit"):  # fmt: skip
        assert sentence in answer.text


def test_after_the_release_it_is_noted_who_was_met_and_who_came(browser, officer, stopped_clock):
    plan = make_plan(officer, DAY)
    case = plan.case
    stopped_clock.move(days=(DAY - today()).days)
    browser.enter(officer)

    no_words = browser.post(address(case, "/outcome"), data={"on": "15.06.2027", "is_met": "no"})
    assert "Write why nobody met the person" in no_words.text
    browser.post(address(case, "/outcome"), data={"on": "15.06.2027", "is_met": "yes"})
    early = browser.post(address(case, "/first-visit"), data={"on": "15.06.2027", "has_come": "no"})
    assert "The person may still come until 22 Jun 2027" in early.text
    stopped_clock.move(days=8)
    browser.enter(officer)
    browser.post(address(case, "/first-visit"), data={"on": "23.06.2027", "has_come": "no"})
    browser.post(address(case, "/first-visit"), data={"on": "23.06.2027", "has_come": "yes"})

    found = plan_of(case)
    assert (found.released.is_met, found.released.visit_by, found.visit.has_come) == (True, date(2027, 6, 22), True)
    assert "is noted already" in browser.get(address(case, "/days/new"), follow_redirects=True).text
    assert "came on 23 Jun 2027" in browser.get(address(case)).text


def test_what_was_written_stays(app, stopped_clock, officer):
    case = make_prisoner(officer)
    make_day(case)
    made = make_decision(case)
    second = ItemDecision(case=case, item_code=made.item_code, state=ItemState.DONE, on=today(), by=officer, at=made.at)
    db.session.add(second)
    with pytest.raises(IntegrityError, match="decided once"):
        db.session.commit()
    db.session.rollback()

    for table in ("release_days", "release_dues", "release_decisions"):
        with pytest.raises(IntegrityError, match="stays as it is"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - a name of this test
        db.session.rollback()


def test_the_list_counts_the_items_of_each_clock(browser, officer):
    soon, later = make_plan(officer, date(2027, 1, 10)), make_plan(officer, DAY)
    make_decision(later.case, "notice-police")
    make_plan(make_user(office=make_office("B-2")), date(2027, 1, 11))
    make_prisoner(officer)

    page = browser.get("/releases").text
    narrowed = browser.get("/releases?months=6").text
    table = browser.get("/releases.csv").text.splitlines()

    assert page.index(soon.case.number) < page.index(later.case.number)
    assert "1/4" in page
    assert "Without an expected day · 1" in page
    assert soon.case.number in narrowed
    assert later.case.number not in narrowed
    assert [line.split(",")[1] for line in table[1:]] == [soon.case.number, later.case.number]
    assert table[2].endswith("2027-06-15,parole,1,4,0,3,0,14")
    kept = db.session.scalars(select(Entry).where(Entry.kind == Kind.READ)).all()
    assert [(one.actor_id, one.client_id) for one in kept] == [(officer.id, None)]  # taking the names away is a read


def test_the_head_sees_the_plans_of_the_office(app, stopped_clock, officer, sign_in):
    plan = make_plan(officer, DAY)
    head = sign_in(make_user(Role.SUPERVISOR))

    assert plan.case.number in head.get("/releases").text
    assert head.get(address(plan.case)).status_code == 200


def test_pages_of_the_list_follow_one_another(app, stopped_clock, officer, sign_in, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    soon, later = make_plan(officer, date(2027, 1, 10)), make_plan(officer, DAY)
    browser = sign_in(officer)

    first = browser.get("/releases").text
    second = browser.get(f"/releases?after=2027-01-10.{soon.day.id}").text

    assert soon.case.number in first
    assert f"after=2027-01-10.{soon.day.id}" in first
    assert later.case.number in second
    assert soon.case.number not in second
    assert browser.get("/releases?after=x&months=7&late=maybe").status_code == 200


def test_the_sheet_has_a_box_for_what_is_open_and_is_new_after_a_change(browser, officer):
    plan = make_plan(officer, DAY)
    sheet = address(plan.case, "/sheet/ru.pdf")

    first = browser.get(sheet)
    same = browser.get(sheet)
    make_decision(plan.case)
    later = browser.get(sheet)

    assert first.data.startswith(b"%PDF")
    assert (first.data == same.data, first.data == later.data) == (True, False)
    nothing = browser.get(address(make_prisoner(officer), "/sheet/kk.pdf"), follow_redirects=True)
    assert "Set the expected day of release first" in nothing.text
