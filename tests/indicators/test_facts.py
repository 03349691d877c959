"""What counts, in what cell, worked out by hand; the half-year is 1 January to 30 June 2026 throughout."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from app.access.models import Role
from app.clients.vocabulary import Sex, Stage
from app.db import db
from tests.databases import on_postgresql
from tests.factories.people import make_user
from tests.factories.statements import statements
from tests.indicators.registers import Register, counted, gathered, minutes_given

START = date(2026, 1, 1)
LAST = date(2026, 6, 30)
AFTER = date(2026, 7, 1)
EARLIER = date(2025, 3, 3)
HERE, THERE = "A-1", "B-2"


@pytest.fixture
def register(app):
    return Register()


def people() -> int:
    return sum(row[0] for row in counted().values())


def cell():
    """The only cell with somebody in it."""
    (found,) = counted()
    return found


def covered() -> int:
    return sum(row[1] for row in counted().values())


def on_time() -> int:
    return sum(row[2] for row in counted().values())


def met() -> int:
    return sum(row[3] for row in counted().values())


@pytest.mark.parametrize(
    ("registered_on", "left_on", "counts"),
    [
        (EARLIER, None, 1),
        (LAST, None, 1),
        (AFTER, None, 0),
        (EARLIER, date(2025, 12, 31), 0),
        (EARLIER, START, 0),  # off the register on the very first day
        (EARLIER, date(2026, 1, 2), 1),
        (date(2026, 2, 2), date(2026, 5, 5), 1),
        (date(2026, 2, 2), date(2026, 2, 2), 0),  # never a whole day on it
        (EARLIER, date(2026, 9, 9), 1),
    ],
)
def test_who_was_on_the_register_for_a_day_counts(register, registered_on, left_on, counts):
    register.case(registered_on, left_on)

    assert people() == counts


def test_nobody_on_the_register_gives_no_facts(register):
    assert (gathered().facts, gathered().makeup) == ((), ())


def test_people_are_told_apart_by_sex_and_stage(register):
    register.case(EARLIER)
    register.case(EARLIER, sex=Sex.FEMALE, stage=Stage.PRE_TRIAL)

    assert {key: row[0] for key, row in counted().items()} == {
        (HERE, "male", "sentence"): 1,
        (HERE, "female", "pre_trial"): 1,
    }


@pytest.mark.parametrize(
    ("moment", "office"),
    [
        (datetime(2026, 3, 3, tzinfo=UTC), THERE),
        (datetime(2026, 6, 30, 18, 59, tzinfo=UTC), THERE),  # 23:59 of 30 June in the country
        (datetime(2026, 6, 30, 19, 0, tzinfo=UTC), HERE),  # the first minute of July
    ],
)
def test_the_office_is_the_one_at_the_end_of_the_last_day(register, moment, office):
    register.hand_over(register.case(EARLIER), moment)

    assert cell()[0] == office


@pytest.mark.parametrize("answer", [None, False], ids=["waiting", "declined"])
def test_an_offer_alone_moves_nobody(register, answer):
    register.offer(register.case(EARLIER), answer)

    assert cell()[0] == HERE


def test_who_left_counts_where_they_were_last(register):
    case = register.case(EARLIER, date(2026, 5, 10))
    register.hand_over(case, datetime(2026, 5, 20, tzinfo=UTC))

    assert cell()[0] == HERE


def test_a_case_entered_late_counts_at_the_office_that_entered_it(register):
    case = register.case(date(2026, 6, 20))
    case.assignment.from_at = datetime(2026, 7, 3, tzinfo=UTC)
    register.save()

    assert cell() == (HERE, "male", "sentence")


@pytest.mark.parametrize(("day", "stage"), [(LAST, "post_penitentiary"), (AFTER, "sentence")])
def test_the_stage_is_the_one_of_the_last_day(register, day, stage):
    register.enter_stage(register.case(EARLIER), Stage.POST_PENITENTIARY, day)

    assert cell()[2] == stage


def test_two_cases_are_one_person_in_the_cell_of_the_later_one(register):
    first = register.case(EARLIER, stage=Stage.PRE_TRIAL)
    register.case(date(2026, 2, 2), of=first)

    assert {key: row[0] for key, row in counted().items()} == {(HERE, "male", "sentence"): 1}


def test_a_case_that_has_ended_gives_way_to_one_that_goes_on(register):
    first = register.case(EARLIER, stage=Stage.PRE_TRIAL)
    register.case(date(2026, 2, 2), date(2026, 4, 4), of=first)

    assert cell()[2] == "pre_trial"


def test_of_two_cases_registered_on_one_day_the_later_entry_counts(register):
    first = register.case(EARLIER, stage=Stage.PRE_TRIAL)
    register.case(EARLIER, of=first)

    assert cell()[2] == "sentence"


@pytest.mark.parametrize(
    ("approved_on", "closed_on", "counts"),
    [
        (None, None, 0),  # a draft, or one that waits for the head of service
        (date(2026, 3, 3), None, 1),
        (LAST, None, 1),
        (AFTER, None, 0),  # approved too late
        (date(2025, 5, 5), None, 1),
        (date(2026, 3, 3), LAST, 0),
        (date(2026, 3, 3), AFTER, 1),
    ],
)
def test_an_approved_programme_that_is_not_closed_covers(register, approved_on, closed_on, counts):
    register.program(register.case(EARLIER), approved_on, closed_on)

    assert covered() == counts


def test_a_second_version_in_draft_leaves_the_first_in_force_and_counts_once(register):
    program = register.program(register.case(EARLIER), date(2026, 3, 3))
    register.draft(program)
    register.program(program.case, date(2026, 4, 4))

    assert covered() == 1


def test_a_programme_in_any_case_covers_the_person(register):
    first = register.case(EARLIER)
    register.case(date(2026, 2, 2), of=first)
    register.program(first, date(2026, 3, 3))

    assert covered() == 1


@pytest.mark.parametrize(("approved_on", "counts"), [(date(2026, 5, 9), 1), (date(2026, 5, 10), 0)])
def test_for_who_left_the_programme_is_looked_for_on_the_day_before(register, approved_on, counts):
    register.program(register.case(EARLIER, date(2026, 5, 10)), approved_on)

    assert covered() == counts


@pytest.mark.parametrize(
    ("registered_on", "counts"),
    [(date(2026, 5, 31), 1), (date(2026, 5, 30), 0), (LAST, 1)],  # 31 May and 30 days are 30 June
)
def test_the_first_assessment_has_thirty_days(register, registered_on, counts):
    register.begin_assessment(register.case(registered_on))  # not completed: it does not count

    assert on_time() == counts


def test_a_second_case_gives_the_first_assessment_no_more_time(register):
    first = register.case(EARLIER)
    register.case(date(2026, 6, 20), of=first)

    assert on_time() == 0


@pytest.mark.parametrize(
    ("completed_on", "reassess_by", "counts"),
    [
        (date(2026, 1, 20), date(2026, 7, 20), 1),
        (date(2025, 12, 30), LAST, 1),  # due on the last day itself
        (date(2025, 12, 29), date(2026, 6, 29), 0),
        (AFTER, date(2027, 1, 1), 0),  # completed too late to count here
    ],
)
def test_an_assessment_holds_until_the_day_it_is_due_again(register, completed_on, reassess_by, counts):
    register.assess(register.case(EARLIER), completed_on, reassess_by)

    assert on_time() == counts


def test_the_latest_assessment_counts_and_not_the_longest(register):
    case = register.case(EARLIER)
    register.assess(case, date(2025, 12, 20), date(2026, 12, 20))
    register.assess(case, date(2025, 12, 21), date(2026, 6, 21))

    assert on_time() == 0


def test_an_assessment_is_carried_over_into_a_later_case(register):
    first = register.case(EARLIER, date(2026, 2, 2))
    register.assess(first, date(2026, 1, 20), date(2026, 7, 20))
    register.case(date(2026, 2, 2), of=first)

    assert on_time() == 1


def test_for_who_left_the_assessment_is_looked_for_on_the_day_before(register):
    case = register.case(EARLIER, date(2026, 5, 10))
    register.assess(case, date(2025, 11, 9), date(2026, 5, 9))

    assert on_time() == 1


@pytest.mark.parametrize(
    ("on", "minutes", "is_confirmed", "counts"),
    [
        (date(2026, 3, 3), 60, True, 1),
        (date(2026, 3, 3), 60, False, 0),
        (date(2026, 3, 3), 0, True, 0),  # nobody came
        (START, 60, True, 1),
        (LAST, 60, True, 1),
        (AFTER, 60, True, 0),
        (date(2025, 12, 31), 60, True, 0),
    ],
)
def test_a_confirmed_session_in_the_half_year_counts(register, on, minutes, is_confirmed, counts):
    register.meet(register.case(EARLIER), on, minutes, is_confirmed=is_confirmed)

    assert met() == counts
    assert minutes_given() == [60] * counts


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2026, 2, 1), 0), (date(2026, 2, 2), 1), (date(2026, 5, 9), 1), (date(2026, 5, 10), 0)],
)
def test_a_session_counts_only_on_a_day_on_the_register(register, on, counts):
    register.meet(register.case(date(2026, 2, 2), date(2026, 5, 10)), on)

    assert met() == counts


def test_a_session_in_a_case_that_ended_counts_while_another_goes_on(register):
    first = register.case(EARLIER, date(2026, 2, 2))
    register.case(date(2026, 1, 10), of=first)
    register.meet(first, date(2026, 3, 3))

    assert met() == 1


def test_minutes_add_up_by_person_and_helper_and_go_to_the_persons_cell(register):
    other = make_user(Role.VOLUNTEER)
    case = register.case(EARLIER)
    register.meet(case, date(2026, 3, 3), 60)
    register.meet(case, date(2026, 3, 4), 45)
    register.meet(case, date(2026, 3, 5), 30, helper=other)
    register.hand_over(case, datetime(2026, 4, 4, tzinfo=UTC))

    assert minutes_given() == [30, 105]
    assert counted() == {(THERE, "male", "sentence"): (1, 0, 0, 1)}


def test_it_is_so_many_statements_however_many_people_there_are(register):
    for _ in range(3):
        case = register.case(EARLIER)
        register.program(case, date(2026, 3, 3))
        register.meet(case, date(2026, 3, 3) + timedelta(days=1))

    # The facts, all at one moment, and the regions that there were; how to join, and back, on PostgreSQL.
    assert statements(gathered) == (5 if on_postgresql() else 2)


def test_afterwards_postgresql_joins_as_it_did_before(register):
    if on_postgresql():
        db.session.execute(text("SET LOCAL work_mem = '5MB'"))
        gathered()

        assert db.session.scalar(text("SHOW work_mem")) == "5MB"
        assert db.session.scalar(text("SHOW enable_nestloop")) == "on"
