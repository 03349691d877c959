"""Reporting days, calls and moves, from page to page, with everything that does not fit."""

from datetime import date
from html import escape, unescape

import pytest
from sqlalchemy import select

from app.access.models import Role
from app.access.policy import Reach
from app.clients.cases import Assignment, Deregistration
from app.clients.models import NotPossible
from app.clients.reach import whose
from app.clients.vocabulary import Body, Ground, Stage
from app.clock import now, today
from app.db import db
from app.signals.gathering import gathering
from app.signals.models import Signal
from app.supervision.calendar import coming
from app.supervision.calendar.first import expect_first
from app.supervision.calendar.models import Rhythm, Visit, VisitMove
from app.supervision.calendar.statements import next_visit, visits_due, visits_late
from app.supervision.calendar.tasks import plan_visits
from app.supervision.calendar.vocabulary import Came, Per, VisitKind
from app.supervision.deadlines.keeping import open_what_the_norms_ask
from app.supervision.deadlines.models import Deadline
from app.supervision.searches.searching import Ended, Opened, end_search, open_search
from app.supervision.searches.vocabulary import Ending
from tests.factories.people import make_case, make_office, make_user
from tests.factories.saving import saved
from tests.factories.statements import statements
from tests.factories.visits import PROVEN, make_hours, make_outcome, make_rhythm, make_visit

FRIDAY = date(2026, 11, 20)  # today
DAYS = [f"day_{number}" for number in range(1, 8)]
pytestmark = pytest.mark.usefixtures("stopped_clock")
plain = pytest.mark.one_engine  # plain reading and writing


def planned() -> list[str]:
    return [str(row.on) for row in db.session.scalars(select(Visit).where(~Visit.is_settled).order_by(Visit.on))]


def close(case) -> None:
    saved(Deregistration(case_id=case.id, ground=Ground.DEATH, on=today(), by_id=case.registered_by_id, at=now()))
    db.session.expire_all()


@plain
def test_reporting_days_begin_with_what_the_norm_asks_for_and_make_the_visits_ahead(browser, case):
    page = f"/cases/{case.id}/rhythms/new"

    form = browser.get(page).text
    assert "reports twice a month" in form and 'checked class="form-check-input" id="per-1"' in form
    answer = browser.post(page, data={"per": "month", "days": "5, 20", "from_on": "20.11.2026"})

    assert answer.location == f"/people/{case.client_id}/supervision"
    assert planned() == ["2026-11-20", "2026-12-07", "2026-12-21", "2027-01-05"]
    shown = browser.get(answer.location).text
    assert "2 times a month, on days 5, 20" in shown and "21 Dec 2026" in shown


UNFIT_DAYS = [
    ({}, {"days": "5"}, "The norm says otherwise"),  # the norm of a town wants two
    ({}, {"days": "35"}, "Write days of the month with commas between"),
    ({}, {"per": "week", "days": "9"}, "Write days of the week as numbers"),
    ({}, {"per": "year"}, "Choose"),
    ({}, {"days": ""}, "Write the days."),
    ({}, {"from_on": "19.11.2026"}, "This day is over"),
    ({}, {"from_on": "01.01.2030"}, "more than a year ahead"),
    ({}, {"from_on": "31.02.2027"}, "There is no such date"),
    ({"term_to": date(2026, 11, 24)}, {"days": "5, 28"}, "These days give no visit before the term ends"),
    ({"registered_on": date(2026, 12, 1)}, {}, "not yet on the register"),
    ({"legal_basis": "pre_trial"}, {"days": "5"}, "No norm sets the days"),
]


@plain
def test_days_that_do_not_fit_are_refused_with_a_sentence_and_what_was_typed_stays(browser, officer):
    for facts, form, says in UNFIT_DAYS:
        case = make_case(officer, **facts)
        typed = {"per": "month", "days": "5, 20", "from_on": "20.11.2026", "reason": ""} | form

        answer = browser.post(f"/cases/{case.id}/rhythms/new", data=typed)

        assert answer.status_code == 422
        assert says in unescape(answer.text)
        assert f'value="{escape(typed["days"])}"' in answer.text
    assert db.session.scalars(select(Visit)).all() == []


