"""I-08, worked out by hand for 1 January to 30 June 2026: whose level was lowered, stayed, was raised."""

from datetime import UTC, date, datetime

import pytest

from tests.indicators.happenings import AFTER, EARLIER, LAST, START, Happenings, behind_it, check

BEFORE, IN = date(2025, 9, 9), date(2026, 3, 3)


@pytest.fixture
def register(app):
    return Happenings()


def two(register, first, second, **second_facts):
    """Somebody assessed before the half-year and in it."""
    case = register.case(EARLIER)
    register.level(case, BEFORE, first)
    register.level(case, IN, second, **second_facts)
    return case


def test_the_last_assessment_is_compared_with_the_one_before_it(register):
    people = {
        "lowered": two(register, "high", "medium"),
        "same": two(register, "low", "low"),
        "raised": two(register, "low", "high"),
        "raised by an override": two(register, "medium", "medium", to="high", approved_on=date(2026, 4, 4)),
        "override waits": two(register, "low", "low", to="medium"),
        "override too late": two(register, "medium", "medium", to="low", approved_on=AFTER),
    }
    changes = {
        "lowered": ["lowered"],
        "same": ["same", "override waits", "override too late"],
        "raised": ["raised", "raised by an override"],
    }
    for change, names in changes.items():
        check("I-08", {name: (case, int(name in names)) for name, case in people.items()}, change=change)
    assert len(behind_it("I-08")) == len(people)


def test_an_override_of_the_earlier_assessment_moves_what_is_compared_with(register):
    case = register.case(EARLIER)
    register.level(case, BEFORE, "medium", to="high", approved_on=date(2025, 9, 12))
    register.level(case, IN, "medium")

    assert behind_it("I-08", change="lowered") == {case.client_id: 1}


def test_who_counts_has_an_earlier_assessment_and_a_last_one_in_the_period(register):
    people = {}

    def assessed(name, days, counts, **facts):
        case = register.case(EARLIER, **facts)
        for day in days:
            register.level(case, day, "low")
        people[name] = case, counts

    assessed("never", (), 0)
    assessed("for the first time", (IN,), 0)
    assessed("both before", (BEFORE, date(2025, 12, 31)), 0)
    assessed("on the first day", (BEFORE, START), 1)
    assessed("on the last day", (BEFORE, LAST), 1)
    assessed("the day after", (BEFORE, AFTER), 0)
    assessed("three times in it", (IN, date(2026, 4, 4), date(2026, 5, 5)), 1)
    assessed("off before it was done", (BEFORE, IN), 0, left_on=date(2026, 3, 3))
    assessed("off the day after", (BEFORE, IN), 1, left_on=date(2026, 3, 4))
    begun = register.case(EARLIER)
    register.level(begun, BEFORE)
    register.begin_assessment(begun)
    people["begun and not completed"] = begun, 0

    check("I-08", people)


def test_three_assessments_count_once_by_the_last_step(register):
    case = register.case(EARLIER)
    for day, level in ((IN, "high"), (date(2026, 4, 4), "low"), (date(2026, 5, 5), "medium")):
        register.level(case, day, level)

    assert behind_it("I-08", change="raised") == {case.client_id: 1}
    assert len(behind_it("I-08")) == 1


def test_several_cases_are_one_person_and_a_transfer_takes_the_change_along(register):
    first = register.case(EARLIER, date(2026, 2, 2))
    register.level(first, BEFORE, "low")
    second = register.case(date(2026, 1, 5), of=first)
    register.level(second, IN, "medium")
    register.hand_over(second, datetime(2026, 5, 5, tzinfo=UTC))

    assert behind_it("I-08", change="raised", region=register.elsewhere.region_code) == {first.client_id: 1}


def test_what_is_entered_late_belongs_to_its_own_day(register):
    case = two(register, "low", "high")
    register.level(case, date(2026, 4, 4), "low", entered_on=date(2026, 8, 8))

    assert behind_it("I-08", change="lowered") == {case.client_id: 1}
