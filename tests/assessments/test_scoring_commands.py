"""`flask assessments score` and `check` from files to JSON, and everything that they refuse."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessments.commands import bp
from app.assessments.commands.scoring import MOST_BYTES, answers_in
from app.assessments.instrument import load_instrument
from app.assessments.library import FOLDER
from tests.assessments.conformance.test_ogrs3 import FIRST
from tests.assessments.conformance.test_psa import QUIET

pytestmark = pytest.mark.one_engine

FIXTURES = Path(__file__).parent / "instruments"
PSA, OGRS3 = FIXTURES / "psa.yaml", FIXTURES / "ogrs3.yaml"
runner = Flask(__name__)
runner.register_blueprint(bp)


def run(*words: object) -> Result:
    result = runner.test_cli_runner().invoke(args=["assessments", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def written(folder: Path, content: object, name: str = "answers.json") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def refused(result: Result) -> list[str]:
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()


def test_the_scores_come_as_one_line_of_json_with_every_step(tmp_path):
    result = run("score", OGRS3, written(tmp_path, FIRST))

    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)
    found = json.loads(result.stdout)
    assert list(found) == ["instrument", "version", "applicable", "scores", "missing", "steps"]
    assert (found["instrument"], found["version"], found["applicable"], found["missing"]) == ("ogrs3", 3, True, [])
    assert found["scores"] == {"one_year": {"value": 9, "level": None}, "two_year": {"value": 17, "level": "low"}}
    steps = {step["name"]: step["value"] for step in found["steps"]}
    assert (steps["copas"], steps["z"]) == pytest.approx((-2.8166361951, -3.7402761951), abs=5e-11)


def test_a_flag_is_true_or_false_in_json(tmp_path):
    result = run("score", PSA, written(tmp_path, QUIET))

    assert '"nvca": {"value": false, "level": null}' in result.stdout


def test_every_reason_stands_on_a_line_of_its_own(tmp_path):
    reasons = refused(run("score", PSA, written(tmp_path, QUIET | {"prior_felony": "yes", "fta_recent": -1, "x": 1})))

    assert reasons == [
        "prior_felony is neither true nor false",
        "fta_recent is not between 0 and 1000",
        "x is not asked by this instrument",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "answers.json is not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b"{", "answers.json is not JSON: Expecting property name"),
        (b'{"a": 1, "a": 1}', "answers.json is not JSON: a code is answered twice"),
        (b"[" * 100_000, "answers.json is not JSON: maximum recursion depth exceeded"),
        (b'{"a": ' + b"9" * 5000 + b"}", "answers.json is not JSON: Exceeds the limit"),
        (b"[]", "answers.json is not an object of answers by code"),
        (b"null", "answers.json is not an object of answers by code"),
        (b'"age_at_arrest"', "answers.json is not an object of answers by code"),
        (b'{"a": "\xff"}', "answers.json is not UTF-8 text: byte 8 is not"),
        (json.dumps(QUIET).encode("utf-16"), "answers.json is not UTF-8 text: byte 1 is not"),
        (b"{}" + b" " * MOST_BYTES, f"answers.json is longer than {MOST_BYTES} bytes"),
        (b"{}\0", "answers.json is not JSON: Extra data"),
    ],
    ids=range(12),
)
def test_what_are_no_answers_at_all_is_refused_in_words(tmp_path, content, reason):
    [told] = refused(run("score", PSA, written(tmp_path, content)))

    assert told.startswith(reason)


def test_a_file_may_begin_with_the_mark_of_some_editors(tmp_path):
    assert run("score", PSA, written(tmp_path, b"\xef\xbb\xbf" + json.dumps(QUIET).encode())).exit_code == 0
    assert run("check", written(tmp_path, b"\xef\xbb\xbf" + PSA.read_bytes(), "psa.yaml")).exit_code == 0


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path):
    answers = {"\x1b[2J\nall is well": 1, "\ud800": 1, "long" * 1000: 1}

    first, second, third = refused(run("score", FIXTURES / "mst.yaml", written(tmp_path, answers | MST)))

    assert first == "\\x1b[2J\\nall is well is not asked by this instrument"
    assert second.startswith("longlong") and len(second) < 1010
    assert third == "\\ud800 is not asked by this instrument"


MST = {f"item_{number}": 0 for number in range(1, 11)} | {"sex": "male", "age": 20}


@pytest.mark.parametrize("command", ["score", "check"])
def test_files_that_are_not_there_or_are_no_files_are_refused(tmp_path, command):
    more = [PSA] if command == "score" else []

    assert refused(run(command, tmp_path / "none.yaml", *more)) == [
        "none.yaml cannot be read: No such file or directory"
    ]
    assert refused(run(command, tmp_path, *more)) == [f"{tmp_path.name} cannot be read: Is a directory"]
    assert refused(run(command, "/dev/zero", *more)) == [f"zero is longer than {MOST_BYTES} bytes"]


def test_an_instrument_without_fault_is_named_with_its_digest():
    found = json.loads(run("check", PSA).stdout)

    assert found == {
        "instrument": "psa",
        "version": 1,
        "items": 0,
        "sha256": load_instrument(PSA.read_text(encoding="utf-8")).digest,
    }


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path):
    text = PSA.read_text(encoding="utf-8").replace("version: 1", "version: one").replace("nvca_raw, 4", "nvca_row, 4")
    path = written(tmp_path, text.encode(), "psa.yaml")
    faults = [
        "version (line 5): is not a whole number",
        "scores[2].value.at_least[0] (line 59): refers to an unknown name: nvca_row",
    ]

    assert refused(run("check", path)) == faults
    assert refused(run("score", path, written(tmp_path, QUIET))) == faults


@pytest.mark.parametrize("content", [b"x" * 5_000_000, b"a: &a [1]\nb: *a", b"\xff\xfe", b"\0", b"a:\n\t- b", b""])
def test_what_is_no_instrument_is_refused_quickly(tmp_path, content):
    assert len(refused(run("check", written(tmp_path, content, "any.yaml")))) == 1


@settings(max_examples=60)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=4), lambda inner: st.lists(inner) | (
    st.dictionaries(st.text(max_size=4), inner)), max_leaves=6))  # fmt: skip
def test_answers_of_any_shape_are_read_or_refused(tmp_path_factory, content):
    path = written(tmp_path_factory.getbasetemp(), content)
    try:
        assert isinstance(answers_in(path), dict)
    except SystemExit as end:
        assert end.code == 2 and not isinstance(content, dict)


@settings(max_examples=60)
@given(st.binary(max_size=60) | st.text('{}[]":,0123456789.eE-ntf \\u', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    try:
        answers_in(written(tmp_path_factory.getbasetemp(), content))
    except SystemExit as end:
        assert end.code == 2


# The product's own instruments.


def test_an_own_assessment_is_scored_by_the_codes_of_its_options(tmp_path):
    path = FOLDER / "adult-community-1.yaml"
    adult = load_instrument(path.read_text(encoding="utf-8"))
    answers = {item.code: item.options[0].code for _, item in adult.items()}
    unknown = next(item.code for section in adult.scored for item in section.items if item.may_be_unknown)

    found = json.loads(run("score", path, written(tmp_path, answers | {unknown: None})).stdout)

    assert list(found["scores"]) == [*(section.code for section in adult.scored), "total"]
    assert found["missing"] == [unknown]

    del answers[unknown]
    reasons = refused(run("score", path, written(tmp_path, answers)))
    assert reasons == [f"{unknown} has no answer"]


def test_a_review_at_a_visit_is_scored_by_its_two_sums(tmp_path):
    path = FOLDER / "acute-1.yaml"
    acute = load_instrument(path.read_text(encoding="utf-8"))
    answers = {item.code: max(item.options, key=lambda option: option.points).code for _, item in acute.items()}

    found = json.loads(run("score", path, written(tmp_path, answers)).stdout)

    values = {name: one["value"] for name, one in found["scores"].items()}
    assert values == {"acute": 14, "protective": 8, "total": 6}
