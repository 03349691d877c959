"""`flask assessments validate` from a file to JSON, and everything that it refuses."""

import json
import re
from itertools import repeat

import pytest

from app.assessments.validation import scores_file
from tests.assessments.validation.published import DECILES, LIMITS, at_limit, rossi

pytestmark = pytest.mark.one_engine
HEAD = "score,outcome,group\n"
TIMED = "score,outcome,group,time,event\n"


@pytest.fixture
def validate(app, tmp_path):
    def run(text: str | bytes, positive_from: str = "5"):
        path = tmp_path / "scores.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        words = ["assessments", "validate", str(path), "--positive-from", positive_from]
        return app.test_cli_runner().invoke(args=words)

    return run


def lines(group: str, counts) -> str:
    """A line for each person of (score, people, events)."""
    return "".join(f"{score},{int(place < events)},{group}\n" for score, n, events in counts for place in range(n))


def found_in(answer) -> dict:
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def test_the_published_figures_come_out_of_a_file(validate):
    deciles = ((cell.score, cell.n, cell.events) for cell in DECILES)
    found = found_in(validate(HEAD + lines("all", deciles)))

    assert (found["n"], found["events"]) == (7214, 3251)
    assert found["auc"] == pytest.approx(0.7021662544, abs=1e-10)
    assert found["auc_se"] == pytest.approx(0.0060890794, abs=1e-10)
    assert found["auc_ci"] == pytest.approx([0.6902319, 0.7141006], abs=5e-8)
    assert found["brier"] == pytest.approx(0.2172284922, abs=1e-10)
    assert (found["b0"], found["b1"]) == pytest.approx((-1.4089580811, 0.2650817696), abs=1e-10)
    assert [(row["score"], row["n"], row["events"]) for row in found["calibration"]] == [
        (cell.score, cell.n, cell.events) for cell in DECILES
    ]
    assert all(row["ci"][0] < row["rate"] < row["ci"][1] for row in found["calibration"])
    assert found["survival"] is None


def test_groups_are_told_apart_and_small_ones_are_too_few(validate):
    text = HEAD + "".join(lines(name, at_limit(*LIMITS[name])) for name in ("Black", "White"))
    text += lines("Few", [(9, 29, 20)]) + lines("Rare", [(9, 90, 9)])
    found = found_in(validate(text))
    groups = found["groups"]

    assert round(groups["Black"]["fpr"], 4) == 0.4485
    assert round(groups["White"]["fnr"], 4) == 0.4772
    assert groups["White"]["ci"]["fpr"] == pytest.approx([0.2137, 0.2567], abs=5e-5)
    assert {key for key in groups["Black"] if key in ("n", "base_rate", "ppv", "npv", "auc")} == {
        "n", "base_rate", "ppv", "npv", "auc",
    }  # fmt: skip
    for name in ("Few", "Rare"):
        assert groups[name]["note"] == "too few"
        assert {groups[name][key] for key in ("base_rate", "fpr", "fnr", "ppv", "npv", "auc")} == {None}
    assert {gap["measure"]: gap["highest"] for gap in found["gaps"]}["fnr"] == "White"


def test_of_twenty_people_nothing_is_said(validate):
    found = found_in(validate(HEAD + lines("a", [(1, 10, 2), (7, 10, 8)])))

    assert found["note"] == "too few"
    assert (found["n"], found["events"], found["auc"], found["calibration"]) == (20, 10, None, None)


def test_survival_is_told_overall_and_by_group_and_compared(validate):
    text = TIMED
    for aid in ("0", "1"):
        for one in rossi(aid):
            events = [*repeat(1, one.events), *repeat(0, one.n - one.events)]
            text += "".join(f"1,{event},aid {aid},{one.time},{event}\n" for event in events)
    survival = found_in(validate(text))["survival"]

    assert survival["logrank"]["chi2"] == pytest.approx(3.8375695765, abs=1e-9)
    assert round(survival["logrank"]["p"], 4) == 0.0501
    last = survival["overall"]["curve"][-1]
    assert (last["time"], round(last["survival"], 6), round(last["se"], 6)) == (52, 0.736111, 0.021205)
    assert round(survival["groups"]["aid 1"]["curve"][-1]["survival"], 6) == 0.777778


def test_a_byte_order_mark_windows_lines_quotes_and_other_columns_are_no_matter(validate):
    rows = "".join(
        f'"{number}",{outcome},"Алматы, қала",x\r\n' for number in (1, 2, 3) for outcome in ["TRUE", "0"] * 10
    )
    found = found_in(validate(("\ufeffScore,OUTCOME,group,note\r\n" + rows + "\r\n").encode()))

    assert (found["n"], found["events"]) == (60, 30)
    assert list(found["groups"]) == ["Алматы, қала"]


def test_every_fault_is_told_with_its_line(validate):
    text = TIMED + "x,2,,-1,maybe\n3,1,a,4,1\n\n1e999,yes,a,nan,0\n1,0\n"
    answer = validate(text)

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.splitlines() == [
        "line 2: score is not a number: 'x'",
        "line 2: outcome is none of 0, 1, true, false: '2'",
        "line 2: group is empty",
        "line 2: event is none of 0, 1, true, false: 'maybe'",
        "line 2: time is negative: '-1'",
        "line 5: score is beyond ±1e+12: '1e999'",
        "line 5: outcome is none of 0, 1, true, false: 'yes'",
        "line 5: time is not a number: 'nan'",
        "line 6: 2 values under 5 columns",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file is empty"),
        (HEAD, "there is nobody in the file"),
        ("score;outcome;group\n1;0;a\n", "line 1: column score is missing"),
        ("score,outcome\n1,0\n", "line 1: column group is missing"),
        ("score,outcome,group,time\n1,0,a,3\n", "line 1: column time needs event beside it"),
        ("score,outcome,group,event\n1,0,a,1\n", "line 1: column event needs time beside it"),
        ("score,score,outcome,group\n1,1,0,a\n", "line 1: column score stands twice"),
        (HEAD + "1_000,1,a\n", "line 2: score is not a number: '1_000'"),
        (HEAD + "1,,a\n", "line 2: outcome is none of 0, 1, true, false: ''"),
        (HEAD + '1,0,"a\n', "line 2: is not CSV: unexpected end of data"),
        ("score,outcome,group\n1,0,Ғ\n".encode("utf-16"), "is not UTF-8"),
        (HEAD.encode() + b"1,0,\xff\n", "is not UTF-8"),
        (HEAD + f"1,0,{'a' * 200_000}\n", "field larger than field limit"),
        (HEAD + "x,1,a\n" * 1200, "and 200 more"),
    ],
    ids=lambda text: repr(text)[:24],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_with_the_reason(tmp_path, text, reason):
    path = tmp_path / "scores.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(scores_file.WrongFile, match=re.escape(reason)):
        scores_file.read_scores(path)


def test_a_file_that_is_not_there_or_too_large_is_refused(validate, tmp_path, monkeypatch):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(scores_file.WrongFile, match="cannot be read"):
            scores_file.read_scores(path)

    monkeypatch.setattr(scores_file, "MOST_BYTES", 10)
    answer = validate(HEAD + "1,0,a\n")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "is larger than" in answer.stderr


def test_a_limit_is_a_number(validate):
    for limit in ("nan", "inf", "high"):
        answer = validate(HEAD + "1,0,a\n", limit)
        assert answer.exit_code == 2
        assert "positive-from" in answer.stderr
