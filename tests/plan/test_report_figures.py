"""Half-years side by side, and what moved between them: worked by hand."""

import pytest

from app.clock import now
from app.indicators.definitions.reading import book
from app.indicators.models import Snapshot
from app.plan.reports.content import canonical, hash_of
from app.plan.reports.figures import moves, side_by_side, told
from app.plan.reports.released import code_of, source_of
from tests.factories.indicators import make_snapshot
from tests.factories.reports import content, indicator, measure, source
from tests.factories.saving import saved

pytestmark = pytest.mark.one_engine


def beside(*totals, **given):
    """The indicator I-04 in as many half-years as there are totals."""
    sources = [source(f"20{20 + place}H1", indicator(total=total, **given)) for place, total in enumerate(totals)]
    return side_by_side(sources)


def test_half_years_stand_side_by_side_the_earliest_first():
    (found,) = beside((100, 200), (120, 200))

    assert found["periods"] == ["2020H1", "2021H1"]
    assert [total["rate"] for total in found["totals"]] == [50.0, 60.0]


def test_an_indicator_that_an_earlier_half_year_did_not_know_has_nothing_there():
    found = side_by_side([source("2025H2", indicator("I-04")), source("2026H1", indicator("I-07"))])

    assert [each["code"] for each in found] == ["I-07"]
    assert found[0]["totals"][0] is None
    assert found[0]["cuts"][0]["lines"][0]["values"][0] is None


def test_what_moved_is_told_in_points():
    assert moves(beside((100, 200), (121, 200))) == [{"code": "I-04", "before": 50.0, "after": 60.5, "by": 10.5}]


def test_of_several_half_years_the_last_two_are_compared():
    assert moves(beside((20, 200), (100, 200), (90, 200)))[0]["by"] == -5.0


@pytest.mark.parametrize(
    "totals",
    [((120, 200),), ((100, 200), (100, 200)), ((None, 200), (120, 200)), ((100, 200), (None, 200))],
    ids=["one half-year", "no change", "hidden before", "hidden now"],
)
def test_nothing_moved_where_there_is_nothing_to_compare(totals):
    assert moves(beside(*totals)) == []


def test_figures_of_two_versions_of_a_definition_are_not_compared():
    found = side_by_side([
        source("2025H2", indicator(total=(100, 200))), source("2026H1", indicator(total=(120, 200), version=2)),
    ])  # fmt: skip

    assert moves(found) == []


def test_a_number_without_a_share_moves_by_its_count():
    found = beside((12, 0), (15, 0), unit="count")

    assert moves(found) == [{"code": "I-04", "before": 12, "after": 15, "by": 3}]


def test_measures_are_counted_by_their_state():
    found = content(measures=[measure(1, "done"), measure(2, "late"), measure(3, "done")])

    assert [(state["code"], state["count"]) for state in found["states"]] == [("done", 2), ("late", 1)]


NOBODY = {"count": 0, "of": 0, "rate": None, "hidden": False}
HIDDEN = {"count": None, "of": None, "rate": None, "hidden": True}
HALF_HIDDEN = {"count": None, "of": 0, "rate": None, "hidden": True}  # no table gives it; it would stay
SOME = {"count": 0, "of": 7, "rate": 0.0, "hidden": False}


@pytest.mark.parametrize(
    ("values", "stays"),
    [
        ((NOBODY,), False), ((NOBODY, NOBODY), False), ((None, NOBODY), False), ((HIDDEN, NOBODY), False),
        ((SOME,), True), ((SOME, NOBODY), True), ((NOBODY, SOME), True), ((HIDDEN,), True), ((NOBODY, HIDDEN), True),
        ((HALF_HIDDEN,), True),
    ],
)  # fmt: skip
def test_a_table_leaves_out_only_groups_that_everybody_is_shown_to_be_empty(values, stays):
    cut = {"lines": [{"code": "10", "values": list(values)}]}

    assert bool(told({"unit": "percent"}, cut)) == stays


def test_of_plain_numbers_a_nought_is_left_out_and_a_hidden_one_is_not():
    cut = {"lines": [{"values": [{"count": count, "of": None, "hidden": count is None}]} for count in (0, 4, None)]}

    assert [line["values"][0]["count"] for line in told({"unit": "count"}, cut)] == [4, None]


def test_the_same_report_is_written_alike_and_another_one_is_not():
    assert canonical(content()) == canonical(content())
    assert hash_of(canonical(content())) != hash_of(canonical(content(measures=[])))


def test_the_same_figures_of_another_period_are_read_by_its_own_definitions(app):
    counted = make_snapshot("2026H1")
    others = {code: version for code, version in counted.definitions.items() if code != "I-11"}
    same = saved(Snapshot(
        period="2025H2", revision=0, frozen_at=now(), definitions=others, body=counted.body, sha256=counted.sha256
    ))  # fmt: skip

    assert "I-11" in {each.code for each in source_of(counted).indicators}
    assert "I-11" not in {each.code for each in source_of(same).indicators}


def test_people_who_are_described_twice_are_known_by_the_table_that_describes_them():
    known = [counted.code for each in book().definitions for counted in each.numerators]
    described = [code_of(each, counted) for each in book().compositions for counted in each.quantities]

    assert len(set(known + described)) == len(set(known)) + len(described)
    assert {"M-19.register", "M-19.levels", "M-19.employment.I-03"} <= set(described)
