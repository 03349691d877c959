"""Half-years, months and years begin, end and follow each other where the calendar says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators.periods import HalfYear, Kind, NoSuchPeriod, half_year_of, last_over, months_of, parse

pytestmark = pytest.mark.one_engine

half_years = st.builds(HalfYear, st.integers(2018, 2900), st.sampled_from([1, 2]))


@pytest.mark.parametrize(
    ("code", "start", "end", "due"),
    [
        ("2026H1", date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 10)),
        ("2019H2", date(2019, 7, 1), date(2020, 1, 1), date(2020, 1, 10)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1), date(2027, 1, 10)),
        ("2028M02", date(2028, 2, 1), date(2028, 3, 1), date(2028, 3, 10)),
        ("2026M12", date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 10)),
    ],
)
def test_a_period_runs_from_its_first_day_to_the_day_after_its_last(code, start, end, due):
    period = parse(code)

    assert (period.start, period.end, period.report_due_on, str(period)) == (start, end, due, code)
    assert start in period
    assert end not in period


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "2026H0",
        "2026H3",
        "2026h1",
        " 2026H1",
        "2026H1\n",
        "26H1",
        "2016H2",
        "٢٠٢٦H1",
        "2026-H1",
        "2026M0",
        "2026M13",
        "2026M6",
        "2016",
    ],
)
def test_nonsense_is_refused(nonsense):
    with pytest.raises(NoSuchPeriod):
        parse(nonsense)


def test_a_half_year_is_over_when_its_last_day_has_passed():
    period = parse("2026H1")

    assert not period.is_over(on=date(2026, 6, 30))
    assert period.is_over(on=date(2026, 7, 1))
    assert last_over(on=date(2026, 7, 1)) == period
    assert last_over(on=date(2026, 6, 30)) == parse("2025H2")


def test_there_is_nothing_before_the_plan():
    with pytest.raises(NoSuchPeriod):
        parse("2017H1").previous()


@given(half_years)
def test_half_years_meet_without_gap_or_overlap(period):
    assert period.next().start == period.end
    assert period.next().previous() == period == period.previous().next()
    assert parse(period.code) == half_year_of(period.start) == half_year_of(period.end - timedelta(days=1)) == period
    assert period < period.next()


@given(half_years)
def test_a_year_is_its_halves_and_a_half_year_its_months(period):
    year = period.within()

    assert year.kind is Kind.YEAR
    assert period in year.halves()
    assert [half.start for half in year.halves()][0] == year.start
    assert year.halves()[1].end == year.end == year.next().start
    months = months_of(period)
    assert (months[0].start, months[-1].end, len(months)) == (period.start, period.end, 6)
    assert all(month.within() == period and month.next().previous() == month for month in months)
    assert not any(month.may_be_released for month in months)
