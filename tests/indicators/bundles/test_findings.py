"""The audit of a bundle: releases that are broken on purpose are found out, whoever made them."""

from itertools import product

import numpy as np
import pytest

from app.indicators.bundles.findings import audit
from app.indicators.bundles.reading import read_bundle
from app.indicators.bundles.true_numbers import read_truth
from tests.indicators.bundles.by_hand import audited, bundle, intervals
from tests.indicators.stranger import found_in_folder

pytestmark = pytest.mark.one_engine

SQUARE = """
region sex indicator value obs_status
10 F count . Q
10 M count . Q
20 F count . Q
20 M count . Q
10 _T count 23 A
20 _T count 70 A
_T F count 33 A
_T M count 60 A
_T _T count 93 A
"""


def test_four_in_a_rectangle_are_safe(tmp_path):
    found = audited(bundle(tmp_path, SQUARE))

    assert found.safe
    assert intervals(found) == {
        ("10", "F"): (0, 23),
        ("10", "M"): (0, 23),
        ("20", "F"): (10, 33),
        ("20", "M"): (37, 60),
    }


def test_one_of_the_four_revealed_gives_the_others_away(tmp_path):
    found = audited(bundle(tmp_path, SQUARE.replace("20 F count . Q", "20 F count 30 A")))

    assert not found.safe
    assert set(intervals(found).values()) == {(3, 3), (20, 20), (40, 40)}


def test_a_small_count_that_is_shown_is_unsafe(tmp_path):
    found = audited(bundle(tmp_path, "region indicator value obs_status\n10 count 4 A\n20 count 9 A\n_T count 13 A"))

    assert not found.safe
    assert [(each["key"], each["value"], each["why"]) for each in found.shown] == [
        ({"region": "10"}, 4, "below the threshold")
    ]


@pytest.mark.parametrize(
    ("met", "why"),
    [(37, ["leaves 3 of all"]), (40, ["all of all"]), (0, ["none of all"]), (36, ["leaves 4 of all"]), (35, [])],
)
def test_a_part_tells_about_the_rest_of_its_whole(tmp_path, met, why):
    described = {
        "dimensions": [{"code": "region", "categories": ["10"]}],
        "quantities": [{"code": "all"}, {"code": "met", "within": "all"}],
    }

    found = audited(bundle(tmp_path, f"region indicator value\n10 all 40\n10 met {met}", about=described))

    assert [each["why"] for each in found.shown] == why


def test_everybody_of_one_kind_tells_about_each_of_them(tmp_path):
    table = "region level value\n10 high 20\n10 low 0\n10 _T 20\n20 high 30\n20 low 8\n20 _T 38"
    described = {
        "dimensions": [{"code": "region", "categories": ["10", "20"]}, {"code": "level", "categories": ["high", "low"]}]
    }

    strict = audited(bundle(tmp_path / "a", table))
    only_regions = audited(bundle(tmp_path / "b", table, about=described | {"attributes": ["region"]}))

    assert [each["why"] for each in strict.shown] == ["everybody by level"]
    assert only_regions.safe


def test_everybody_of_one_kind_is_told_by_noughts_though_both_numbers_are_hidden(tmp_path):
    """There are at least 8 people in 10, and nobody is low: all of them are high, however many they are."""
    levels = "region level value\n10 high .\n10 low 0\n10 _T .\n20 high .\n20 low 12\n20 _T .\n_T _T 90"
    sexes = "region sex value\n10 F 8\n10 M .\n20 F 30\n20 M .\n_T _T 90"

    found = audited(bundle(tmp_path, levels, sexes))

    assert all(each["safe"] for each in found.hidden)
    assert [(each["key"], each["why"]) for each in found.shown] == [
        ({"region": "10", "level": "high"}, "everybody by level")
    ]
    assert audited(bundle(tmp_path, levels)).safe  # whether there is anybody in 10 is not known then