@plain
def test_days_that_never_come_are_refused_and_other_days_than_the_norm_s_need_a_reason(case):
    make_hours(spans={2: "9-12"})

    with pytest.raises(NotPossible, match="No norm|otherwise|айтады|иначе|says"):
        make_rhythm(case, "2", Per.WEEK)
    rhythm = make_rhythm(case, "2", Per.WEEK, reason="High risk")
    assert (rhythm.norm_code, rhythm.times) == ("reporting-conditional", 1)
    assert {date.fromisoformat(day).isoweekday() for day in planned()} == {2}

    closed = make_case(make_user(office=make_office("B-2")))
    make_hours(make_office("B-2"), spans={7: "9-12"})  # a Sunday is no working day, so the office is never open
    with pytest.raises(NotPossible):
        make_rhythm(closed)


@plain
def test_a_rural_person_reports_once_and_one_under_the_police_not_here(case):
    assert make_rhythm(case, "10", is_rural=True).norm_code == "reporting-conditional-rural"

    case.come_under(Body.POLICE, date(2026, 11, 1))
    db.session.commit()
    prisoner = make_case(case.assignment.officer, stage=Stage.PENITENTIARY, legal_basis="release_preparation")
    for one in (case, prisoner):
        with pytest.raises(NotPossible):
            make_rhythm(one)


def test_new_days_end_the_old_ones_and_the_visits_planned_by_them_give_way(case):
    old = make_rhythm(case)
    make_outcome(db.session.scalars(select(Visit).where(Visit.on == FRIDAY)).one())

    new = make_rhythm(case, "1, 15", from_on=date(2026, 12, 14))

    assert (old.to_on, new.to_on) == (date(2026, 12, 14), None)
    assert planned() == ["2026-12-07", "2026-12-15", "2027-01-05", "2027-01-15", "2027-02-01"]
    moves = db.session.scalars(select(VisitMove)).all()
    assert [(str(row.visit.on), row.to_visit, row.rhythm_id) for row in moves] == [
        ("2026-12-21", None, new.id), ("2027-01-05", None, new.id),
    ]  # fmt: skip


def test_the_clock_plans_ahead_once_up_to_the_end_of_the_term_and_no_more_after_the_register(case, stopped_clock):
    short = make_case(case.assignment.officer, term_to=date(2027, 1, 25))
    gone, police = make_case(case.assignment.officer), make_case(case.assignment.officer)
    for one in (case, short, gone, police):
        make_rhythm(one)
    before, numbers = len(planned()), [case.id, short.id, gone.id, police.id]
    plan_visits()
    assert len(planned()) == before

    stopped_clock.move(days=30)
    close(gone)
    police.come_under(Body.POLICE, date(2026, 12, 1))
    db.session.commit()
    plan_visits()
    plan_visits()

    rows = db.session.execute(select(Visit.case_id, Visit.on).where(Visit.on > date(2027, 1, 5)).order_by(Visit.on))
    days = [(numbers.index(case_id), str(on)) for case_id, on in rows]
    assert sorted(days) == [(0, "2027-01-20"), (0, "2027-02-05"), (1, "2027-01-20")]
    ended = db.session.scalars(select(Rhythm.case_id).where(Rhythm.to_on.is_not(None))).all()
    assert sorted(numbers.index(one) for one in ended) == [2, 3]


@plain
@plain
def test_nobody_is_expected_while_they_are_searched_for_and_from_then_on_again(case, officer, stopped_clock):
    make_rhythm(case)
    search = open_search(case, Opened(today(), today(), "Not at home"), officer, today(), now())
    db.session.commit()
    before = planned()
    stopped_clock.move(days=90)
    plan_visits()
    assert planned() == before

    end_search(search, Ended(Ending.FOUND, today()), officer, today(), now())
    db.session.commit()
    plan_visits()
    made = [day for day in planned() if day not in before]
    assert made
    assert made[0] >= str(today())


