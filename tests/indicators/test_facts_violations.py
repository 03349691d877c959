"""I-13, worked out by hand: violations, warnings, representations, and who was taken into custody."""

from datetime import UTC, date, datetime

import pytest

from app.clients.vocabulary import Ground
from app.supervision.violations.vocabulary import AnswerKind
from tests.indicators.happenings import AFTER, EARLIER, LAST, START, Happenings, behind_it, check

ON = date(2026, 4, 10)


@pytest.fixture
def register(app):
    return Happenings()


def test_violations_that_stand_count_each_by_its_own_day(register):
    people = {}

    def broke(name, number, *days, **facts):
        case = register.case(EARLIER)
        for day in days:
            register.violate(case, day, **facts)
        people[name] = case, number

    broke("nothing", 0)
    broke("once", 1, ON)
    broke("three times", 3, ON, ON, date(2026, 5, 5))
    broke("by mistake", 0, ON, is_withdrawn=True)
    broke("for a valid reason", 0, ON, is_excused=True)
    broke("on the edges", 2, START, LAST)
    broke("outside", 0, date(2025, 12, 31), AFTER)
    before = register.violate(register.case(date(2026, 5, 1)), date(2026, 5, 1))
    people["on the day of registration"] = before, 1
    left = register.violate(register.case(EARLIER), ON)
    register.deregister(left, date(2026, 5, 1))
    people["and left the register"] = left, 1
    gone = register.violate(register.case(EARLIER), ON)
    register.deregister(gone, ON)
    people["on the day of leaving it"] = gone, 0

    check("I-13", people)


def test_the_events_of_a_person_stand_where_the_person_counts(register):
    first = register.violate(register.case(EARLIER), ON)
    second = register.case(date(2026, 4, 20), of=first)
    register.violate(second, date(2026, 4, 21))
    register.hand_over(second, datetime(2026, 5, 5, tzinfo=UTC))

    assert behind_it("I-13", region=register.elsewhere.region_code, basis=second.legal_basis) == {first.client_id: 2}
    assert behind_it("I-13", "2026M04") == {first.client_id: 2}
    assert behind_it("I-13", "2026M05") == {}


def test_answers_count_once_signed_and_while_they_stand(register):
    warnings, representations = {}, {}

    def answered(name, signed_on, warned=0, represented=0, **facts):
        case = register.answer(register.case(EARLIER), signed_on, **facts)
        warnings[name], representations[name] = (case, warned), (case, represented)

    court = {"kind": AnswerKind.REPRESENTATION, "measure": "replace"}
    answered("a warning", ON, warned=1)
    answered("a representation", ON, represented=1, **court)
    answered("a reward by the court", ON, kind=AnswerKind.REPRESENTATION, measure="early-cancellation")
    answered("thanks", ON, kind=AnswerKind.INCENTIVE, measure="thanks")
    answered("a draft", None)
    answered("taken back", ON, is_withdrawn=True)
    answered("on the last day", LAST, warned=1)
    answered("the day after", AFTER)

    check("I-13.warnings", warnings)
    check("I-13.representations", representations)


def test_custody_counts_on_the_last_day_on_the_register(register):
    people = {}
    for name, on, counts in (
        ("in the period", ON, 1),
        ("with its first day", START, 0),  # the last day on the register was before it
        ("the day after it began", date(2026, 1, 2), 1),
        ("with the first day after it", AFTER, 1),
        ("later", date(2026, 7, 2), 0),
    ):
        case = register.case(EARLIER)
        register.deregister_for(case, on, Ground.REPLACED_BY_CUSTODY)
        people[name] = case, counts
    other = register.case(EARLIER, ON)
    people["because the term ended"] = other, 0
    twice = register.case(EARLIER)
    again = register.case(date(2026, 1, 5), of=twice)
    for case in (twice, again):
        register.deregister_for(case, ON, Ground.REPLACED_BY_CUSTODY)
    people["in two cases"] = twice, 1

    check("I-13.custody", people)
