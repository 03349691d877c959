"""By when each item of a release is due: hand-worked days, leap years and the ends of months."""

from datetime import date

import pytest

from app.assistance.release.clocks import clock_of, dues, last_visit_day
from app.assistance.release.items import items
from app.assistance.release.planning import end_of_term
from app.offices.reading import BadReference
from app.supervision.norms import norms

TODAY, LONG_AGO = date(2026, 11, 20), date(2020, 1, 1)


# The same day so many months before, or that month's last day (234-V, art. 165(2)).
@pytest.mark.parametrize(
    ("release_on", "year", "half_year", "month"),
    [
        (date(2027, 6, 15), date(2026, 6, 15), date(2026, 12, 15), date(2027, 5, 15)),
        (date(2028, 2, 29), date(2027, 2, 28), date(2027, 8, 29), date(2028, 1, 29)),  # 2027 has no 29 February
        (date(2029, 2, 28), date(2028, 2, 28), date(2028, 8, 28), date(2029, 1, 28)),
        (date(2028, 3, 31), date(2027, 3, 31), date(2027, 9, 30), date(2028, 2, 29)),  # September has 30 days
        (date(2027, 3, 31), date(2026, 3, 31), date(2026, 9, 30), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2026, 8, 31), date(2027, 2, 28), date(2027, 7, 31)),
        (
            date(2028, 8, 31),
            date(2027, 8, 31),
            date(2028, 2, 29),
            date(2028, 7, 31),
        ),  # half a year: 29 February
        (date(2027, 1, 1), date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 1)),
        (date(2027, 12, 31), date(2026, 12, 31), date(2027, 6, 30), date(2027, 11, 30)),
        (date(2027, 5, 30), date(2026, 5, 30), date(2026, 11, 30), date(2027, 4, 30)),
    ],
)
def test_the_three_clocks_before_a_release(release_on, year, half_year, month):
    codes = ("release-program", "release-documents", "release-treatment")
    found = [clock_of(code, release_on, LONG_AGO, TODAY).due_on for code in codes]

    assert found == [year, half_year, month]


def test_a_clock_that_ran_out_before_the_stage_began_is_due_on_the_first_day_of_the_stage():
    began = date(2026, 11, 2)

    assert clock_of("release-program", date(2027, 6, 15), began, TODAY).due_on == began
    assert clock_of("release-documents", date(2027, 6, 15), began, TODAY).due_on == date(2026, 12, 15)


def test_relatives_are_told_only_of_those_whom_the_article_names():
    everybody = {due.item_code for due in dues(items().values(), date(2027, 6, 15), LONG_AGO, TODAY, False)}
    named = {due.item_code for due in dues(items().values(), date(2027, 6, 15), LONG_AGO, TODAY, True)}

    assert named - everybody == {"relatives", "probation-service"}
    assert named == set(items())


# Five working days after the release: days off are not counted, nor is the day itself (weekends 21–22 November 2026;
# 16 December 2026 is a holiday).
@pytest.mark.parametrize(
    ("released_on", "last"),
    [(date(2026, 11, 20), date(2026, 11, 27)), (date(2026, 11, 21), date(2026, 11, 27)),
     (date(2026, 12, 14), date(2026, 12, 22))],
)  # fmt: skip
def test_the_first_visit_is_due_in_working_days(released_on, last):
    assert last_visit_day(released_on) == last


# A term that ends on a day off ends the day before (art. 165(2)): 1 August 2027 is a Sunday.
@pytest.mark.parametrize(
    ("term_to", "released"),
    [(date(2027, 7, 30), date(2027, 7, 30)), (date(2027, 8, 1), date(2027, 7, 30)),
     (date(2027, 1, 2), date(2026, 12, 31))],
)  # fmt: skip
def test_a_term_that_ends_on_a_day_off_ends_before_it(term_to, released):
    assert end_of_term(term_to) == released


def test_every_item_has_a_norm_an_author_and_a_way_to_be_decided():
    known = {norm.code for norm in norms()}

    assert {item.clock for item in items().values()} <= known
    assert [item.code for item in items().values() if not item.states and not item.is_arranged] == []
    assert [item.code for item in items().values() if item.goal and not item.steps] == []
    assert len(items()) == 23


def test_what_a_checklist_file_does_wrong_is_named_with_its_place(tmp_path):
    path = tmp_path / "items.yaml"
    path.write_text("items:\n  - {code: a, who: nobody, clock: release-plan, checked: false, text: {kk: а, ru: а}}\n")

    with pytest.raises(BadReference, match=r"items\[0\]\.who is nobody") as told:
        items(path)
    assert "text.en is missing" in str(told.value)
