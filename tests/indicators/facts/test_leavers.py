"""Who left a year before the half-year, and who of them is known to have offended since, worked out by hand."""

from datetime import UTC, date, datetime

import pytest

from app.clients.vocabulary import Ground
from tests.indicators.happenings import check
from tests.indicators.registers import HERE, THERE, Register, gathered

BEFORE = date(2024, 2, 2)
LEFT, NEXT = date(2025, 3, 3), date(2025, 5, 5)


@pytest.fixture
def register(app):
    return Register()


def test_who_left_in_the_half_year_a_year_before_is_followed(register):
    left = {
        "the day before it": (date(2024, 12, 31), 0),
        "its first day": (date(2025, 1, 1), 1),
        "its last day": (date(2025, 6, 30), 1),
        "the day after it": (date(2025, 7, 1), 0),  # the year after it ends in the next half-year
        "not at all": (None, 0),
    }
    people = {name: (register.case(BEFORE, on), counts) for name, (on, counts) in left.items()}
    for ground, counts in ((Ground.EARLY_CANCELLATION, 1), (Ground.DEATH, 0), (Ground.REPLACED_BY_CUSTODY, 0)):
        case = register.case(BEFORE)
        register.deregister(case, LEFT, ground)
        people[ground] = case, counts

    check("I-02.left", people)


def test_who_is_on_the_register_by_another_case_has_not_left(register):
    before, same_day, after = (register.case(BEFORE, LEFT) for _ in range(3))
    register.case(date(2024, 5, 5), of=before)
    register.case(LEFT, of=same_day)
    register.case(NEXT, of=after)

    check("I-02.left", {"before": (before, 0), "the same day": (same_day, 0), "after": (after, 1)})


def test_a_person_counts_once_and_by_the_first_leaving(register):
    together = register.case(BEFORE, LEFT)
    second = register.case(date(2024, 5, 5), of=together)
    register.hand_over(second, datetime(2024, 9, 9, tzinfo=UTC))
    register.deregister(second, LEFT)
    twice = register.case(BEFORE, LEFT)
    again = register.case(date(2025, 4, 4), date(2025, 6, 6), of=twice)
    register.hand_over(again, datetime(2025, 5, 5, tzinfo=UTC))

    check("I-02.left", {"two cases on one day: where the later one was": (together, 1)}, region=THERE)
    check("I-02.left", {"left, came back and left again: where it was first": (twice, 1)}, region=HERE)


def test_the_region_and_stage_are_those_of_the_last_day_on_the_register(register):
    moved, later = register.case(BEFORE, LEFT), register.case(BEFORE, LEFT)
    register.hand_over(moved, datetime(2025, 3, 2, 18, 59, tzinfo=UTC))
    register.hand_over(later, datetime(2025, 3, 2, 19, 0, tzinfo=UTC))  # the day of leaving, in the country

    check("I-02.left", {"moved": (moved, 1)}, region=THERE, stage="sentence")
    check("I-02.left", {"moved on the day of leaving": (later, 1)}, region=HERE)


def test_an_offence_known_within_twelve_months_of_leaving_counts(register):
    noted = {date(2025, 3, 2): 0, LEFT: 1, date(2026, 3, 2): 1, date(2026, 3, 3): 0}
    people = {}
    for on, counts in noted.items():
        case = register.case(BEFORE, LEFT)
        register.offence(case, on)
        people[f"on {on}"] = case, counts
    withdrawn = register.case(BEFORE, LEFT)
    register.withdraw(register.offence(withdrawn, date(2025, 9, 9)))
    people["withdrawn"] = withdrawn, 0

    check("I-02", people)


def test_a_later_judgment_that_brings_the_person_back_counts(register):
    back = {
        "judged after leaving": (date(2025, 8, 8), date(2025, 9, 9), 1),
        "judged before leaving: the same sentence at another stage": (date(2024, 8, 8), date(2025, 9, 9), 0),
        "on the last day of the twelve months": (date(2025, 8, 8), date(2026, 3, 2), 1),
        "after the twelve months": (date(2025, 8, 8), date(2026, 3, 3), 0),
    }
    people = {}
    for name, (judged_on, registered_on, counts) in back.items():
        first = register.case(BEFORE, LEFT)
        register.case(registered_on, of=first).judged_on = judged_on
        people[name] = first, counts
    register.save()

    check("I-02", people)


def test_the_cohort_of_a_month_is_that_of_the_same_month_a_year_before(register):
    register.case(BEFORE, LEFT)

    assert [gathered(code).total("I-02.left") for code in ("2026M02", "2026M03", "2026")] == [0, 1, 1]
