"""Bundles that are not there, are broken, or lie about themselves, each with the sentence that says so."""

import json

import pytest

from app.indicators.bundles.joining import rate_of, together
from app.indicators.bundles.reading import Unreadable, read_bundle
from app.indicators.bundles.true_numbers import read_truth
from tests.indicators.bundles.by_hand import bundle

pytestmark = pytest.mark.one_engine

TABLE = "region indicator value obs_status\n10 count 7 A\n20 count . Q\n_T count 30 A"
REGIONS = {"dimensions": [{"code": "region", "categories": ["10", "20", "30"]}]}


def refusal(folder, truth=None) -> str:
    with pytest.raises(Unreadable) as caught:
        read = read_bundle(folder, 5)
        if truth:
            read_truth(truth, read)
        together([read])
    return " ".join(caught.value.reasons)


def test_a_bundle_made_elsewhere_is_read_by_its_columns(tmp_path):
    read = read_bundle(bundle(tmp_path, TABLE), 7)

    assert read.dimensions == {"region": ("10", "20")}
    assert [(line.indicator, line.codes, line.value) for line in read.lines] == [
        ("count", (("region", "10"),), 7),
        ("count", (("region", "20"),), None),
        ("count", (("region", "_T"),), 30),
    ]
    assert read.threshold == 7


def test_what_the_bundle_says_of_itself_is_taken(tmp_path):
    about = REGIONS | {"threshold": 10, "period": "2026H1", "revision": 2}
    read = read_bundle(bundle(tmp_path, TABLE, about=about), 5)

    assert (read.threshold, read.period, read.revision) == (10, "2026H1", 2)
    assert read.dimensions == {"region": ("10", "20", "30")}


def test_lists_of_codes_are_no_figures(tmp_path):
    assert read_bundle(bundle(tmp_path, TABLE, "code kk ru en\n10 a b c"), 5).lines[-1].table == "table-1"


def test_other_words_for_a_missing_value_are_known_when_the_schema_names_them(tmp_path):
    folder = bundle(tmp_path, "region value\n10 x\n_T 30")
    package = json.loads((folder / "datapackage.json").read_text())
    package["resources"][0]["schema"] = {"missingValues": ["", "x"]}
    (folder / "datapackage.json").write_text(json.dumps(package))

    assert [line.value for line in read_bundle(folder, 5).lines] == [None, 30]


def test_a_hidden_figure_that_is_there_to_be_seen_is_seen(tmp_path):
    read = read_bundle(bundle(tmp_path, TABLE.replace("7 A", "7 Q")), 5)

    assert [line.value for line in read.lines] == [None, 7, None, 30]


def test_the_greater_of_two_thresholds_is_promised(tmp_path):
    assert read_bundle(bundle(tmp_path, TABLE, about={"threshold": 5}, threshold=9), 3).threshold == 9