def test_that_an_office_lies_in_its_region_tells_nothing(tmp_path):
    described = {
        "dimensions": [{"code": "office", "categories": ["a", "b"]}, {"code": "region", "categories": ["10", "20"]}],
        "nested": [{"dimension": "office", "in": "region", "parents": {"a": "10", "b": "20"}}],
    }
    table = "office region value\na 10 30\nb 20 40\na _T 30\nb _T 40\n_T _T 70"

    assert audited(bundle(tmp_path, table, about=described)).safe


def test_hiding_only_small_figures_of_a_20_by_2_by_4_table_lets_about_a_third_be_recomputed(tmp_path):
    chance = np.random.default_rng(1)
    cells = list(product([f"r{n:02}" for n in range(20)], "FM", "abcd"))
    weight = np.outer(chance.lognormal(0, 1, 20), np.outer([0.15, 0.85], [0.4, 0.3, 0.2, 0.1])).ravel()
    counts = dict(zip(cells, chance.multinomial(300, weight / weight.sum()).tolist(), strict=True))
    rows = ["region sex stage indicator value obs_status"]
    for key in product(*([*sorted({cell[at] for cell in cells}), "_T"] for at in range(3))):
        number = sum(n for cell, n in counts.items() if all(k in ("_T", c) for k, c in zip(key, cell, strict=True)))
        rows.append(f"{' '.join(key)} count " + (". Q" if 0 < number < 5 else f"{number} A"))

    found = audited(bundle(tmp_path, "\n".join(rows)))

    known = [each for each in found.hidden if each["low"] == each["high"]]
    assert not found.safe
    assert 0.3 < len(known) / len(found.hidden) < 0.4
    for each in known:
        assert each["low"] == counts.get(tuple(each["key"].values()), each["low"])


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ([SQUARE.replace("_T _T count 93 A", "_T _T count 92 A")], "count of all is 92, and by region 93."),
        ([SQUARE, "region value\n10 24"], "count of region 10 is 23 in one table and 24 in another."),
        (["region value\n10 .\n20 8\n_T 7"], "No whole numbers fit what is published."),
    ],
)
def test_figures_that_cannot_all_be_true_are_a_contradiction(tmp_path, tables, says):
    found = audited(bundle(tmp_path, *tables))

    assert found.contradiction == says
    assert not found.safe


def test_what_is_hidden_in_one_table_and_shown_in_another_is_known(tmp_path):
    sides = "region indicator value obs_status\n10 count . Q\n20 count 70 A\n_T count 93 A"

    found = audited(bundle(tmp_path, SQUARE, sides))

    assert [(each["low"], each["high"]) for each in found.hidden if each["table"] == "table-2"] == [(23, 23)]
    assert not found.safe


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [("7.5", 3, 3), ("8", 3, 3), ("10", 4, 4), ("0", 0, 0), ("12.50", 5, 5)],
)
def test_a_rate_with_its_denominator_tells_the_hidden_numerator(tmp_path, rate, low, high):
    table = f"region indicator value obs_status rate denominator\n10 met . Q {rate} 40\n20 met . Q . .\n_T met 90 A . ."

    assert intervals(audited(bundle(tmp_path, table)))["10",] == (low, high)


def test_a_rate_rounded_to_whole_per_cents_leaves_an_interval_in_a_large_group(tmp_path):
    table = "region indicator value obs_status rate denominator\n10 met . Q 12 4000\n20 met . Q . .\n_T met 900 A . ."

    found = audited(bundle(tmp_path, table))

    assert intervals(found)["10",] == (460, 500)  # 11.5 % and 12.5 % of 4,000, either end possible
    assert found.safe


def test_a_rate_binds_two_hidden_figures_together(tmp_path):
    described = {
        "dimensions": [{"code": "region", "categories": ["10", "20"]}],
        "quantities": [{"code": "all"}, {"code": "met", "within": "all"}],
    }
    table = """
region indicator value obs_status rate
10 all . Q .
20 all 30 A .
_T all 50 A .
10 met . Q 25.0
20 met 12 A .
"""
    found = audited(bundle(tmp_path, table, about=described))

    assert [(each["indicator"], each["low"], each["high"]) for each in found.hidden] == [("all", 20, 20), ("met", 5, 5)]


