"""By when an assessment is due: the norms as data, and the day with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.due.falling import Assessed, Occasion, Standing, falls_due, reassess_by
from app.assessments.due.norms import FILE, Trigger, load_norms, norms
from app.assessments.reading import InstrumentFault
from app.assessments.vocabulary import Level, Stage
from app.clients.vocabulary import EventKind

pytestmark = pytest.mark.one_engine

TEXT = FILE.read_text(encoding="utf-8")
MARCH = date(2026, 3, 2)
NEW = Standing(MARCH, Stage.SENTENCE, 30)
LOW = replace(NEW, assessed=Assessed(date(2026, 4, 1), Level.LOW, date(2027, 4, 1)))


def said(standing):
    due = falls_due(norms(), standing)
    return (due.on, due.norm.code if due.norm else None)


def happened(kind, on):
    return replace(LOW, since=(Occasion(Trigger.EVENT, on, kind),))


@pytest.mark.parametrize(("standing", "on", "norm"), [
    (NEW, date(2026, 4, 1), "A-1"),
    (replace(NEW, initial_within_days=10), date(2026, 3, 12), None),
    (replace(NEW, initial_within_days=45), date(2026, 4, 1), "A-1"),
    (LOW, date(2027, 4, 1), "A-2"),
    (replace(LOW, assessed=Assessed(date(2026, 8, 31), Level.MEDIUM, date(2027, 8, 31))), date(2027, 2, 28), "A-3"),
    (replace(LOW, assessed=Assessed(date(2026, 4, 1), Level.HIGH, date(2026, 7, 1))), date(2026, 7, 1), None),
    (happened(EventKind.LOST_WORK, date(2026, 11, 3)), date(2026, 11, 17), "A-6"),
    (happened(EventKind.NEW_OFFENCE, date(2027, 3, 30)), date(2027, 4, 1), "A-2"),
    (happened(EventKind.FOUND_WORK, date(2026, 11, 3)), date(2027, 4, 1), "A-2"),
    (replace(LOW, since=(Occasion(Trigger.TRANSFER, date(2026, 5, 1)),)), date(2026, 5, 15), "A-9"),
    (replace(LOW, since=(Occasion(Trigger.RELEASE, date(2026, 5, 1)),)), date(2027, 4, 1), "A-2"),
    (replace(LOW, stage=Stage.POST_PENITENTIARY, since=(Occasion(Trigger.RELEASE, date(2026, 5, 1)),)),
     date(2026, 5, 15), "A-10"),
    (replace(LOW, since=(Occasion(Trigger.TRANSFER, date(2016, 5, 1)),)), date(2027, 4, 1), "A-2"),
])  # fmt: skip
def test_the_earliest_term_wins_and_says_why(standing, on, norm):
    assert said(standing) == (on, norm)


def test_nothing_is_due_where_no_instrument_fits_or_there_is_no_stage():
    assert falls_due(norms(), replace(LOW, initial_within_days=None)) is None
    assert falls_due(norms(), replace(LOW, stage=None)) is None


def test_a_completion_names_the_stricter_of_norm_and_instrument():
    assert reassess_by(norms(), date(2026, 8, 31), Level.HIGH, Stage.SENTENCE, 12) == date(2027, 2, 28)
    assert reassess_by(norms(), date(2026, 8, 31), Level.HIGH, Stage.SENTENCE, 3) == date(2026, 11, 30)


days = st.dates(date(2026, 4, 2), date(2028, 1, 1))
occasions = st.lists(st.builds(Occasion, st.just(Trigger.EVENT), days, st.sampled_from(EventKind)), max_size=5)


@given(occasions, occasions)
def test_what_happens_never_gives_more_time(earlier, more):
    before = falls_due(norms(), replace(LOW, since=tuple(earlier)))
    after = falls_due(norms(), replace(LOW, since=(*earlier, *more)))

    assert after.on <= before.on <= LOW.assessed.reassess_by


def broken(old, new, text=TEXT):
    assert old in text
    with pytest.raises(InstrumentFault) as refused:
        load_norms(text.replace(old, new, 1))
    return str(refused.value)


OTHER = TEXT.partition("  - code: A-6")[2]
A_6 = "  - code: A-6" + OTHER.partition("  - code: A-7")[0]


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("events: [lost_work]", "events: [lost_sleep]", "norms[5].events[0] (line 82): is not one of new_offence"),
    ("levels: [low]", "levels: [lowest]", "is not one of low, medium, high"),
    ("stages: [post_penitentiary]", "stages: [jail]", "is not one of pre_trial"),
    ("trigger: transfer", "trigger: moving", "is not one of registration"),
    ("days: 30", "days: 0", "is less than 1"),
    ("days: 30", "days: 30\n    months: 1", "says its term in one of: days, months"),
    ("months: 12", "weeks: 52", "has an unknown key: weeks"),
    ("    events: [lost_work]\n", "", "lacks the key: events"),
    ("trigger: transfer", "trigger: transfer\n    events: [breach]", "does not belong to the trigger transfer"),
    ("valid_from: 2017-01-01", "valid_from: 2017-02-30", "is not a date like 2026-01-31"),
    ("valid_from: 2017-01-01", "valid_from: 2017-01-01\n    valid_to: 2016-01-01", "is not after valid_from"),
    ("valid_from: 2017-01-01", "valid_from: 2018-01-01", "say nothing from 2017-01-01 for registration"),
    ("levels: [medium, high]", "levels: [medium]", "say nothing from 2017-01-01 for completion high"),
    ("levels: [medium, high]", "levels: [low, medium, high]", "overlap: A-2 and A-3 both say when for completion low"),
    ("events: [lost_home]", "events: [lost_home, lost_work]",
     "overlap: A-6 and A-7 both say when for event lost_work"),
    ("code: A-7", "code: A-6", "hold A-6 twice on the same day"),
    (A_6, A_6 + A_6.replace("valid_from: 2017", "valid_from: 2027"), "hold A-6 twice on the same day"),
    (A_6, A_6 + "    valid_to: 2026-01-01\n" + A_6.replace("valid_from: 2017", "valid_from: 2027"),
     "leave a gap before A-6 for event lost_work"),
    ("levels: [medium, high]", "levels: [medium, high]\n    valid_to: 2026-01-01", "say nothing from 2026-01-01"),
    ('en: "The first', 'de: "The first', "lacks the key: en"),
])  # fmt: skip
def test_norms_that_do_not_hold_together_are_refused_with_line_and_reason(old, new, fault):
    words = broken(old, new)

    assert fault in words
    assert "line" in words or "say nothing" in words


def test_a_norm_that_changes_holds_for_what_happens_from_its_day_on():
    changed = A_6 + "    valid_to: 2027-01-01\n" + A_6.replace("2017-01-01", "2027-01-01").replace("14", "7")
    both = load_norms(TEXT.replace(A_6, changed))

    def on(day):
        return falls_due(both, happened(EventKind.LOST_WORK, day)).on

    assert on(date(2026, 12, 31)) == date(2027, 1, 14)
    assert on(date(2027, 1, 1)) == date(2027, 1, 8)
