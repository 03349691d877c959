"""Steps that fell due and referrals that were refused, worked out by hand: they count where their case was that day."""

from datetime import UTC, date, datetime

import pytest

from app.assistance.referrals.vocabulary import Event, Result
from app.assistance.vocabulary import Direction
from app.programs.vocabulary import Phase, StepState
from tests.indicators.happenings import check
from tests.indicators.registers import HERE, THERE, Register, gathered

BEFORE, START, LAST, AFTER = date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)
EARLIER, SIGNED, DUE, NEXT = date(2025, 3, 3), date(2025, 4, 4), date(2026, 4, 4), date(2026, 4, 5)


@pytest.fixture
def register(app):
    return Register()


def test_a_step_counts_that_is_due_in_the_period_while_its_programme_is_in_force(register):
    plans = {
        "due before it": (SIGNED, None, BEFORE, 0),
        "due on its first day": (SIGNED, None, START, 1),
        "due on its last day": (SIGNED, None, LAST, 1),
        "due after it": (SIGNED, None, AFTER, 0),
        "a draft": (None, None, DUE, 0),
        "approved on the day": (DUE, None, DUE, 1),
        "approved after it": (NEXT, None, DUE, 0),
        "closed on the day": (SIGNED, DUE, DUE, 0),
        "closed after it": (SIGNED, NEXT, DUE, 1),
    }
    people = {}
    for name, (approved_on, closed_on, due_on, counts) in plans.items():
        case = register.case(EARLIER)
        register.plan(case, approved_on, (due_on, {}), closed_on=closed_on)
        people[name] = case, counts
    later = register.case(EARLIER)
    register.plan(later, SIGNED, (DUE, {"phase": Phase.FUTURE}))
    people["of a goal for later"] = later, 0

    check("I-05.due", people)
    check("I-05", {name: (case, 0) for name, (case, _counts) in people.items()})


def test_a_version_that_moves_the_day_before_it_comes_takes_its_place(register):
    people = {}
    for replaced_on, counts in ((date(2026, 4, 3), 1), (DUE, 1), (NEXT, 2)):
        case = register.case(EARLIER)
        program, _steps = register.plan(case, SIGNED, (DUE, {}))
        version = register.draft(program)
        register.step(program, date(2026, 6, 6))
        register.approve(version, replaced_on)
        people[f"moved on {replaced_on}"] = case, counts

    check("I-05.due", people)


def test_a_step_stands_as_its_latest_entry_by_the_end_of_the_period_says(register):
    told = {
        "nothing": ([], 1, 0),
        "done early": ([(StepState.DONE, date(2026, 3, 3))], 1, 1),
        "done late, within the period": ([(StepState.DONE, LAST)], 1, 1),
        "done after the period": ([(StepState.DONE, AFTER)], 1, 0),
        "not done after all": ([(StepState.DONE, DUE), (StepState.UNDER_WAY, LAST)], 1, 0),
        "not needed": ([(StepState.NOT_NEEDED, DUE)], 0, 0),
        "not needed any more after the period": ([(StepState.NOT_NEEDED, AFTER)], 1, 0),
    }
    due, done = {}, {}
    for name, (entries, is_due, is_done) in told.items():
        case = register.case(EARLIER)
        program, (step,) = register.plan(case, SIGNED, (DUE, {}))
        for state, on in entries:
            register.progress(program, step, state, on)
        due[name], done[name] = (case, is_due), (case, is_done)

    check("I-05.due", due)
    check("I-05", done)


def test_a_step_counts_by_its_direction_in_the_region_of_its_day(register):
    case = register.case(EARLIER)
    register.plan(case, SIGNED, (date(2026, 2, 2), {"direction": Direction.LEGAL}), (date(2026, 5, 5), {}))
    register.hand_over(case, datetime(2026, 3, 3, tzinfo=UTC))

    facts = gathered()

    assert [facts.total("I-05.due", region=region) for region in (HERE, THERE)] == [1, 1]
    assert [facts.total("I-05.due", direction=code) for code in ("legal", "none")] == [1, 1]


def test_steps_of_two_cases_of_one_person_each_count_while_their_case_is_on_the_register(register):
    first = register.case(EARLIER, date(2026, 3, 3))
    second = register.case(date(2026, 1, 1), of=first)
    for case in (first, second):
        register.plan(case, date(2026, 1, 5), (DUE, {}), (date(2026, 2, 2), {}))

    facts = gathered()

    assert facts.total("I-05.due") == 3  # nothing of April in the case that ended in March
    assert {(row.who, row.contributors, row.largest) for row in facts.makeup if row.cell == ()} == {
        ("office", 1, 3), ("person", 1, 3),
    }  # fmt: skip


def test_a_referral_counts_by_the_day_it_was_made_while_its_case_is_on_the_register(register):
    days = {BEFORE: 0, START: 1, LAST: 1, AFTER: 0}
    people = {}
    for on, counts in days.items():
        case = register.case(EARLIER)
        register.refer(case, on)
        people[f"made on {on}"] = case, counts
    for on, counts in ((date(2026, 5, 9), 1), (date(2026, 5, 10), 0)):
        case = register.case(EARLIER, date(2026, 5, 10))
        register.refer(case, on, Direction.FAMILY)
        people[f"left, made on {on}"] = case, counts

    check("I-06.offered", people)
    assert gathered().total("I-06.offered", direction="family") == 1


def test_what_became_of_a_referral_by_the_end_of_the_period(register):
    by = date(2026, 5, 5)
    told = {
        "declined": ([(Event.DECLINED, by, {"reason": "no_places"})], 1, 1, 0),
        "declined after the period": ([(Event.DECLINED, AFTER, {"reason": "no_places"})], 1, 0, 0),
        "refused by the person": ([started(by), (Event.DROPPED, by, {"reason": "person_refused"})], 1, 1, 0),
        "the person moved": ([started(by), (Event.DROPPED, by, {"reason": "moved"})], 1, 0, 0),
        "not in need": ([(Event.DONE, by, {"result": Result.NOT_IN_NEED})], 1, 0, 1),
        "helped": ([(Event.DONE, LAST, {"result": Result.HELPED})], 1, 0, 0),
        "taken back by the office": ([(Event.WITHDRAWN, by, {"words": "-"})], 0, 0, 0),
        "taken back after the period": ([(Event.WITHDRAWN, AFTER, {"words": "-"})], 1, 0, 0),
        "received": ([(Event.RECEIVED, by, {})], 1, 0, 0),
    }
    counted = {"I-06.offered": {}, "I-06": {}, "I-06.not_needed": {}}
    for name, (events, *numbers) in told.items():
        case = register.case(EARLIER)
        referral = register.refer(case, DUE)
        for kind, on, facts in events:
            register.answer(referral, kind, on, **facts)
        for people, number in zip(counted.values(), numbers, strict=True):
            people[name] = case, number

    for quantity, people in counted.items():
        check(quantity, people)


def started(on):
    return Event.STARTED, on, {}
