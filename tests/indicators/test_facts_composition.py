"""The composition of measure 19, worked out by hand: needs, help by direction, people outside work."""

from datetime import UTC, date, datetime

import pytest

from app.assistance.models import ReferralEvent
from app.assistance.referrals.vocabulary import Event, Result
from app.assistance.vocabulary import Direction
from app.clients.models import Circumstances
from app.clients.vocabulary import Education, Employment, Family
from app.indicators.calculation import cells_of, tables_of
from app.indicators.definitions.reading import book
from app.indicators.facts.gathering import gather
from app.indicators.periods import parse
from tests.factories.services import make_service
from tests.indicators.happenings import AFTER, EARLIER, LAST, START, Happenings, behind_it, check
from tests.indicators.registers import noon


@pytest.fixture
def register(app):
    return Happenings()


def test_needs_are_those_of_the_last_assessment_each_once(register):
    money, none, both = (register.case(EARLIER) for _case in range(3))
    register.needs(money, START, ("income", True, "high"), ("debts", True, "medium"), ("family", False, "low"))
    register.needs(none, START, ("housing", True, None))  # could not be found out
    register.needs(both, date(2025, 9, 9), ("housing", True, "high"))
    register.needs(both, date(2026, 3, 3), ("associates", False, "medium"), ("transport", True, "medium"))
    register.needs(both, AFTER, ("housing", True, "high"))
    people = {"money": (money, 0), "none": (none, 0), "both": (both, 0), "not assessed": (register.case(EARLIER), 0)}

    for need, names in {
        "money": ["money"],
        "associates": ["both"],
        "other": ["both"],
        "housing": [],
        "family": [],
    }.items():
        check("M-19.needs", {name: (case, int(name in names)) for name, (case, _no) in people.items()}, need=need)


def test_referrals_of_the_period_count_once_by_direction(register):
    service, legal = make_service(direction=Direction.EMPLOYMENT), make_service(direction=Direction.LEGAL)
    referred, helped = {}, {}

    def refer(name, is_referred, was_helped, *days, of=None, result=None, ended_on=date(2026, 5, 5), left_on=None):
        case = register.case(EARLIER, left_on)
        for day in days:
            row = register.refer(case, of or service, day)
            if result:
                kind = Event.DONE if isinstance(result, Result) else result
                register.save(ReferralEvent(
                    referral_id=row.id, kind=kind, on=ended_on, result=result if kind is Event.DONE else None,
                    words="-", by_provider=False, by_id=register.officer.id, at=noon(ended_on),
                ))  # fmt: skip
        referred[name], helped[name] = (case, is_referred), (case, was_helped)

    on = date(2026, 4, 10)
    refer("once", 1, 0, on)
    refer("twice", 1, 0, on, date(2026, 4, 11))
    refer("helped", 1, 1, on, result=Result.HELPED)
    refer("partly", 1, 1, on, result=Result.PARTLY_HELPED, ended_on=LAST)
    refer("helped after the period", 1, 0, on, result=Result.HELPED, ended_on=AFTER)
    refer("consulted only", 1, 0, on, result=Result.CONSULTED_ONLY)
    refer("withdrawn", 0, 0, on, result=Event.WITHDRAWN)
    refer("on the first day", 1, 0, START)
    refer("the day after", 0, 0, AFTER)
    refer("off the register that day", 0, 0, on, left_on=on)
    refer("elsewhere", 0, 0, on, of=legal)

    check("M-19.referred", referred, direction="employment")
    check("M-19.helped", helped, direction="employment")


def test_people_outside_work_stand_by_the_reason_and_unknown_in_no_row(register):
    people = {}
    for employment, counts in (
        (Employment.STUDYING, 1), (Employment.RETIRED, 0), (Employment.EMPLOYED, 0), (Employment.UNKNOWN, 0),
    ):  # fmt: skip
        case = register.case(EARLIER)
        register.save(Circumstances(
            client_id=case.client_id, education=Education.UNKNOWN, employment=employment, family=Family.UNKNOWN,
            from_on=EARLIER,
        ))  # fmt: skip
        people[employment.value] = case, counts
    people["nothing noted"] = register.case(EARLIER), 0

    check("M-19.outside", people, outside="studying")
    assert len(behind_it("M-19.outside")) == 2


def test_all_quantities_of_a_period_fit_together_and_to_their_lists(register):
    """Parts within wholes, codes that exist, totals that are the sums of their lists."""
    minor = register.born(date(2009, 3, 3))
    register.violate(register.release(register.level_twice(minor), date(2026, 4, 4)), date(2026, 4, 4))
    register.treat(minor, date(2026, 4, 1), date(2026, 4, 5))
    register.hand_over(minor, datetime(2026, 5, 5, tzinfo=UTC))
    period = parse("2026H1")
    facts, defined = gather(period), book().valid_on(period.start)

    cells_of(facts, defined).check()
    assert tables_of(defined)
    for code in ("I-10", "I-13", "M-19.needs"):
        assert sum(behind_it(code).values()) == facts.total(code)
    assert facts.total("I-08", change="same", region=register.elsewhere.region_code) == 1
    assert [facts.total(code) for code in ("I-09", "I-10", "I-13", "register")] == [1, 1, 1, 1]
