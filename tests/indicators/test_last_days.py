"""The edges of a person's time on the register, for every quantity at once: worked out by hand for 2026H1."""

from datetime import date

import pytest

from app.assistance.vocabulary import Direction
from app.clients.vocabulary import Employment, Ground
from app.indicators.facts.gathering import gather
from app.indicators.periods import parse
from app.supervision.contacts.vocabulary import Attended
from tests.factories.services import make_service
from tests.indicators.happenings import LAST, MINOR, Happenings


@pytest.fixture
def register(app, stopped_clock):
    return Happenings()


def live_through(register, case, day) -> None:
    """All that a person may be counted for happens on one day."""
    register.offence(case, day)
    register.meet(case, day)
    register.violate(case, day)
    register.answer(case, day)
    register.attend(register.event(day), case, Attended.CAME)
    register.refer(case, make_service(code=f"at-{day}", direction=Direction.MEDICAL), day)
    register.lives(case, Employment.EMPLOYED, day)
    register.level(case, day)


def counted(period: str = "2026H1") -> dict[str, int]:
    """Every quantity that is not nought, over everybody; groups that overlap stand once."""
    facts = gather(parse(period))
    return {code: total for code in {each.quantity for each in facts.facts} if (total := facts.total(code))}


def test_of_a_case_opened_and_closed_on_one_day_nothing_counts(register):
    day = date(2026, 3, 3)
    case = register.born(MINOR, day)
    live_through(register, case, day)
    register.deregister_for(case, day, Ground.TERM_ENDED)

    assert counted() == {}


def test_who_dies_on_the_last_day_counts_until_the_day_before_and_is_followed_by_nobody(register):
    case = register.born(MINOR)
    live_through(register, case, LAST)
    register.deregister_for(case, LAST, Ground.DEATH)

    assert counted() == {"register": 1}
    assert counted("2026H2") == {}
    assert "I-02.left" not in counted("2027H1")


def test_who_leaves_the_day_after_the_last_one_counts_for_all_of_that_day(register):
    case = register.born(MINOR)
    register.level(case, date(2026, 1, 1))
    live_through(register, case, LAST)
    register.deregister_for(case, date(2026, 7, 1), Ground.TERM_ENDED)

    assert counted() == {
        "register": 1, "I-01": 1, "I-03.able": 1, "I-03": 1, "I-06.offered": 1, "I-07": 1, "I-08": 1, "I-11": 1,
        "I-11.minutes": 60, "I-12": 1, "I-13": 1, "I-13.warnings": 1, "M-19.referred": 1,
    }  # fmt: skip
    assert counted("2027H2")["I-02.left"] == 1


def test_who_turns_eighteen_in_the_period_is_a_minor_in_none_of_it(register):
    """Whose birthday is the last day is grown on it; whose is the day after is a minor for all of the period."""
    for born_on in (date(2008, 6, 30), date(2008, 7, 1)):
        case = register.born(born_on)
        register.attend(register.event(date(2026, 2, 2)), case, Attended.CAME)

    facts = gather(parse("2026H1"))
    assert (facts.total("register", age="14-17"), facts.total("register", age="18-29"), facts.total("I-12")) == (
        1,
        1,
        1,
    )