def test_a_hidden_figure_without_a_shown_total_has_no_greatest(tmp_path):
    found = audited(bundle(tmp_path, "region value\n10 .\n20 8\n_T ."))

    assert intervals(found) == {("10",): (0, None), ("_T",): (8, None)}
    assert found.safe


def test_an_earlier_release_of_the_same_figures_by_another_cut_is_an_equation_more(tmp_path):
    sides = "region indicator value obs_status\n10 count . Q\n20 count . Q\n30 count 40 A\n_T count 63 A"
    earlier = "sex region indicator value obs_status\nF 10 count 9 A\nM 10 count 8 A"
    described = {"period": "2026H1"}

    later = bundle(tmp_path / "later", sides, about=described)
    before = bundle(tmp_path / "before", earlier, about=described)

    assert audited(later).safe
    found = audited(later, before)
    assert intervals(found) == {("10",): (17, 17), ("20",): (6, 6)}
    assert found.earlier == [{"name": "before", "period": "2026H1", "facts": "the same"}]


def test_an_earlier_release_of_another_period_tells_nothing(tmp_path):
    sides = "region value\n10 .\n20 .\n_T 63"
    later = bundle(tmp_path / "later", sides, about={"period": "2026H2"})
    before = bundle(tmp_path / "before", "region value\n10 17\n20 46\n_T 63", about={"period": "2026H1"})

    found = audited(later, before)

    assert found.safe
    assert found.earlier[0]["facts"] == "of another period"


def test_the_difference_of_a_revision_is_a_figure_about_those_who_came_between(tmp_path):
    later = bundle(tmp_path / "later", "region value\n10 18\n20 50\n_T 68", about={"period": "2026H1", "revision": 1})
    before = bundle(tmp_path / "before", "region value\n10 17\n20 40\n_T 57", about={"period": "2026H1", "revision": 0})

    found = audited(later, before)

    assert not found.safe
    assert found.earlier[0]["facts"] == "revised"
    assert [(each["key"], each["before"], each["value"]) for each in found.differences] == [({"region": "10"}, 17, 18)]


def test_what_was_public_before_and_is_unchanged_is_not_told_again(tmp_path):
    first = bundle(tmp_path / "first", "region value\n10 17\n20 40\n_T 57", about={"period": "2026H1", "revision": 0})
    second = bundle(tmp_path / "second", "region value\n10 19\n20 40\n_T .", about={"period": "2026H1", "revision": 1})
    third = bundle(tmp_path / "third", "region value\n10 19\n20 40\n_T .", about={"period": "2026H1", "revision": 2})

    assert [each["value"] for each in audited(second, first).differences] == [19]
    assert audited(third, first, second).differences == []


def test_a_year_and_its_half_years_tell_of_those_between(tmp_path):
    def of(period, number):
        return bundle(tmp_path / f"{period} {number}", f"region value\n10 {number}\n20 500", about={"period": period})

    assert not audited(of("2026", 33), of("2026H1", 30)).safe
    assert audited(of("2026", 60), of("2026H1", 30)).safe
    assert [
        (each["year"], each["halves"])
        for each in audited(of("2026", 63), of("2026H1", 30), of("2026H2", 31)).differences
    ] == [(63, 61)]
    assert [
        (each["year"], each["halves"])
        for each in audited(of("2026H2", 31), of("2026H1", 30), of("2026", 63)).differences
    ] == [(63, 61)]
    assert audited(of("2026H2", 31), of("2026H1", 30), of("2026", 61)).safe
    assert audited(of("2026H2", 31), of("2026H1", 30), of("2025", 33)).safe


@pytest.mark.parametrize(("now", "told"), [(1199, [1199]), (1200, []), (901, [901])])
def test_hours_differ_by_hours_and_not_by_minutes(tmp_path, now, told):
    described = {"quantities": [{"code": "minutes", "unit": 60}]}
    first, second = (
        bundle(tmp_path / str(each), f"region indicator value\n10 minutes {each}", about=described)
        for each in (900, now)
    )

    assert [each["value"] for each in audited(second, first).differences] == told


