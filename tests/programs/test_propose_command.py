"""flask programs propose: a draft outside the database, from a file that is read strictly."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from app.assessments.instrument import load_instrument
from app.assessments.library import FOLDER
from app.programs.proposals.findings_file import NotFindings, read_findings
from tests.factories.statements import statements

pytestmark = pytest.mark.one_engine

PAGE = Path(__file__).parents[2] / "docs" / "methodology.md"
ASSESSMENT = {
    "instrument": "adult-community", "version": 1, "on": "2026-03-12", "level": "low",
    "needs": [
        {"code": "education_work", "level": "high"}, {"code": "family", "level": "medium"},
        {"code": "free_time", "level": None}, {"code": "alcohol_drugs", "level": "medium"},
    ],
    "support": [{"code": "housing", "level": "high"}],
    "responsivity": ["spoken_language"],
    "person": {"born_on": "1990-01-31", "sex": "male", "employment": "employed", "children": 0, "disability": False},
}  # fmt: skip


@pytest.fixture
def propose(app, tmp_path):
    """Run the command over some content; what it printed, or the reasons of its refusal."""

    def run(content, *options, stage="sentence"):
        path = tmp_path / "assessment.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        done = app.test_cli_runner().invoke(
            args=["programs", "propose", "--stage", stage, "--assessment", str(path), *options]
        )
        assert done.exit_code in {0, 2}, done.exception
        return json.loads(done.stdout) if done.exit_code == 0 else done.stderr.splitlines()

    return run


def test_a_draft_is_proposed_in_order_with_its_reasons(propose):
    found = propose(ASSESSMENT, "--language", "en")

    assert (found["stage"], found["methodology"]["version"], found["methodology"]["every_stage_version"]) == (
        "sentence", 1, 1,
    )  # fmt: skip
    assert [(goal["rule"], goal["kind"], goal["level"], goal["state"]) for goal in found["goals"]] == [
        ("W-1", "need", "high", "active"), ("H-1", "support", "high", "active"),
        ("RL-1", "responsivity", "present", "active"), ("F-1", "need", "medium", "future"),
        ("D-2", "need", "medium", "future"),
    ]  # fmt: skip
    assert [goal["reason"] for goal in found["goals"][:3]] == [
        "Need: education and work, high, assessment of 12 Mar 2026; rule W-1.",
        "Help needed: a place to live, high, assessment of 12 Mar 2026; rule H-1.",
        "How to work with the person: language, assessment of 12 Mar 2026; rule RL-1.",
    ]
    assert found["goals"][0]["steps"][0] == {
        "doer": "officer", "days": 7, "hours": 1, "service": "employment",
        "text": "Give a referral to the career centre and agree the day of the first appointment",
    }  # fmt: skip
    assert [one["code"] for one in found["warnings"]] == ["during_work"]


def test_without_a_language_every_text_is_there_in_all_three(propose):
    found = propose(ASSESSMENT)

    texts = [value for goal in found["goals"] for value in (goal["goal"], goal["reason"], goal["steps"][0]["text"])]
    assert all(list(text) == ["kk", "ru", "en"] and all(text.values()) for text in texts)


def test_the_same_file_gives_the_same_draft_and_the_database_is_not_asked(propose):
    found = []

    assert statements(lambda: found.extend([propose(ASSESSMENT), propose(ASSESSMENT)])) == 0
    assert found[0] == found[1]


def test_what_scoring_prints_is_enough(app, propose, tmp_path):
    path = FOLDER / "adult-community-1.yaml"
    instrument = load_instrument(path.read_text(encoding="utf-8"))
    worst = {
        item.code: max(item.options, key=lambda option: option.points).code
        for section in instrument.scored
        for item in section.items
    }
    (tmp_path / "answers.json").write_text(json.dumps(worst))
    scored = app.test_cli_runner().invoke(args=["assessments", "score", str(path), str(tmp_path / "answers.json")])

    found = propose(scored.stdout, "--language", "en")
    beside = propose(json.loads(scored.stdout) | {"support": ASSESSMENT["support"], "on": "2026-03-12"})

    assert {goal["area"] for goal in found["goals"]} == {
        "self_control", "attitudes", "associates", "family", "education_work", "free_time", "alcohol_drugs",
    }  # fmt: skip
    assert {goal["level"] for goal in found["goals"]} == {"high"}
    assert found["warnings"][-1]["code"] == "many_active"
    assert "housing" in {goal["area"] for goal in beside["goals"]}


def test_a_person_is_known_from_few_facts(propose):
    person = {"born_on": "2010-03-13", "sex": "female", "employment": "studying", "children": 1, "disability": True}

    found = propose({"on": "2026-03-12", "person": person}, "--language", "en")

    assert [goal["area"] for goal in found["goals"]] == ["minor", "woman_with_children", "disability"]
    assert all("from the person's record" in goal["reason"] for goal in found["goals"])


def test_the_stage_may_be_written_either_way(propose):
    assert propose(ASSESSMENT, stage="pre-trial") == propose(ASSESSMENT, stage="pre_trial")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"mood": 1}, "mood is not known"),
        ({"on": "12.03.2026"}, "on is 12.03.2026, not a day like 2026-03-12"),
        ({"on": 12}, "on is not a text"),
        ({"level": "huge"}, "level is huge, not one of low, medium, high"),
        ({"needs": {}}, "needs is not a list"),
        ({"needs": ["work"]}, "needs[0] is not an object of code and level"),
        ({"needs": [{"level": "high"}]}, "needs[0].code is missing"),
        ({"needs": [{"code": "x", "level": "present"}]}, "needs[0].level is present, not one of low, medium, high"),
        ({"needs": [{"code": "x", "levle": "high"}]}, "needs[0].levle is not known"),
        ({"needs": [{"code": "x", "level": "low"}] * 2}, "needs[1].code is x a second time"),
        ({"responsivity": ["mood"]}, "responsivity[0] is mood, not one of language, literacy"),
        ({"responsivity": [7]}, "responsivity[0] is 7, not one of language, literacy"),
        ({"person": []}, "person is not an object of keys and values"),
        ({"person": {"iin": "1"}}, "person.iin is not known"),
        ({"person": {"sex": "other"}}, "person.sex is other, not one of male, female"),
        ({"person": {"employment": "busy"}}, "person.employment is busy, not one of employed"),
        ({"person": {"children": -1}}, "person.children is not a whole number from 0 to 50"),
        ({"person": {"disability": "yes"}}, "person.disability is neither true nor false"),
        ({"person": {"born_on": "2030-01-01"}}, "person.born_on is after the assessment"),
        ({"scores": []}, "scores is not an object of scores by code"),
        ({"scores": {}, "instrument": "nobody"}, "instrument is nobody, version 1, which is not here"),
        ({"scores": {}}, "scores hold the level of no need"),
        ({"scores": {"family": {"level": 7}}, "applicable": False}, "applicable is false"),
    ],
)
def test_every_fault_of_the_file_is_a_reason_with_its_place(change, reason):
    with pytest.raises(NotFindings) as refused:
        read_findings(ASSESSMENT | change, date(2026, 11, 20))

    assert any(line.startswith(reason) for line in refused.value.reasons), refused.value


def test_all_reasons_are_told_at_once_with_exit_code_2(propose):
    assert propose(ASSESSMENT | {"mood": 1, "level": "huge"}) == [
        "level is huge, not one of low, medium, high", "mood is not known",
    ]  # fmt: skip


def test_what_is_no_assessment_is_refused(propose):
    for content in ("", "[]", "7", "{", '{"on": "2026-03-12", "on": "2026-03-12"}', "{}", "[" * 100_000, '{"on": NaN}'):
        reasons = propose(content)
        assert isinstance(reasons, list), content
        assert reasons
    assert propose("{}")[0].startswith("the file says nothing to propose from")
    assert propose(ASSESSMENT, stage="parole") == [
        "the stage is parole, not one of pre_trial, sentence, penitentiary, post_penitentiary"
    ]


def test_the_page_describes_the_file_that_the_command_reads(propose):
    blocks = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    found = propose(blocks[0], "--language", "en")

    assert found["goals"]
    found["methodology"]["sha256"] = ["…", "…"]
    assert json.loads(blocks[1]) == {**found, "goals": found["goals"][:1], "warnings": found["warnings"][:1]}
