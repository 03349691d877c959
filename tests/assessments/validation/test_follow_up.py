"""Who counts, for how long and with what, worked out by hand; what happened before 1 November 2026 counts."""

from collections import Counter
from datetime import date, timedelta

import pytest

from app.access.models import Role
from app.assessments.figures import usage
from app.assessments.figures.follow_up import Kind, follow
from app.assessments.models import Assessment, Completion, ItemAnswer, Override, OverrideAnswer, OverrideReason
from app.assessments.validation.question import Cut, Event, Question
from app.clients.cases import Deregistration
from app.clients.events import CaseEvent, EventKind, EventWithdrawal
from app.clients.vocabulary import Ground, Sex
from tests.factories.people import make_region, make_user
from tests.indicators.registers import Register, noon

UNTIL, ASSESSED, REGISTERED = date(2026, 11, 1), date(2025, 1, 10), date(2025, 1, 2)
YEAR = timedelta(days=365)


class Watched(Register):
    """Builds people who were assessed, and what became of them."""

    def person(self, assessed: date = ASSESSED, **facts):
        case = self.case(facts.pop("registered_on", REGISTERED), **facts)
        self.complete(case, assessed)
        return case

    def complete(self, case, on: date, *answers: ItemAnswer) -> Assessment:
        assessment = self.begin_assessment(case)
        for answer in answers:
            answer.assessment_id = assessment.id
            self.save(answer)
        self.save(Completion(
            assessment_id=assessment.id, on=on, at=noon(on), by_id=self.officer.id, points=1, level="low", result={},
            conclusion="-", reassess_by=date(2027, 1, 1),
        ))  # fmt: skip
        return assessment

    def override(self, assessment: Assessment, is_approved: bool) -> None:
        at, by = noon(date(2026, 3, 3)), make_user(Role.SUPERVISOR)
        override = self.save(Override(
            assessment_id=assessment.id, from_level="low", to_level="medium", reason=OverrideReason.HARM, words="-",
            by_id=self.officer.id, at=at,
        ))  # fmt: skip
        self.save(OverrideAnswer(override_id=override.id, is_approved=is_approved, words="-", at=at, by_id=by.id))

    def note(self, case, on: date, kind: EventKind = EventKind.NEW_OFFENCE) -> CaseEvent:
        return self.save(CaseEvent(
            case_id=case.id, kind=kind, on=on, recorded_at=noon(on), recorded_by_id=self.officer.id
        ))  # fmt: skip

    def withdraw(self, event: CaseEvent) -> None:
        self.save(EventWithdrawal(event_id=event.id, at=noon(UNTIL), by_id=self.officer.id, reason="A mistake"))


@pytest.fixture
def watched(app):
    return Watched()


def asked(event: Event = Event.NEW_OFFENCE, cut: Cut = Cut.SEX) -> Question:
    return Question("test", 1, event, cut, UNTIL)


def outcome(question: Question | None = None) -> tuple[int, int]:
    """People followed, and events within the year."""
    rows = follow(question or asked())[Kind.OUTCOMES]
    return sum(row.people for row in rows), sum(row.events for row in rows)


def watches(question: Question | None = None) -> list[tuple[int, int]]:
    """The days for which each person was watched, and whether the event ended it."""
    rows = follow(question or asked())[Kind.LIVES]
    return sorted((row.days, done) for row in rows for done in [1] * row.events + [0] * (row.people - row.events))


def test_who_is_watched_for_a_year_is_followed_with_the_event_or_without(watched):
    watched.person()
    watched.note(watched.person(), date(2025, 6, 1))

    assert outcome() == (2, 1)
    assert watches() == [(142, 1), (660, 0)]


def test_who_leaves_early_is_followed_only_with_the_event_before(watched):
    watched.person(left_on=date(2025, 5, 1))
    watched.note(watched.person(left_on=date(2025, 5, 1)), date(2025, 4, 1))
    watched.note(watched.person(left_on=date(2025, 5, 1)), date(2025, 5, 1))
    watched.note(watched.person(left_on=date(2025, 5, 1)), date(2025, 5, 2))

    assert outcome() == (2, 2)
    assert watches() == [(81, 1), (111, 0), (111, 0), (111, 1)]


def test_a_year_that_is_not_over_tells_nothing_yet(watched):
    watched.note(watched.person(assessed=date(2026, 1, 10)), date(2026, 2, 1))
    watched.person(assessed=UNTIL - YEAR)
    watched.person(assessed=UNTIL - YEAR + timedelta(days=1))
    watched.person(assessed=UNTIL)

    assert outcome() == (1, 0)
    assert watches() == [(22, 1), (364, 0), (365, 0)]