@pytest.mark.parametrize(("met", "told"), [(26, [("all", 30, 31)]), (25, [("all", 30, 32)]), (22, []), (15, [])])
def test_the_rests_of_two_revisions_tell_of_those_between_too(tmp_path, met, told):
    """Of fifty, twenty were met; of fifty-seven twenty-six: both moved by many, those not met by one."""
    described = {
        "dimensions": [{"code": "region", "categories": ["10"]}],
        "quantities": [{"code": "all"}, {"code": "met", "within": "all"}],
    }
    first, second = (
        bundle(tmp_path / str(number), f"region indicator value\n10 all {number}\n10 met {part}", about=described)
        for number, part in ((50, 20), (57, met))
    )
    found = audited(second, first)

    named = [(each["of"], each["before"], each["value"]) for each in found.differences if "of" in each]
    assert named == told
    assert found.safe == (met == 15)  # two more of those met are too few too


def test_overlapping_geographies_are_read_as_one_system(tmp_path):
    regions = "region value\n10 60\n20 40\n_T 100"
    districts = "district value\na 55\nb 45\n_T 100"
    both = "region district value\n10 a .\n10 b .\n20 a 35\n20 b ."

    assert intervals(audited(bundle(tmp_path, regions, districts, both))) == {
        ("10", "a"): (20, 20),
        ("10", "b"): (40, 40),
        ("20", "b"): (5, 5),
    }


def test_a_district_lies_in_one_region_only(tmp_path):
    described = {
        "dimensions": [
            {"code": "district", "categories": ["a", "b", "c"]},
            {"code": "region", "categories": ["10", "20"]},
        ],
        "nested": [{"dimension": "district", "in": "region", "parents": {"a": "10", "b": "10", "c": "20"}}],
    }
    tables = "district value\na .\nb 7\nc .\n_T 50", "region value\n10 30\n20 20"

    assert intervals(audited(bundle(tmp_path, *tables, about=described))) == {("a",): (23, 23), ("c",): (20, 20)}


def test_a_code_made_of_two_is_the_two_together(tmp_path):
    later = bundle(tmp_path / "later", "age value\n14-17+18-29 31\n30+ 60")
    before = bundle(tmp_path / "before", "age value\n14-17 .\n18-29 26\n30+ 60")

    assert intervals(audited(before, later)) == {("14-17",): (5, 5)}


def test_the_facts_set_the_true_number_beside_each_interval(tmp_path):
    read = read_bundle(bundle(tmp_path / "b", SQUARE), 5)
    facts = tmp_path / "facts.csv"
    facts.write_text("region,sex,age,count\n10,F,x,1\n10,F,y,2\n10,M,x,20\n20,F,x,30\n20,M,x,40\n")

    assert [each["true"] for each in audit(read, (), read_truth(facts, read)).hidden] == [3, 20, 30, 40]
    facts.write_text("region,sex,count\n10,F,50\n")
    assert "not those of this bundle" in (audit(read, (), read_truth(facts, read)).contradiction or "")


def test_a_second_attacker_who_reads_the_files_by_himself_finds_the_same(tmp_path):
    described = {
        "dimensions": [
            {"code": "region", "categories": ["10", "20"]},
            {"code": "need", "categories": ["work", "home"]},
        ],
        "quantities": [
            {"code": "all", "within": None, "shown_with": None, "unit": 1, "dims": ["region"], "at": []},
            {"code": "needs", "within": "all", "shown_with": "all", "unit": 1, "dims": None, "at": []},
        ],
        "nested": [],
    }
    table = """
region need indicator value obs_status
10 _T all 20 A
20 _T all . Q
_T _T all 33 A
10 work needs . Q
10 home needs 12 A
20 work needs . Q
20 home needs . Q
_T work needs 19 A
_T home needs . Q
"""
    folder = bundle(tmp_path, table, about=described)

    found = audited(folder)

    theirs = {(code, key): ends for (code, key, of), ends in found_in_folder(folder).items() if of is None}
    assert {(e["indicator"], tuple(e["key"].values())): (e["low"], e["high"]) for e in found.hidden} == theirs
    assert len(found.rests) == len(found_in_folder(folder)) - len(theirs)
