"""I-12, worked out by hand: which minors took part in an activity."""

from datetime import UTC, date, datetime

import pytest

from app.supervision.contacts.vocabulary import Attended, GroupKind
from tests.indicators.happenings import (
    AFTER,
    GROWN,
    LAST,
    MINOR,
    START,
    Happenings,
    behind_it,
    check,
)

ON = date(2026, 4, 10)


@pytest.fixture
def register(app):
    return Happenings()


def test_minors_who_came_to_an_activity_of_the_period_count_once(register):
    people = {}

    def listed(name, counts, *told, on=ON, born_on=MINOR, left_on=None, **event):
        case = register.born(born_on, left_on=left_on)
        register.attend(register.event(on, **event), case, *told)
        people[name] = case, counts

    came = Attended.CAME
    listed("came", 1, came)
    listed("nobody noted it", 0)
    listed("ill", 0, Attended.VALID_REASON)
    listed("did not come", 0, Attended.DID_NOT_COME)
    listed("noted as there, and corrected", 0, came, Attended.DID_NOT_COME)
    listed("noted as absent, and corrected", 1, Attended.NOT_EXPECTED, came)
    listed("a preventive talk", 0, came, kind=GroupKind.PREVENTIVE_TALK)
    listed("cancelled", 0, came, is_cancelled=True)
    listed("on the first day", 1, came, on=START)
    listed("on the last day", 1, came, on=LAST)
    listed("the day after", 0, came, on=AFTER)
    listed("off the register that day", 0, came, left_on=ON)
    listed("off the register the day after", 1, came, left_on=date(2026, 4, 11))
    listed("of age on the last day", 0, came, born_on=GROWN)
    listed("of age the day after", 1, came, born_on=date(2008, 7, 1))
    listed("of age, and off the register before", 1, came, born_on=GROWN, left_on=date(2026, 6, 1))
    listed("born on 29 February", 0, came, born_on=date(2008, 2, 29))

    check("I-12", people)


def test_several_events_and_cases_are_one_minor_where_they_are_at_the_end(register):
    case = register.born(MINOR)
    another = register.case(date(2026, 1, 5), of=case)
    for each in (case, another):
        register.attend(register.event(ON), each, Attended.CAME)
    register.hand_over(another, datetime(2026, 5, 5, tzinfo=UTC))

    assert behind_it("I-12", region=register.elsewhere.region_code) == {case.client_id: 1}