def test_a_table_with_the_content_of_another_is_refused_and_a_mended_one_is_noted(tmp_path):
    folder = bundle(tmp_path, TABLE)
    package = json.loads((folder / "datapackage.json").read_text())
    fields = [{"name": name} for name in ("region", "value")]
    package["resources"][0] |= {"schema": {"fields": fields}, "hash": "sha256:" + 64 * "0"}
    (folder / "datapackage.json").write_text(json.dumps(package))

    assert read_bundle(folder, 5).altered == ("table-1.csv",)
    (folder / "table-1.csv").write_text("sex,value\nF,7\n")
    assert refusal(folder) == "table-1.csv has no column “region”, though datapackage.json says so."


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (TABLE.replace("7 A", "-7 A"), "row 2: the value “-7” is no whole number"),
        (TABLE.replace("7 A", "7.5 A"), "row 2: the value “7.5” is no whole number"),
        (TABLE.replace("7 A", "<5 A"), "“<5” is no whole number"),
        (TABLE.replace("7 A", "9" * 40 + " A"), "is no whole number"),
        (TABLE.replace(". Q", ". A"), "row 3: no value, though its status is A"),
        (TABLE.replace("20 count", "10 count"), "the same figure stands in another row with another value"),
        (TABLE.replace("20 count", ". count"), "no code for “region”"),
        (TABLE.replace("20 count .", "20 count"), "row 3: 3 fields where the head has 4"),
        (TABLE.replace("region", "value"), "two columns have the same name"),
        ("region count\n10 7", "names no CSV file with a column “value”"),
        ("", "names no CSV file with a column “value”"),
        ("region value rate\n10 . many", "the rate “many” is no number"),
        ("region value", "table-1.csv holds no figures"),
    ],
)
def test_a_garbled_table_is_refused_with_its_row(tmp_path, table, says):
    assert says in refusal(bundle(tmp_path, table))


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"threshold": 0}, "the threshold is 0"),
        ({"threshold": "5"}, "the threshold is '5'"),
        ({"dimensions": [{"code": "region", "categories": ["10"]}]}, "“20” is not among the codes of “region”"),
        ({"dimensions": [{"code": "sex", "categories": ["F"]}]}, "“region” is not among the dimensions"),
        ({"quantities": [{"code": "count", "dims": ["sex"]}]}, "names a dimension that is not there: sex"),
        ({"quantities": [{"code": "count", "at": 7}]}, "“count” is not described as a quantity is"),
        ({"quantities": [{"code": "count", "within": "all"}]}, "“count” is within, or shown with, what cannot be: all"),
        ({"quantities": [{"code": "count", "shown_with": "count"}]}, "shown with, what cannot be: count"),
        ({"nested": [{"dimension": "office", "in": "region"}]}, "a nesting names a dimension that is not there"),
        (
            {"dimensions": [{"code": "region", "categories": ["10", "20"], "groups": {"x": ["10", "99"]}}]},
            "“x” stands for codes of “region” that are not there",
        ),
    ],
)
def test_a_bundle_that_contradicts_its_own_description_is_refused(tmp_path, about, says):
    assert says in refusal(bundle(tmp_path, TABLE, about=about))


@pytest.mark.parametrize(
    ("package", "says"),
    [
        (None, "cannot be read. Name the directory in which datapackage.json lies"),
        ("{", "is not JSON"),
        ("[]", "has no list of “resources”"),
        ('{"resources": 7}', "has no list of “resources”"),
        ('{"resources": [7]}', "a resource has no path"),
        ('{"resources": [{"path": "../secret.csv"}]}', "“../secret.csv” leads out of the bundle"),
        ('{"resources": [{"path": "/etc/secret.csv"}]}', "leads out of the bundle"),
        (
            '{"resources": [{"path": "gone.csv"}]}',
            "gone.csv is named in datapackage.json and cannot be opened. Is the bundle complete?",
        ),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_broken_package_is_refused(tmp_path, package, says):
    if package is not None:
        (tmp_path / "datapackage.json").write_text(package)

    assert says in refusal(tmp_path)


def test_a_table_that_is_no_text_is_refused(tmp_path):
    folder = bundle(tmp_path, TABLE)
    (folder / "table-1.csv").write_bytes(b"region,value\n\xff\xfe,7\n")
    assert "cannot be read as UTF-8" in refusal(folder)
    (folder / "table-1.csv").write_bytes(b'region,value\n"10,7\n')
    assert "table-1.csv: unexpected end of data" in refusal(folder)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ("sex,count\nF,7\n", "has no column “region”"),
        ("region\n10\n", "has no column “count”"),
        ("region,count\n10,-7\n", "row 2: “-7” is no whole number"),
        ("region,count\n10\n", "row 2: “” is no whole number"),
        ("", "has no column"),
    ],
)
def test_facts_that_do_not_fit_are_refused(tmp_path, facts, says):
    (tmp_path / "facts.csv").write_text(facts)

    assert says in refusal(bundle(tmp_path / "b", TABLE), tmp_path / "facts.csv")


@pytest.mark.parametrize(
    ("printed", "per", "low", "high"),
    [("7.5", 100, 149 / 2000, 151 / 2000), ("0", 100, 0, 0.005), ("12.50", 1000, 0.012495, 0.012505)],
)
def test_a_rounded_rate_says_no_more_than_its_last_digit(printed, per, low, high):
    rate = rate_of("met", "all", ("10",), printed, per)

    assert (rate.low / rate.scale, rate.high / rate.scale) == pytest.approx((low, high))
