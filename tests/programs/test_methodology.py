"""The methodology's files: what they hold, how they are read, and that a published version never changes."""

import shutil
from pathlib import Path

import pytest

from app.assessments import library
from app.assessments.library import offered
from app.assessments.vocabulary import Kind, Use
from app.clients.vocabulary import Stage
from app.clock import today
from app.offices.reading import BadReference
from app.programs.methodology import (
    FOLDER,
    MethodologyLost,
    areas,
    documents,
    methodology_for,
    rules,
    wordings_by_code,
)
from app.programs.methodology.reading import read_document
from app.programs.proposals.proposing import EVERY, AreaKind, Found, draw_up
from app.programs.proposals.responsivity import FACTORS
from app.programs.wording import area_in_words

LETTERS = set("әғқңөұүһі")
FILE = FOLDER / "sentence-1.yaml"
# A published version never changes: a correction is a new file with the next version. A new version is a new line.
PUBLISHED = {
    "every-1": "b5fa144b2526d7bef7748f21c496fb2e15154c74a134796ad0cab10470d49a11",
    "penitentiary-1": "dac8cf170a7bcf086796d82b9295dba9dd6a193e49be0c6f72aea5c86dc088a0",
    "post_penitentiary-1": "6e8ec9fac29081414d3247cc1214d355719a1c5f1f1d1b5608957aa12250b924",
    "pre_trial-1": "b324c41dbf64db38230fe2c02474272f37d5add4a1a12fc4c66615bfc40f6cf4",
    "sentence-1": "851fadeb05a8bed26b6f658199c1b59ef7cd90433a0bd2ffbbb2277c6c178bdf",
}


def test_a_published_version_is_as_it_was():
    assert {f"{of}-{version}": one.digest for (of, version), one in documents().items()} == PUBLISHED


def test_every_stage_has_its_methodology_and_names_both_versions():
    assert [methodology_for(stage).name for stage in Stage] == [f"{stage}-1, every-1" for stage in Stage]
    assert all(methodology_for(stage).limits.active_goals in {2, 3} for stage in Stage)


def test_versions_are_found_again_by_their_numbers():
    assert methodology_for(Stage.SENTENCE, 1, 1) == methodology_for(Stage.SENTENCE)
    with pytest.raises(MethodologyLost, match="no version 9 of the methodology for sentence"):
        methodology_for(Stage.SENTENCE, 9)
    with pytest.raises(MethodologyLost, match="no rule LH-1"):
        methodology_for(Stage.SENTENCE).rule("LH-1")


@pytest.mark.parametrize("stage", Stage)
def test_every_need_that_an_instrument_can_find_has_a_rule_at_every_stage_where_it_applies(stage):
    methodology = methodology_for(stage)
    for instrument in (one for one in offered(today(), use=Use.ASSESSMENT) if stage.value in one.stages):
        dynamic = [section.code for section in instrument.sections if section.kind is Kind.DYNAMIC]
        support = [item.code for section, item in instrument.items() if section.kind is Kind.SUPPORT]
        for code in dynamic + support:
            for level in ("medium", "high"):
                assert draw_up(methodology.rules, [Found(code, level)], 3, instrument.code), (code, level)


@pytest.mark.parametrize("stage", Stage)
def test_how_to_work_with_a_person_is_said_at_every_stage(stage):
    for factor in FACTORS:
        found = Found(factor, "present", AreaKind.RESPONSIVITY)
        assert draw_up(methodology_for(stage).rules, [found], 3), factor


def test_before_a_judgment_nobody_is_asked_to_think_about_an_offence():
    def proposed(stage, instrument):
        lines = draw_up(methodology_for(stage).rules, [Found("attitudes", "high")], 3, instrument)
        return {line.rule.code for line in lines}

    assert "AP-1" in proposed(Stage.PRE_TRIAL, "pre-trial-screen")
    assert not {"A-1", "A-2"} & proposed(Stage.PRE_TRIAL, "pre-trial-screen")
    assert "A-1" in proposed(Stage.SENTENCE, "adult-community")


def test_a_pupil_is_not_sent_to_look_for_work():
    for stage in Stage:
        lines = draw_up(methodology_for(stage).rules, [Found("education_work", "high")], 3, "minors")
        assert [line.rule.code for line in lines] == ["WM-1"], stage


def test_a_code_means_one_rule_and_names_instruments_that_there_are():
    every = [rule for document in documents().values() for rule in document.rules]
    known = {instrument.code for instrument in offered(today())}

    assert len(every) == len(rules()) == sum(map(len, wordings_by_code().values()))
    assert {code for rule in every for code in rule.instruments} <= known


def test_every_text_is_there_in_three_languages_that_look_like_themselves():
    kazakh = " ".join(rule.goal["kk"] + step.text["kk"] for rule in rules().values() for step in rule.steps)
    russian = " ".join(rule.goal["ru"] + step.text["ru"] for rule in rules().values() for step in rule.steps)

    assert set(kazakh.lower()) >= LETTERS - {"һ"}
    assert not set(russian.lower()) & LETTERS
    assert all(text.isascii() for rule in rules().values() for text in (rule.goal["en"], rule.basis["en"]))


