"""What is asked of each person on the register, worked out by hand: region, age, level, offences, work, programme."""

from datetime import UTC, date, datetime

import pytest

from app.assessments.models import Assessment, Override, OverrideAnswer
from app.assessments.models.overrides import OverrideReason
from app.clients.vocabulary import Employment
from app.db import db
from tests.indicators.happenings import check
from tests.indicators.registers import HERE, THERE, Register, gathered, lines, noon

START, LAST, AFTER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)
EARLIER = date(2025, 3, 3)


@pytest.fixture
def register(app):
    return Register()


def line():
    """The only person."""
    (found,) = lines()
    return found


def test_the_region_is_that_of_the_office_on_the_last_day(register):
    register.case(EARLIER)
    register.hand_over(register.case(EARLIER), datetime(2026, 5, 5, tzinfo=UTC))

    facts = gathered()

    assert facts.regions == (HERE, THERE)
    assert (facts.total("register", region=HERE), facts.total("register", region=THERE)) == (1, 1)


def test_the_age_is_the_one_of_the_last_day(register):
    born = {
        date(2008, 7, 1): "14-17",  # 18 on the day after the last one
        date(2008, 6, 30): "18-29",
        date(1996, 7, 1): "18-29",
        date(1996, 6, 30): "30-44",
        date(1981, 6, 30): "45-59",
        date(1966, 6, 30): "60+",
    }
    for born_on in born:
        register.case(EARLIER).client.born_on = born_on
    register.save()

    found = lines(wanted=())

    assert [row["age"] for row in found] == list(born.values())


def test_who_was_born_on_29_february_is_a_year_older_on_1_march(register):
    case = register.case(EARLIER, date(2026, 3, 1))
    case.client.born_on = date(2008, 2, 29)
    register.save()

    assert line()["age"] == "14-17"  # the reference day is 28 February


def test_the_basis_is_that_of_the_case_by_which_the_person_counts(register):
    first = register.case(EARLIER, legal_basis="corrective_works")
    register.case(date(2026, 2, 2), of=first, legal_basis="community_service")

    assert line()["basis"] == "community_service"


def test_the_level_is_the_one_of_the_latest_assessment(register):
    case = register.case(EARLIER)
    assert line()["level"] == "none"

    register.assess(case, date(2026, 2, 2), AFTER)
    assert line()["level"] == "low"


def test_an_override_counts_from_its_approval(register):
    answers = {
        (datetime(2026, 6, 30, 18, 59, tzinfo=UTC), True): "medium",
        (datetime(2026, 6, 30, 19, 0, tzinfo=UTC), True): "low",  # July in the country
        (datetime(2026, 3, 3, tzinfo=UTC), False): "low",
        (None, None): "low",
    }
    for answered_at, is_approved in answers:
        case = register.case(EARLIER)
        register.assess(case, date(2026, 2, 2), AFTER)
        propose(register, case, answered_at, is_approved)

    assert [row["level"] for row in lines(wanted=("level",))] == list(answers.values())


def propose(register, case, answered_at, is_approved):
    override = register.save(Override(
        assessment_id=db.session.query(Assessment).filter_by(case_id=case.id).one().id, from_level="low",
        to_level="medium", reason=OverrideReason.HARM, words="-", by_id=register.officer.id, at=noon(date(2026, 2, 3)),
    ))  # fmt: skip
    if answered_at:
        register.save(OverrideAnswer(
            override_id=override.id, is_approved=is_approved, words="-", by_id=register.head.id, at=answered_at
        ))  # fmt: skip