def test_a_person_is_called_to_a_free_time_and_not_twice_on_a_day(browser, case, officer):
    make_hours()
    page = f"/cases/{case.id}/visits/new"
    other = make_visit(make_case(officer), on=date(2026, 11, 23), minute=9 * 60)

    full = browser.post(page, data={"on": "23.11.2026", "at_time": "9:10"})
    assert full.status_code == 422 and "no room left" in full.text and "9:30, 10:00" in full.text
    closed = browser.post(page, data={"on": "23.11.2026", "at_time": "15:00"})
    assert "The office receives nobody at this time" in closed.text
    assert "receives nobody on this day" in browser.post(page, data={"on": "22.11.2026"}).text  # a Sunday
    assert "is over" in browser.post(page, data={"on": "19.11.2026"}).text

    assert browser.post(page, data={"on": "23.11.2026", "at_time": "9:30"}).status_code == 302
    assert "expected on this day already" in browser.post(page, data={"on": "23.11.2026", "at_time": "11:00"}).text
    kept = db.session.scalars(select(Visit).where(Visit.id != other.id)).one()
    assert (kept.kind, kept.minute, kept.made_by_id) == (VisitKind.CALLED, 570, officer.id)


@plain
def test_a_visit_moves_with_a_reason_and_stays_where_it_was_as_a_row(browser, case):
    visit = make_visit(case, on=date(2026, 11, 24))
    page = f"/visits/{visit.id}/moves/new"

    assert "Write why the visit moves." in browser.post(page, data={"on": "25.11.2026"}).text
    assert "at this time already" in browser.post(page, data={"on": "24.11.2026", "reason": "Same"}).text
    assert browser.post(page, data={"on": "25.11.2026", "reason": "Exam at school"}).status_code == 302
    again = browser.post(page, data={"on": "26.11.2026", "reason": "Second thought"})

    assert again.status_code == 422 and "This visit was moved to 25 Nov 2026" in again.text
    assert planned() == ["2026-11-25"]
    everything = browser.get(f"/cases/{case.id}/visits").text
    assert browser.get(f"/visits/{visit.id}/outcome").status_code == 302  # it is told of the other one
    assert "Exam at school" in everything and "moved to 25 Nov 2026" in everything
    assert browser.get(page).status_code == 302  # there is nothing left to move


@plain
def test_what_is_over_does_not_move_and_a_call_by_mistake_falls_away(browser, case):
    over, wrong = make_visit(case, on=date(2026, 11, 18)), make_visit(case, on=date(2026, 11, 25))
    make_visit(case, on=date(2026, 11, 27), kind=VisitKind.FIRST)

    moved = browser.post(f"/visits/{over.id}/moves/new", data={"on": "23.11.2026", "reason": "Late"})
    assert "Note what came of the visit" in moved.text
    browser.post(f"/visits/{wrong.id}/withdrawal", data={"reason": "Another person was meant"})

    assert planned() == ["2026-11-18", "2026-11-27"]
    first = db.session.scalars(select(Visit).where(Visit.kind == VisitKind.FIRST)).one()
    with pytest.raises(NotPossible):
        coming.drop(first, "No", first.made_by, now())


def test_the_desk_finds_what_is_awaited_within_reach_and_nothing_settled(case, officer):
    colleague = make_case(make_user())
    of_day = make_visit(case, minute=600), make_visit(colleague)
    late = make_visit(case, on=date(2026, 11, 18))
    make_visit(case, on=date(2026, 11, 30))
    make_outcome(make_visit(make_case(officer), on=date(2026, 11, 19)))

    own = db.session.execute(visits_due(FRIDAY, Reach.OWN), whose(officer)).all()
    office = db.session.execute(visits_due(FRIDAY, Reach.OFFICE), whose(officer)).all()

    assert [row.id for row in own] == [of_day[0].id]
    assert [row.id for row in office] == [row.id for row in of_day]
    assert [(row.case_id, row.id, row.on) for row in db.session.execute(visits_late(FRIDAY))] == [
        (case.id, late.id, late.on)
    ]
    of_case = select(next_visit()).select_from(Assignment).where(Assignment.case_id == case.id)
    assert db.session.scalar(of_case) == late.on


