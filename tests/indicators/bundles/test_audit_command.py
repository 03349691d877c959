"""``flask indicators audit``: JSON and nothing else on standard output, reasons on standard error, three endings."""

import json

import pytest
from click.testing import CliRunner

from app.indicators.attack import asking
from app.indicators.audit_command import audit
from tests.indicators.bundles.by_hand import audited, bundle, intervals
from tests.indicators.bundles.test_findings import SQUARE

pytestmark = pytest.mark.one_engine


def run(*words):
    return CliRunner().invoke(audit, [str(word) for word in words])


def test_a_safe_bundle_ends_with_nought(tmp_path):
    done = run(bundle(tmp_path, SQUARE))

    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["safe"], answer["threshold"], answer["exact"]) == (0, True, 5, True)
    assert answer["hidden"][0] == {
        "table": "table-1",
        "indicator": "count",
        "key": {"region": "10", "sex": "F"},
        "low": 0,
        "high": 23,
        "safe": True,
    }


def test_an_unsafe_bundle_ends_with_one_and_the_facts_stand_beside(tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text("region,sex,count\n10,F,3\n10,M,20\n20,F,30\n20,M,40\n")

    done = run(bundle(tmp_path / "b", SQUARE.replace("10 F count . Q", "10 F count 3 A")), "--facts", facts)

    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["safe"]) == (1, False)
    assert [(each["low"], each["high"], each["true"]) for each in answer["hidden"]] == [
        (20, 20, 20),
        (30, 30, 30),
        (40, 40, 40),
    ]
    assert [each["value"] for each in answer["shown"]] == [3]


def test_what_cannot_be_read_ends_with_two_and_says_why(tmp_path):
    done = run(bundle(tmp_path, SQUARE.replace("23 A", "many A").replace("70 A", ". A")))

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "table-1.csv, row 6: the value “many” is no whole number of nought or more.",
        "table-1.csv, row 7: no value, though its status is A.",
    ]


def test_a_hidden_figure_with_its_value_is_known(tmp_path):
    done = run(bundle(tmp_path, SQUARE.replace("10 F count . Q", "10 F count 12 Q")))

    assert done.exit_code == 1
    assert {each["low"] == each["high"] for each in json.loads(done.stdout)["hidden"]} == {True}


def test_figures_that_contradict_each_other_are_said_to_be_a_contradiction(tmp_path):
    done = run(bundle(tmp_path, SQUARE.replace("93 A", "90 A")))

    assert done.exit_code == 1
    assert json.loads(done.stdout)["contradiction"] == "count of all is 90, and by region 93."


def test_earlier_bundles_are_found_where_the_bundle_says_or_the_command_does(tmp_path):
    before = bundle(tmp_path / "before", "region sex value\n10 F 3", about={"period": "2026H1"})
    named = bundle(tmp_path / "named", SQUARE, about={"period": "2026H1", "earlier": [{"path": "../before"}]})
    given = bundle(tmp_path / "given", SQUARE, about={"period": "2026H1"})

    for done in (run(named), run(given, "--with", before), run(named, "--with", before)):
        answer = json.loads(done.stdout)
        assert done.exit_code == 1
        assert answer["hidden"][0]["high"] == 3
        assert answer["earlier"] == [{"name": "before", "period": "2026H1", "facts": "the same"}]
    assert run(given).exit_code == 0
    assert run(given, "--with", tmp_path / "gone").exit_code == 2


def test_the_threshold_is_that_of_the_bundle_or_of_the_command(tmp_path):
    assert run(bundle(tmp_path, SQUARE), "--threshold", "24").exit_code == 1
    assert run(bundle(tmp_path, SQUARE, threshold=5), "--threshold", "24").exit_code == 0


def test_without_the_solvers_inner_door_the_answers_are_the_same(tmp_path, monkeypatch):
    folder = bundle(tmp_path, SQUARE)
    before = intervals(audited(folder))
    monkeypatch.setattr(asking, "INNER_DOOR", "scipy.optimize.no_such_door")

    assert intervals(audited(folder)) == before
