"""Reckoning with terms: what is sure for every day, with clocks that stand and clocks that go on."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction as Part
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.clients.working_days import calendar
from app.supervision.norms import ClockStands, Fraction, Limit, MonthEnd, Per, Span, Term, Unit, days_run
from app.web.dates import local

pytestmark = pytest.mark.one_engine

DAY = timedelta(days=1)
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
TERMS = st.builds(Term, st.integers(1, 120), st.sampled_from(Unit), st.booleans())


@st.composite
def spans(draw):
    start = draw(DAYS)
    return Span(start, start + DAY * draw(st.integers(1, 90)))


SPANS = st.lists(spans(), max_size=4)


@pytest.mark.parametrize(
    ("term", "since", "last"),
    [
        (Term(10, Unit.DAYS), date(2026, 3, 4), date(2026, 3, 14)),  # a Saturday: calendar days end where they end
        (Term(5, Unit.WORKING_DAYS), date(2026, 3, 5), date(2026, 3, 13)),  # over 8 March, its Monday off
        (Term(1, Unit.MONTHS), date(2026, 1, 31), date(2026, 2, 28)),
        (Term(1, Unit.MONTHS), date(2028, 1, 31), date(2028, 2, 29)),
        (Term(12, Unit.MONTHS), date(2024, 2, 29), date(2025, 2, 28)),
        (Term(6, Unit.MONTHS, True), date(2026, 1, 22), date(2026, 7, 22)),  # a Wednesday
        (Term(6, Unit.MONTHS, True), date(2026, 2, 22), date(2026, 8, 21)),  # 22 August is a Saturday: the day before
        (Term(6, Unit.MONTHS, True), date(2026, 9, 25), date(2027, 3, 25)),
        (Term(6, Unit.MONTHS, True), date(2026, 9, 24), date(2027, 3, 19)),  # Nauryz and its days: Friday before
        (Term(15, Unit.DAYS), date(2024, 2, 20), date(2024, 3, 6)),  # over the change of the clocks
    ],
)
def test_a_term_ends_where_the_code_says(term, since, last):
    assert term.after(since) == last


@given(TERMS, DAYS, SPANS)
def test_a_term_never_ends_before_its_event_nor_before_the_end_without_a_search(term, day, stood):
    assert term.after(day) >= day if term.ends_before_rest_day else term.after(day) > day
    assert term.after(day, stood) >= term.after(day)


@given(TERMS, DAYS, st.integers(0, 40), SPANS)
def test_a_later_event_never_gives_an_earlier_end(term, day, later, stood):
    assert term.after(day, stood) <= term.after(day + DAY * later, stood)


@given(TERMS, DAYS, SPANS, st.randoms())
def test_neither_the_order_nor_a_repetition_of_searches_matters(term, day, stood, chance):
    shuffled = stood + stood
    chance.shuffle(shuffled)

    assert term.after(day, shuffled) == term.after(day, stood)


@given(TERMS, DAYS, spans())
def test_a_search_outside_the_term_changes_nothing(term, day, span):
    assume(span.to_on <= day + DAY or span.from_on > Term(term.count, term.unit).after(day))

    assert term.after(day, [span]) == term.after(day)


@given(st.integers(1, 400), DAYS, SPANS)
def test_the_days_that_ran_are_the_days_of_the_term(count, day, stood):
    last = Term(count, Unit.DAYS).after(day, stood)

    assert days_run(day, last, stood) == count
    assert days_run(day, last - DAY, stood) == count - 1


@given(TERMS, DAYS, st.integers(0, 400), st.integers(1, 90))
def test_a_search_within_the_term_is_as_long_as_the_delay(term, day, after, length):
    """Round trip: a term with a search ends where the same term ends that begins so many days later."""
    plain = Term(term.count, term.unit)
    start = day + DAY * (1 + after)
    assume(start <= plain.after(day))
    assume(term.unit is not Unit.WORKING_DAYS)

    assert term.after(day, [Span(start, start + DAY * length)]) == term.after(day + DAY * length)


@given(st.integers(1, 60), DAYS, SPANS)
def test_working_days_of_a_search_are_not_counted(count, day, stood):
    last = Term(count, Unit.WORKING_DAYS).after(day, stood)
    went = [
        one for number in range(1, (last - day).days + 1)
        if calendar().is_working(one := day + DAY * number) and not any(span.covers(one) for span in stood)
    ]  # fmt: skip

    assert len(went) == count and went[-1] == last


@given(TERMS, DAYS, DAYS, SPANS)
def test_while_the_clock_stands_there_is_no_end(term, day, since, stood):
    plain, waiting = Term(term.count, term.unit), [*stood, Span(since)]
    ended = plain.after(day, stood) < since

    assert (term.end(day, waiting) is not None) == ended
    if ended:
        assert term.end(day, waiting) == term.after(day, stood)
    else:
        with pytest.raises(ClockStands):
            term.after(day, waiting)


@given(st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.MONTHS]), DAYS)
def test_what_is_counted_back_lies_before(count, unit, day):
    term = Term(count, unit)

    assert term.before(day) < day
    assert term.after(term.before(day)) <= day


def test_the_timesheet_is_due_on_the_last_working_day_of_the_month():
    assert MonthEnd().after(date(2026, 11, 2)) == date(2026, 11, 30)
    assert MonthEnd().after(date(2026, 10, 31)) == date(2026, 10, 30)  # the 31st is a Saturday
    assert MonthEnd().after(date(2027, 2, 28)) == date(2027, 2, 26)


def test_half_of_a_term_is_never_less_than_half():
    assert Fraction(Part(1, 2)).of(date(2026, 1, 1), date(2026, 1, 11)) == date(2026, 1, 6)
    assert Fraction(Part(1, 2)).of(date(2026, 1, 1), date(2026, 1, 12)) == date(2026, 1, 7)


@pytest.mark.parametrize(("count", "passed"), [(2, False), (3, True)])
def test_two_absences_a_month_are_not_yet_too_many(count, passed):
    assert Limit(2, Per.MONTH).is_passed(count) is passed


@pytest.mark.parametrize(("day", "is_repeat"), [(300, True), (365, True), (366, False), (370, False)])
def test_a_repeat_lies_within_365_days(day, is_repeat):
    first = date(2026, 1, 10)

    assert (first + DAY * day <= Term(365, Unit.DAYS).after(first)) is is_repeat


@pytest.mark.parametrize(("day", "is_hiding"), [(15, False), (16, True)])
def test_a_person_is_hiding_on_the_sixteenth_day(day, is_hiding):
    missed = date(2026, 11, 2)

    assert (days_run(missed, missed + DAY * day) > Term(15, Unit.DAYS).count) is is_hiding


def test_terms_count_local_days_across_the_change_of_the_clocks():
    """Almaty went from UTC+6 to UTC+5 on 1 March 2024: that day had 25 hours, and is one day of a term."""
    almaty = ZoneInfo("Asia/Almaty")
    before = datetime.combine(date(2024, 2, 29), time(23, 30), almaty)
    since = local(before.astimezone(UTC)).date()
    last = Term(1, Unit.DAYS).after(since)

    assert (since, last) == (date(2024, 2, 29), date(2024, 3, 1))
    midnight = datetime.combine(last, time(), almaty).astimezone(UTC)
    assert datetime.combine(last + DAY, time(), almaty).astimezone(UTC) - midnight == timedelta(hours=24)
    assert midnight - datetime.combine(since, time(), almaty).astimezone(UTC) == timedelta(hours=25)
    assert local(datetime(2024, 2, 29, 18, 30, tzinfo=UTC)).date() == date(2024, 2, 29)