def test_a_new_offence_counts_on_a_day_of_the_period_on_the_register(register):
    people = {}
    for on, counts in ((date(2025, 12, 31), 0), (START, 1), (LAST, 1), (AFTER, 0)):
        case = register.case(EARLIER)
        register.offence(case, on)
        people[f"on {on}"] = case, counts
    for on, counts in ((date(2026, 2, 1), 0), (date(2026, 2, 2), 1), (date(2026, 5, 10), 0)):
        case = register.case(date(2026, 2, 2), date(2026, 5, 10))
        register.offence(case, on)
        people[f"on the register for a time, on {on}"] = case, counts
    ended = register.case(EARLIER, date(2026, 2, 2))
    register.case(date(2026, 1, 10), of=ended)
    register.offence(ended, date(2026, 3, 3))
    people["in a case that ended, while another goes on"] = ended, 1

    check("I-01", people)


def test_offences_of_one_person_count_once_and_where_the_person_is(register):
    first = register.case(EARLIER)
    second = register.case(date(2026, 2, 2), of=first)
    for case, day in ((first, 3), (first, 4), (second, 4)):
        register.offence(case, date(2026, 4, day))
    register.hand_over(second, datetime(2026, 5, 5, tzinfo=UTC))

    facts = gathered()

    assert (facts.total("I-01"), facts.total("I-01", region=THERE)) == (1, 1)


def test_an_offence_noted_late_counts_by_its_day_and_one_withdrawn_never_was(register):
    register.offence(register.case(EARLIER), LAST, noted_on=date(2026, 9, 9))
    register.withdraw(register.offence(register.case(EARLIER), LAST))

    assert gathered().total("I-01") == 1
    assert gathered("2026H2").total("I-01") == 0


def test_who_is_able_and_seeks_work_and_who_has_it(register):
    work = {
        Employment.EMPLOYED: (1, 1),
        Employment.SELF_EMPLOYED: (1, 1),
        Employment.SEEKING: (1, 0),
        Employment.STUDYING: (0, 0),
        Employment.NOT_SEEKING: (0, 0),
        Employment.UNABLE: (0, 0),
        Employment.UNKNOWN: (0, 0),
    }
    able, working = {}, {}
    for employment, (is_able, is_working) in work.items():
        case = register.case(EARLIER)
        register.lives(case, employment, EARLIER)
        able[employment], working[employment] = (case, is_able), (case, is_working)

    check("I-03.able", able)
    check("I-03", working)


def test_the_work_is_the_one_known_of_the_last_day(register):
    changed, later, ended = (register.case(EARLIER) for _ in range(3))
    for employment, since in ((Employment.SEEKING, EARLIER), (Employment.EMPLOYED, LAST), (Employment.SEEKING, AFTER)):
        register.lives(changed, employment, since)
    register.lives(later, Employment.EMPLOYED, AFTER)
    register.lives(ended, Employment.EMPLOYED, EARLIER, LAST)

    check("I-03", {"what begins ends what was": (changed, 1), "not yet known": (later, 0), "ended": (ended, 0)})
    check("I-03.able", {"changed": (changed, 1)})


def test_a_programme_is_approved_in_time_within_the_term(register):
    at_last, late, renewed, closed = (register.case(date(2026, 2, 2)) for _ in range(4))
    register.program(at_last, date(2026, 3, 19))  # 2 February and 45 days
    register.program(late, date(2026, 3, 20))
    register.program(renewed, date(2026, 3, 3), date(2026, 4, 4))
    register.program(renewed, date(2026, 5, 5))
    register.program(closed, date(2026, 3, 3), date(2026, 4, 4))
    ended = register.case(EARLIER, date(2025, 9, 9))
    register.program(ended, date(2025, 4, 4), date(2025, 9, 9))
    register.program(register.case(date(2026, 2, 2), of=ended), date(2026, 5, 5))

    cases = {"at last": at_last, "late": late, "renewed": renewed, "closed": closed, "of a case long ended": ended}
    covered, in_time = (1, 1, 1, 0, 1), (1, 0, 1, 0, 0)
    check("I-04", {name: (case, number) for (name, case), number in zip(cases.items(), covered, strict=True)})
    check("I-04.in_time", {name: (case, number) for (name, case), number in zip(cases.items(), in_time, strict=True)})
