"""Community work: hours within the norms, absences, the monthly timesheet and act, and what is refused."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import exc, select, text

from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.printing.vocabulary import PaperKind
from app.supervision.community_work.hours import Bound, read_hours, room_on, write_hours
from app.supervision.community_work.models import WorkDay, WorkOrder, WorkTimesheet
from app.supervision.community_work.pages import gather
from app.supervision.community_work.papers import paper_of, print_timesheet, print_work_act
from app.supervision.community_work.queries import absences_in, timesheets_missing
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.community_work.working import Ended, Placed, Told, correct_day, days_of, end_order, place
from app.supervision.contacts.panel import gather as gather_contacts
from app.supervision.deadlines.keeping import open_deadline
from app.supervision.norms.values import Hours, Per
from app.web.languages import speaking
from tests.factories.community_work import make_order, make_timesheet, work
from tests.factories.contacts import make_contact, make_group_event
from tests.factories.people import make_case, make_user
from tests.factories.statements import statements
from tests.reading_paper import text_of

DAY = timedelta(days=1)
NOVEMBER = date(2026, 11, 1)
MONDAY = date(2026, 11, 9)
A_DAY, A_LONG_DAY, A_WEEK = Hours(4, Per.DAY), Hours(8, Per.DAY), Hours(40, Per.WEEK)
plain = [pytest.mark.usefixtures("stopped_clock"), pytest.mark.one_engine]
on_both = pytest.mark.usefixtures("stopped_clock")


@contextmanager
def refused(says):
    """The act is not possible, and a sentence says why."""
    with speaking("en"), pytest.raises(NotPossible, match=says):
        yield


def marked(test):
    for mark in plain:
        test = mark(test)
    return test


@pytest.mark.parametrize(
    ("worked", "limits", "ordered", "room"),
    [
        ({}, [A_DAY], 100, (240, Bound.DAY)),
        ({MONDAY: 240}, [A_DAY], 100, (240, Bound.DAY)),  # the day itself is about to be noted anew
        ({MONDAY + DAY * number: 480 for number in range(1, 5)}, [A_LONG_DAY, A_WEEK], 100, (480, Bound.DAY)),
        ({MONDAY + DAY * number: 480 for number in range(1, 6)}, [A_LONG_DAY, A_WEEK], 100, (0, Bound.WEEK)),
        ({MONDAY - DAY: 480, MONDAY + DAY * 7: 480}, [A_LONG_DAY, A_WEEK], 100, (480, Bound.DAY)),  # other weeks
        ({MONDAY - DAY * 7: 60}, [A_DAY], 3, (120, Bound.ORDER)),
        ({MONDAY - DAY * 7: 600}, [A_DAY], 3, (0, Bound.ORDER)),
    ],
)
def test_what_the_norms_and_the_court_leave_of_a_day(worked, limits, ordered, room):
    found = room_on(MONDAY, worked, limits, ordered)

    assert (found.minutes, found.bound) == room


@given(
    st.dictionaries(st.integers(0, 20).map(lambda number: MONDAY + DAY * number), st.integers(1, 480), max_size=12),
    st.integers(0, 20),
)
def test_whoever_fills_each_day_s_room_never_passes_a_bound(worked, offset):
    """Filling a day adds exactly its room, and the room of a day never grows when others are worked."""
    on = MONDAY + DAY * offset
    limits = [A_LONG_DAY, A_WEEK]
    room = room_on(on, worked, limits, 60).minutes

    assert 0 <= room <= 480
    assert room <= room_on(on, {}, limits, 60).minutes
    week = [minutes for day, minutes in worked.items() if day != on and day.isocalendar()[:2] == on.isocalendar()[:2]]
    if room:
        assert sum(week) + room <= 40 * 60


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("4", 240), ("3,5", 210), ("3.5", 210), ("3:30", 210), (" 8 ", 480), ("0.25", 15), ("7.05", 423), ("10:05", 605)],
)
def test_hours_are_typed_as_people_write_them(typed, minutes):
    assert read_hours(typed) == minutes
    assert read_hours(write_hours(minutes)) == minutes


@pytest.mark.parametrize(
    "typed", ["", "0", "0:00", "-4", "four", "3:60", "3:5", "1/2", "4 h", "٣", "1e3", "3.333", ":", "."]
)
def test_what_is_no_number_of_hours_is_refused(typed):
    with pytest.raises(ValueError):
        read_hours(typed)


@pytest.fixture
def case(officer):
    return make_case(officer, legal_basis="community_service")


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


ORDER = {"hours": "100", "ordered_on": "02.11.2026", "act_number": "17-k", "place": "Park", "on": "03.11.2026"}


@marked
def test_hours_are_ordered_worked_reported_and_printed(browser, case):
    case_id, client_id = case.id, case.client_id
    due = open_deadline(case, "community-start", date(2026, 11, 1), now())
    db.session.commit()
    assert "The court ordered community work." in browser.get(f"/people/{client_id}/supervision").text

    answer = browser.post(f"/cases/{case_id}/community-work/new", data=ORDER)
    page = answer.location
    browser.post(f"{page}/days/new", data={"on": "03.11.2026", "kind": "worked", "minutes": "3:30"})
    again = browser.post(f"{page}/days/new", data={"on": "04.11.2026", "kind": "absent", "another": "1"})
    assert again.location == f"{page}/days/new"
    browser.post(f"{page}/months/2026-11/timesheet", data={"on": "20.11.2026"})

    assert db.session.get(type(due), due.id).met.on == date(2026, 11, 3)
    timesheet = db.session.scalars(select(WorkTimesheet)).one()
    assert (timesheet.minutes, timesheet.minutes_before, timesheet.absences) == (210, 0, 1)
    shown = browser.get(page).text
    assert "3 h 30 min" in shown
    assert "96 h 30 min" in shown
    assert "The timesheet and the act came on" in shown
    for paper in ("table", "act"):
        pdf = browser.get(f"/work-timesheets/{timesheet.id}/{paper}/ru.pdf")
        assert pdf.mimetype == "application/pdf"
        assert timesheet.order.number in text_of(pdf.data)
    assert "worked 3 h 30 min, left 96 h 30 min" in browser.get(f"/people/{client_id}/supervision").text


REFUSED_DAYS = [
    ({"on": "21.11.2026"}, "This date is in the future."),
    ({"on": "01.11.2026"}, "The work begins on"),
    ({"on": "03.11.2026"}, "This day is noted already."),
    ({"minutes": "4:30"}, "The norms allow at most 4 hours a day."),
    ({"minutes": ""}, "Write how many hours were worked."),
    ({"minutes": "a lot"}, "This is no number of hours."),
    ({"kind": "valid_reason"}, "Write what the valid reason is, and what proves it."),
    ({"kind": "taken_back"}, "Choose one of the answers in the list."),
    ({"kind": ""}, "Choose what is known of this day."),
]
REFUSED_ORDERS = [
    ({"hours": "0"}, "Write a number from 1 to 1200."),
    ({"ordered_on": "21.11.2026"}, "of a day that has not come yet."),
    ({"on": "01.11.2026"}, "The work begins neither before the order"),
    ({"on": "21.11.2027"}, "This day is more than a year ahead."),
    ({"place": " "}, "Write where the hours are worked."),
    ({}, "Hours of an earlier order are left."),
]


@marked
def test_what_cannot_be_is_refused_with_a_sentence(browser, case):
    order = make_order(case)
    work(order, date(2026, 11, 3))
    page, new = f"/community-work/{order.id}/days/new", f"/cases/{case.id}/community-work/new"

    for given_, said in REFUSED_DAYS:
        answer = browser.post(page, data={"on": "05.11.2026", "kind": "worked", "minutes": "4"} | given_)
        assert answer.status_code == 422
        assert said in answer.text
    for given_, said in REFUSED_ORDERS:
        answer = browser.post(new, data=ORDER | given_)
        assert answer.status_code == 422
        assert said in answer.text

    assert len(db.session.scalars(select(WorkDay)).all()) == 1
    assert len(db.session.scalars(select(WorkOrder)).all()) == 1


@marked
def test_a_week_of_somebody_without_work_ends_at_forty_hours(app, case):
    order = make_order(case, is_idle=True)
    for number in range(5):
        work(order, MONDAY + DAY * number, 8)

    with refused("at most 40 hours a week"):
        work(order, MONDAY + DAY * 5, 1)
    work(order, MONDAY + DAY * 7, 8)
    with refused("at most 8 hours a day"):
        work(order, MONDAY + DAY * 8, 8.5)


@marked
def test_who_finds_work_may_work_fewer_hours_from_that_day_on(app, case, officer):
    order = make_order(case, is_idle=True)
    work(order, MONDAY, 8)
    with refused("are noted at the place before"):
        place(order, Placed(MONDAY, "School", is_idle=False), officer, today(), now())
    place(order, Placed(MONDAY + DAY, "School", is_idle=False), officer, today(), now())
    db.session.commit()

    with refused("at most 4 hours a day"):
        work(order, MONDAY + DAY, 8)
    assert order.placement_on(MONDAY).place != "School"


@marked
def test_no_more_is_worked_than_the_court_ordered_and_then_the_order_is_served(browser, case):
    order = make_order(case, hours=7)
    work(order, date(2026, 11, 3), 4)
    with refused("3 h are left"):
        work(order, date(2026, 11, 4), 4)
    last = work(order, date(2026, 11, 4), 3)

    answer = browser.get(f"/community-work/{order.id}/days/new", follow_redirects=True)
    assert "All hours of this order are worked." in answer.text
    browser.post(f"/work-days/{last.id}/correction", data={"kind": "taken_back"})
    assert days_of(db.session.get(WorkOrder, order.id)).minutes == 240


@marked
def test_a_closed_case_and_an_ended_order_take_no_hours(browser, case, officer):
    other = make_case(officer)
    ended, order = make_order(other), make_order(case)
    browser.post(f"/community-work/{ended.id}/ending", data={"on": "20.11.2026", "reason": "The court replaced it"})
    case = db.session.get(type(case), case.id)
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    for number, said in ((ended.id, "This order has ended."), (order.id, "This case is off the register.")):
        data = {"on": "05.11.2026", "kind": "worked", "minutes": "4"}
        answer = browser.post(f"/community-work/{number}/days/new", data=data, follow_redirects=True)
        assert said in answer.text
    assert "off the register" in browser.get(f"/cases/{case.id}/community-work/new", follow_redirects=True).text
    with pytest.raises(NotPossible):
        end_order(db.session.get(WorkOrder, ended.id), Ended(today(), "Twice"), officer, today(), now())
    assert db.session.scalars(select(WorkDay)).all() == []


@marked
def test_the_third_absence_of_a_month_is_told(browser, case):
    order = make_order(case)
    for number in range(2):
        work(order, MONDAY + DAY * number, kind=DayKind.ABSENT)
    work(order, MONDAY + DAY * 4, kind=DayKind.VALID_REASON)
    before = browser.get(f"/community-work/{order.id}").text

    data = {"on": "11.11.2026", "kind": "absent"}
    page = browser.post(f"/community-work/{order.id}/days/new", data=data, follow_redirects=True).text

    assert "more than the 2 that the norms allow" not in before
    assert "3 absences this month without a valid reason; the norms allow 2." in page
    assert "more than the 2 that the norms allow" in page
    assert absences_in(case, NOVEMBER) == [MONDAY + DAY * number for number in range(3)]
    assert absences_in(case, date(2026, 10, 1)) == []


@on_both
def test_a_report_stays_as_it_was_and_a_correction_is_reported_anew(app, case, officer, stopped_clock):
    order = make_order(case)
    day = work(order, MONDAY, 4)
    first = make_timesheet(order)
    stopped_clock.move(minutes=5)
    with refused("reported as it stands already"):
        make_timesheet(order)
    correct_day(order, Told(MONDAY, DayKind.ABSENT), officer, today(), now())
    db.session.commit()
    second = make_timesheet(order)

    assert (first.ordinal, first.minutes, second.ordinal, second.absences) == (1, 240, 2, 1)
    assert day.minutes == 240
    with speaking("kk"):
        days = [paper_of(one, PaperKind.WORK_TIMESHEET).data()["days"] for one in (first, second)]
    assert [[row["minutes"] for row in known] for known in days] == [[240], [0]], "each as it was known then"
    late = print_timesheet(first.id, "kk", officer, now())
    assert late.ordinal == 1
    assert b"%PDF" in late.content[:10]
    assert print_work_act(second.id, "kk", officer, now()).number == f"{order.number}/11-2026"
    with pytest.raises(exc.DBAPIError, match="what was written stays"):
        db.session.execute(text("UPDATE work_days SET minutes = 480"))
    db.session.rollback()


@on_both
def test_a_timesheet_that_did_not_come_is_found(app, case, officer):
    missing, came = make_order(case), make_order(make_case(officer))
    nothing, by_mistake = make_order(make_case(officer)), make_order(make_case(officer))
    for order in (missing, came, by_mistake):
        work(order, MONDAY)
    make_timesheet(came)
    correct_day(by_mistake, Told(MONDAY, DayKind.TAKEN_BACK), officer, today(), now())

    found = db.session.execute(timesheets_missing(NOVEMBER, date(2026, 11, 30))).all()

    assert [row[1] for row in found] == [missing.id]
    assert nothing.id not in {row[1] for row in found}
    assert found[0][2] == date(2026, 11, 30)


@marked
def test_work_of_another_officer_s_case_is_not_there(browser):
    order = make_order(make_case(make_user()))
    day = work(order, MONDAY)
    timesheet = make_timesheet(order)

    for address in (f"/community-work/{order.id}", f"/work-days/{day.id}/correction",
                    f"/work-timesheets/{timesheet.id}/act/kk.pdf"):  # fmt: skip
        assert browser.get(address).status_code == 404
    assert browser.get(f"/community-work/{order.id}/months/2026-13/timesheet").status_code == 404


@marked
def test_the_panels_ask_as_often_for_many_as_for_one(app, case, officer):
    """What a person's page shows is found by a fixed number of statements."""
    day = today()

    def gathered():
        db.session.expire_all()
        cases = [db.session.get(Case, number) for number in numbers]
        for one in cases:
            assert one.client.cases
            assert one.is_open
        return statements(lambda: (gather(cases, day), gather_contacts(cases, day)))

    numbers = [case.id]
    work(make_order(case), MONDAY)
    make_contact(case)
    make_group_event([case])
    once = gathered()
    order = make_order(make_case(officer, case.client))
    numbers.append(order.case_id)
    for number in range(4):
        work(order, MONDAY + DAY * number)
        make_contact(order.case)
        make_group_event([order.case])

    assert gathered() == once