def test_only_what_comes_after_the_assessment_and_stands_counts(watched):
    person = watched.person()
    watched.note(person, ASSESSED)
    watched.withdraw(watched.note(person, date(2025, 6, 1)))
    watched.note(person, date(2025, 7, 1), EventKind.BREACH)
    watched.note(person, UNTIL)

    assert outcome() == (1, 0)
    assert outcome(asked(Event.BREACH)) == (1, 1)


def test_the_last_day_of_the_year_counts_and_the_next_no_more(watched):
    watched.note(watched.person(), ASSESSED + YEAR)
    watched.note(watched.person(), ASSESSED + YEAR + timedelta(days=1))

    assert outcome() == (2, 1)
    assert watches() == [(365, 1), (366, 1)]


def test_nobody_is_watched_for_more_than_two_years(watched):
    long_ago = date(2023, 1, 10)
    watched.note(watched.person(assessed=long_ago, registered_on=long_ago), date(2025, 2, 1))

    assert watches() == [(730, 0)]


def test_a_person_counts_once_by_the_first_assessment_whatever_the_case(watched):
    first = watched.person()
    watched.complete(first, date(2025, 8, 1))
    second = watched.case(date(2025, 3, 3), of=first)
    watched.complete(second, date(2025, 3, 10))
    watched.note(second, date(2025, 9, 1))

    assert outcome() == (1, 1)
    assert watches() == [(234, 1)]


def test_custody_is_a_ground_of_leaving_the_register(watched):
    case = watched.person()
    watched.save(Deregistration(
        case_id=case.id, ground=Ground.REPLACED_BY_CUSTODY, on=date(2025, 5, 1), by_id=watched.officer.id,
        at=noon(UNTIL),
    ))  # fmt: skip
    watched.person(left_on=date(2025, 5, 1))

    assert outcome(asked(Event.CUSTODY)) == (1, 1)
    assert watches(asked(Event.CUSTODY)) == [(111, 0), (111, 1)]


def test_groups_are_cut_by_sex_by_age_and_by_the_office_of_that_day(watched):
    woman = watched.person(sex=Sex.FEMALE)
    watched.hand_over(woman, noon(date(2025, 3, 3)))
    moved = watched.person()
    watched.hand_over(moved, noon(date(2025, 1, 5)))
    for case, born_on in ((woman, date(2007, 1, 11)), (moved, date(2007, 1, 10))):
        case.client.born_on = born_on
    watched.elsewhere.region_code = make_region("190000000").code
    watched.save()

    def people(cut: Cut) -> dict:
        return {row.group: row.people for row in follow(asked(cut=cut))[Kind.LIVES]}

    assert people(Cut.SEX) == {Sex.FEMALE: 1, Sex.MALE: 1}
    assert people(Cut.AGE) == {0: 1, 1: 1}
    assert set(people(Cut.REGION).values()) == {1}


def test_years_are_told_apart(watched):
    for assessed in (date(2026, 10, 31), date(2025, 11, 1), date(2025, 10, 31), date(2021, 11, 1), date(2021, 10, 31)):
        watched.person(assessed=assessed, registered_on=date(2021, 1, 4))

    rows = follow(asked())[Kind.DRIFT]
    assert {row.window: (row.people, row.followed) for row in rows} == {0: (2, 1), 1: (1, 1), 4: (1, 1)}


def test_overrides_of_the_last_year_are_counted_by_office(watched):
    for on, is_approved in ((date(2026, 3, 3), True), (date(2026, 3, 3), False), (date(2025, 3, 3), True)):
        watched.override(watched.complete(watched.case(REGISTERED), on), is_approved)

    found = Counter({(row.office, row.to_level): row.assessments for row in usage.overrides(asked())})
    assert found == {("A-1", "medium"): 1, ("A-1", None): 1}
    levels = {row.final_level: row.people for row in follow(asked())[Kind.OUTCOMES]}
    assert levels == {"medium": 1}


def test_answers_left_open_are_counted_by_office_and_year(watched):
    known, unknown = ItemAnswer(item_code="a", option_code="no"), ItemAnswer(item_code="b", option_code=None)
    carried = ItemAnswer(item_code="c", option_code="yes", carried_over=True)
    watched.complete(watched.case(REGISTERED), date(2026, 3, 3), known, unknown, carried)
    watched.complete(watched.case(REGISTERED), date(2025, 3, 3), ItemAnswer(item_code="a", option_code="no"))

    rows = {row.window: tuple(row) for row in usage.answers(asked())}
    assert rows == {0: ("A-1", 0, 1, 3, 1, 1), 1: ("A-1", 1, 1, 1, 0, 0)}


def test_every_version_that_was_used_is_named(watched):
    watched.person()
    watched.person(assessed=date(2026, 3, 3))

    (row,) = usage.instruments_used(UNTIL)
    assert tuple(row) == ("test", "1", 2, 1)