@plain
def test_a_missed_visit_speaks_to_the_early_warnings_until_a_paper_excuses_it(browser, case):
    for day in (date(2026, 11, 6), FRIDAY):
        visit = make_visit(case, on=day)
        browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "did_not_come"})

    signal = db.session.scalars(select(Signal).where(Signal.rule_code == "missed_appointments")).one()
    assert signal.case_id == case.id

    paper = PROVEN | {"outcome": "valid_reason", "seen": "1", "words": "By post"}
    browser.post(f"/visits/{visit.id}/outcome", data=paper)
    facts = gathering(FRIDAY).gather(0, 10**6, 10)[case.id]
    assert [row.on for row in facts.visits] == [date(2026, 11, 6)]


@plain
def test_the_first_appearance_is_expected_within_the_norm_s_term_and_meets_it(browser, case, officer):
    case.in_force_on = date(2026, 11, 16)
    db.session.commit()
    open_what_the_norms_ask(case, now())
    expect_first(case, now())
    expect_first(case, now())
    db.session.commit()

    deadline = db.session.scalars(select(Deadline).where(Deadline.kind == "first-appearance")).one()
    first = db.session.scalars(select(Visit)).one()
    assert (deadline.due_on, first.kind, first.on) == (date(2026, 11, 26), VisitKind.FIRST, date(2026, 11, 26))
    browser.post(f"/visits/{first.id}/moves/new", data={"on": "20.11.2026", "reason": "Came at once"})
    today_s = db.session.scalars(select(Visit).where(~Visit.is_settled)).one()
    browser.post(f"/visits/{today_s.id}/outcome", data={"outcome": "came"})

    db.session.expire_all()
    assert deadline.met.on == FRIDAY


@plain
def test_a_visit_on_a_day_that_was_closed_afterwards_is_told_apart(browser, case):
    make_rhythm(case)
    make_hours(spans=dict.fromkeys((2, 3), "9-12"))  # 20 November is a Friday, 7 and 21 December are Mondays

    shown = browser.get(f"/people/{case.client_id}/supervision").text

    assert shown.count("the office is closed on this day") == 3
    assert len(planned()) == 4


@plain
def test_the_panel_asks_as_many_statements_for_many_visits_as_for_few(browser, case):
    make_rhythm(case)
    page = f"/people/{case.client_id}/supervision"
    browser.get(page)
    few = statements(lambda: browser.get(page))
    for day in range(1, 15):
        visit = make_visit(case, on=date(2026, 10, day))
        make_outcome(visit)
    many = statements(lambda: browser.get(page))

    assert many <= few + 1  # the authors of the outcomes
    assert browser.get(page).text.count("noted by") == 10


@plain
def test_the_timeline_tells_of_reporting_days_and_visits(browser, case):
    make_rhythm(case)
    make_outcome(db.session.scalars(select(Visit).where(Visit.on == FRIDAY)).one(), Came.DID_NOT_COME)

    told = browser.get(f"/people/{case.client_id}?room=supervision").text

    assert "Reporting days set: 2 times a month, on days 5, 20" in told
    assert "Visit: did not come" in told


@plain
def test_a_head_sets_the_hours_of_the_office_from_a_day_on(sign_in):
    head = sign_in(make_user(Role.SUPERVISOR))
    form = {"from_on": "01.12.2026", "slot_minutes": "30", "capacity": "2", **dict.fromkeys(DAYS, "")}
    form["day_1"] = "9:00-12:30, 14-18"
    page = "/office-hours/new"

    for wrong, says in (
        ({"day_1": "noon"}, "Write hours as 9:00-13:00"),
        ({"day_1": ""}, "nobody could ever come"),
        ({"from_on": "19.11.2026"}, "is over"),
        ({"from_on": "01.01.2029"}, "more than a year ahead"),
        ({"slot_minutes": "0"}, "Write a number from 5 to 240."),
        ({"slot_minutes": "240", "day_1": "9-10"}, "No meeting of this length fits"),
    ):
        answer = head.post(page, data=form | wrong)
        assert answer.status_code == 422 and says in unescape(answer.text)
    assert head.post(page, data=form).location == "/office-hours"

    shown = head.get("/office-hours").text
    assert "9:00–12:30, 14:00–18:00" in shown and "still to come" in shown
    assert sign_in(make_user()).get("/office-hours").status_code == 403
