"""The methodology's file, and what is proposed from it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments import library
from app.assessments.library import offered
from app.assessments.vocabulary import Kind
from app.clock import today
from app.offices.reading import BadReference
from app.programs.methodology import FILE, FILES, areas, read_areas, rules
from app.programs.proposing import propose, unanswered
from app.programs.wording import area_in_words

LETTERS = set("әғқңөұүһі")


@dataclass(frozen=True)
class FakeNeed:
    code: str
    level: str | None


def needs(**levels):
    return [FakeNeed(code, level) for code, level in levels.items()]


def codes(found):
    return [(one.rule.code, one.level) for one in found]


def test_every_need_that_an_instrument_can_find_has_a_suggestion_when_it_is_medium_or_high():
    for instrument in offered(today()):
        dynamic = [section.code for section in instrument.sections if section.kind is Kind.DYNAMIC]
        support = [item.code for section, item in instrument.items() if section.kind is Kind.SUPPORT]
        for code in dynamic + support:
            for level in ("medium", "high"):
                assert propose(rules().values(), needs(**{code: level}), instrument.code), (code, level)


def test_before_a_judgment_nobody_is_asked_to_think_about_an_offence():
    screen = codes(propose(rules().values(), needs(attitudes="high", housing="high"), "pre-trial-screen"))
    afterwards = codes(propose(rules().values(), needs(attitudes="high", housing="high"), "adult-community"))

    assert screen == [("AP-1", "high"), ("H-1", "high")]
    assert afterwards == [("A-1", "high"), ("H-1", "high")]


def test_a_pupil_is_not_sent_to_look_for_work():
    assert codes(propose(rules().values(), needs(education_work="high"), "minors")) == [("WM-1", "high")]


def test_a_rule_that_names_instruments_is_not_for_others():
    assert codes(propose(rules().values(), needs(education_work="high"))) == [("W-1", "high")]
    named = {code for rule in rules().values() for code in rule.instruments}
    assert named <= {instrument.code for instrument in offered(today())}


def test_no_rule_has_the_code_of_another():
    written = [rule.code for path in FILES for area in read_areas(path) for rule in area.rules]

    assert len(written) == len(set(written)) == len(rules())


def test_every_text_is_there_in_three_languages_that_look_like_themselves():
    kazakh = " ".join(rule.goal["kk"] + step.text["kk"] for rule in rules().values() for step in rule.steps)
    russian = " ".join(rule.goal["ru"] + step.text["ru"] for rule in rules().values() for step in rule.steps)

    assert set(kazakh.lower()) >= LETTERS - {"һ"}
    assert not set(russian.lower()) & LETTERS
    assert all(text.isascii() for rule in rules().values() for text in (rule.goal["en"], rule.basis["en"]))


def test_suggestions_come_in_the_order_of_the_needs_with_the_level_as_reason():
    found = propose(rules().values(), needs(housing="high", education_work="medium", free_time="low", debts=None))

    assert codes(found) == [("H-1", "high"), ("W-2", "medium")]


def test_high_needs_without_an_answer_are_named_in_their_order():
    found = needs(housing="high", family="medium", debts="high", income=None)

    assert unanswered(found, ["debts"]) == ("housing",)
    assert unanswered(found, []) == ("housing", "debts")
    assert unanswered(found, ["housing", "debts"]) == ()


def test_a_need_that_the_methodology_does_not_know_is_called_as_its_instrument_calls_it(app, tmp_path, monkeypatch):
    text = (library.FOLDER / "adult-community-1.yaml").read_text().replace("- code: debts", "- code: alimony")
    (tmp_path / "adult-community-1.yaml").write_text(text)
    monkeypatch.setattr(library, "FOLDERS", [tmp_path])

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert [area_in_words(code) for code in ("housing", "alimony", "gone")] == ["a place to live", "Debts", "gone"]
    assert propose(rules().values(), needs(alimony="high")) == ()


@given(st.dictionaries(st.sampled_from([*areas(), "unknown"]), st.sampled_from(["low", "medium", "high", None])))
def test_nothing_is_proposed_for_what_is_not_needed(levels):
    found = propose(rules().values(), needs(**levels))

    assert all(one.rule.area in levels and levels[one.rule.area] == one.level in one.rule.levels for one in found)
    order = [list(levels).index(one.rule.area) for one in found]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (("code: W-1", "code: w1"), "rules[0].code is not a code like W-1"),
        (("code: W-2", "code: W-1"), "code is W-1 a second time"),
        (("[high]", "[huge]"), "levels is huge, not one of low, medium, high"),
        (("doer: career_centre", "doer: nobody"), "steps[1].doer is nobody"),
        (("days: 7\n", "days: 0\n"), "steps[0].days is not from 1 to 1095"),
        (("days: 7\n", "days: soon\n"), "steps[0].days is not a int"),
        (('en: "Find steady lawful work and keep it"', 'en: ""'), "goal.en is not a str"),
        (("basis:", "reason:"), "basis is missing"),
        (("  - code: free_time", "  - code: family"), "code is family a second time"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, wrong, fault):
    text = FILE.read_text(encoding="utf-8")
    start = text.index("  - code: education_work")
    path = tmp_path / "community-2.yaml"
    path.write_text(text[:start] + text[start:].replace(*wrong), encoding="utf-8")

    with pytest.raises(BadReference) as refused:
        read_areas(path)

    assert any(fault in line and line.startswith("community-2.yaml.areas[") for line in refused.value.faults), (
        refused.value
    )


def test_a_file_that_is_no_methodology_is_refused(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("areas: [", encoding="utf-8")

    with pytest.raises(BadReference, match=r"broken.yaml cannot be read"):
        read_areas(path)