def test_a_need_that_the_methodology_does_not_know_is_called_as_its_instrument_calls_it(app, tmp_path, monkeypatch):
    text = (library.FOLDER / "adult-community-1.yaml").read_text().replace("- code: debts", "- code: alimony")
    (tmp_path / "adult-community-1.yaml").write_text(text)
    monkeypatch.setattr(library, "FOLDERS", [tmp_path])

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert [area_in_words(code) for code in ("alimony", "gone")] == ["Debts", "gone"]
        assert area_in_words("housing") == areas()["housing"].name["en"]


def written(tmp_path: Path, *changes: tuple[str, str], name: str = "sentence-1.yaml") -> Path:
    text = FILE.read_text(encoding="utf-8")
    start = text.index("  - code: education_work")
    for wrong, right in changes:
        place = start if wrong in text[start:] else 0
        text = text[:place] + text[place:].replace(wrong, right, 1)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("code: W-1", "code: w1"), "rules[0].code is not a code like W-1"),
        (("code: W-2", "code: W-1"), "code is W-1 a second time"),
        (("levels: [high]", "levels: [huge]"), "levels is huge, not one of low, medium, high"),
        (("levels: [high]", "levels: [present]"), "levels is present, not one of low, medium, high"),
        (("kind: need", "kind: wish"), "kind is wish, not one of need, responsivity, support"),
        (("kind: need", "kind: responsivity"), "code is education_work, not one of language, literacy"),
        (("doer: career_centre", "doer: nobody"), "doer is nobody, not one of person"),
        (("days: 7\n", "days: 0\n"), "steps[0].days is not from 1 to 1095"),
        (("days: 7\n", "days: soon\n"), "steps[0].days is not a int"),
        (("hours: 1\n", "hours: 0\n"), "steps[0].hours is not from 1 to 1000"),
        (("days: 7\n", "days: 7\n            when: tomorrow\n"), "steps[0].when is tomorrow, not one of working_hours"),
        (("service: employment\n", "service: magic\n"), "steps[0].service is magic, not one of medical"),
        (("days: 7\n", "days: 7\n            days: 8\n"), "steps[0].days is there a second time"),
        (("days: 7\n", "days: 7\n            cost: 8\n"), "steps[0].cost is not known"),
        (('en: "Find steady lawful work and keep it"', 'en: ""'), "goal.en is not a str"),
        (("basis:", "reason:"), "basis is missing"),
        (("- code: education_work", "- code: family"), "code is family (need) a second time"),
        (("stage: sentence", "stage: parole"), "stage is parole, not one of pre_trial"),
        (("stage: sentence", "stage: penitentiary"), "belong to a file named penitentiary-1.yaml"),
        (("version: 1", "version: 2"), "belong to a file named sentence-2.yaml"),
        (("stage: sentence", "stage: every"), "limits is not known"),
        (("checked: false", "checked: perhaps"), "checked is not a bool"),
        (("active_goals: 3", "active_goals: 30"), "limits.active_goals is not from 1 to 10"),
        (("low: 40", "low: 400"), "limits.hours fall where the level rises"),
        (("low: 40", "none: 40"), "limits.hours.low is missing"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, change, fault):
    path = written(tmp_path, change)

    with pytest.raises(BadReference) as refused:
        read_document(path)

    assert any(fault in line and line.startswith("sentence-1.yaml") for line in refused.value.faults), refused.value


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    written(tmp_path, ("days: 7\n", "days: 0\n"), ("checked: false", "checked: 1"))
    pre_trial = tmp_path / "pre-trial-1.yaml"
    pre_trial.write_text(pre_trial.read_text().replace("code: LH-1", "code: H-1"))

    with pytest.raises(BadReference) as refused:
        documents(tmp_path)

    told = "\n".join(refused.value.faults)
    assert "days is not from 1 to 1095" in told
    assert "sentence-1.yaml.checked is not a bool" in told
    assert "pre_trial-1 has the rule H-1 of every again" in told


def test_a_file_that_is_no_methodology_is_refused(tmp_path):
    path = tmp_path / "broken-1.yaml"
    for text in ("areas: [", "a: 1\n---\nb: 2\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadReference, match=r"broken-1.yaml cannot be read"):
            read_document(path)
    path.write_text("- 1\n", encoding="utf-8")
    with pytest.raises(BadReference, match="is not a list of keys and values"):
        read_document(path)


def test_a_later_version_is_the_one_that_holds_and_the_earlier_is_still_there(tmp_path, monkeypatch):
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    written(tmp_path, ("version: 1", "version: 2"), ("Find steady lawful work", "Find work"), name="sentence-2.yaml")
    shelf = documents(tmp_path)

    monkeypatch.setitem(methodology_for.__globals__, "documents", lambda: shelf)

    assert methodology_for(Stage.SENTENCE).name == "sentence-2, every-1"
    assert methodology_for(Stage.SENTENCE).rule("W-1").goal["en"] == "Find work and keep it"
    assert methodology_for(Stage.SENTENCE, 1).rule("W-1").goal["en"] == "Find steady lawful work and keep it"
    assert [rule.goal["en"] for rule in wordings_by_code.__wrapped__()["W-1"]] == [
        "Find work and keep it",
        "Find steady lawful work and keep it",
    ]
    assert {rule.stage for rule in methodology_for(Stage.SENTENCE).rules} == {"sentence", EVERY}
