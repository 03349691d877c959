"""The scores of every instrument, the product's own and the test ones: the same for ever, and no answers break them."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessments.calculation.evaluation import AnswersRefused
from app.assessments.calculation.model import Form
from app.assessments.instrument import Instrument, load_instrument
from app.assessments.library import FOLDER
from app.assessments.outcome import outcome
from app.assessments.scoring import score
from app.assessments.stored import from_json, to_json
from app.assessments.vocabulary import Kind, Level, Use

pytestmark = pytest.mark.one_engine

PATHS = [*sorted(FOLDER.glob("*.yaml")), *sorted((Path(__file__).parent / "instruments").glob("*.yaml"))]
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in PATHS}
EVERY = {name: load_instrument(text) for name, text in TEXTS.items()}
OWN = {path.stem: EVERY[path.stem] for path in PATHS if path.parent == FOLDER}
SCORED = {name: instrument for name, instrument in OWN.items() if instrument.use is Use.ASSESSMENT}


def told(instrument: Instrument, answers) -> str:
    return json.dumps(outcome(instrument, answers).to_json(), ensure_ascii=False, allow_nan=False)


def pick(draw: Random, choices):
    """One of the choices, by the only numbers that Python promises never to change."""
    return choices[int(draw.random() * len(choices))]


def some_answer(one, draw: Random):
    """An answer that fits an input."""
    if one.form is Form.WORD:
        return pick(draw, one.words)
    if one.form is Form.TRUTH:
        return pick(draw, (True, False))
    if one.form is Form.DATE:
        return f"{pick(draw, range(1950, 2031))}-0{pick(draw, range(1, 10))}-1{pick(draw, range(10))}"
    return pick(draw, range(int(one.least or 0), 1 + min(int(one.most or 99), 60)))


def full_answers(instrument: Instrument, draw: Random) -> dict[str, object]:
    answers: dict[str, object] = {item.code: pick(draw, item.options).code for _, item in instrument.items()}
    for one in instrument.calculation.inputs if instrument.calculation else ():
        answers[one.code] = some_answer(one, draw)
    return answers


def accepted(instrument: Instrument, count: int):
    """So many sets of answers, always the same ones, that are not refused."""
    draw = Random(2026)  # noqa: S311 - no secret
    while count:
        answers = full_answers(instrument, draw)
        try:
            outcome(instrument, answers)
        except AnswersRefused:
            continue
        count -= 1
        yield answers


@pytest.mark.parametrize("name", EVERY)
def test_the_same_answers_give_the_same_bytes_in_any_order_and_from_a_fresh_file(name):
    again = load_instrument(TEXTS[name])

    for answers in accepted(EVERY[name], 5):
        turned = dict(reversed(answers.items()))
        assert told(EVERY[name], answers) == told(again, turned) == told(again, json.loads(json.dumps(answers)))


# What the scores of the first answers were when the instrument was published. A digest never changes: a published
# instrument keeps its codes, points and rules, and the engine must score an old assessment to the same bytes for ever.
PUBLISHED = {
    "acute-1": "69e4e41b59b5b271e3ff1b7ef16d528ddef7f5d24e5b2b496d79736b86e4bed7",
    "adult-community-1": "df46eb1f29966da3f7c83ab8bbb08a28d57e59fe11dd59beb86e9d19d6476fc5",
    "minors-1": "6d4a4a31d8ecd7dc6ebcdc98b3a436f204f1d28871a36ed76783b2ee3055577e",
    "pre-release-1": "33c3f31741f65dab6494a67e990df1081f621bb316f312db8eef68771e4937a1",
    "pre-trial-screen-1": "8034e8340f30d1184d3167b3679207526d0e3bcb80c90c162f8f15ef68f84095",
    "dc_srp": "41b2ca2edfb3cd3fceda1ae6bf11b43b4f72bd9777d34590062bc1bf7e5227ca",
    "draor": "6cc4b99a65cabba7bdc1b19fb4129fa4ef5a7aa3672a9b66cf3359b6d28498ec",
    "hmpps_tier": "2bb329d2d3b18b742b471747729f145b09fafb578e27feac80ca3962a97a4089",
    "lsi_r_shape": "9abbb5249d6b7d16e75910a908ac11cf7b49751932a75db9282ee731e8fc4993",
    "mst": "41a25024bd49f16462fbe5af227f8812cb9c8d09b324c3874ee45a55596e388d",
    "oasys_needs": "4f30f8abb40feee9339c8f8fc2574d0628cdd6fee55171b5ca4ff925aa59aa02",
    "ogp": "a919be621d29ff323f937031a3b9925ba4520cccd95f6b55e8fadd24d86c4bbe",
    "ogrs3": "e0b37cb0ff266da447f8f58321a859b80a5cc876eaf931c51e333eabcbe0eaba",
    "ogrs4_shape": "1fee7200fc44efe2a65b4489a0a6d92f5a89fbdcecb7af76199059c2d4d3852c",
    "oras_shape": "b64a2da37cc6c9a82b8a5a2f2b7eea0b9a15c84312ff1ec12c16e9d9067304e8",
    "ovp": "d1d8bc9c2d2ccbd7c4c7286c341c9831a8375906d9e18fc6cc58f12ed957b306",
    "pni": "c4862bdff1b23d51055613584f0a73c9a66e1d092c14ffc8c782d6587a6e7080",
    "psa": "9c6d93e51958f00c6bad3bf3c752d51528e3818c263299c9bd9c765d23eddc09",
    "static_2002r": "c04419f00e6bbafb92628eb544b5cc999c4740fcbf8cb04e10abfde094ea22e2",
}


def test_every_instrument_is_held_to_its_first_scores():
    assert PUBLISHED.keys() == EVERY.keys()


def digest_of(instrument: Instrument) -> str:
    return sha256("\n".join(told(instrument, answers) for answers in accepted(instrument, 25)).encode()).hexdigest()


@pytest.mark.parametrize("name", PUBLISHED)
def test_old_answers_score_to_the_bytes_of_their_day(name):
    assert digest_of(EVERY[name]) == PUBLISHED[name]


@pytest.mark.parametrize("name", SCORED)
def test_a_stored_result_is_what_its_answers_score_to_again(name):
    again = load_instrument(TEXTS[name])

    for answers in accepted(SCORED[name], 5):
        kept = json.loads(json.dumps(to_json(score(SCORED[name], answers))))
        assert from_json(kept) == score(again, answers)


# Answers of any shape.

leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["male", "female", "yes", "no", "2020-02-29", "2020-02-30", "1", "\ud800", 10**30, -1, 0, 1, 2]),
)  # fmt: skip
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
codes = {
    name: [item.code for _, item in one.items()] + [i.code for i in (one.calculation.inputs if one.calculation else ())]
    for name, one in EVERY.items()
}


@st.composite
def any_answers(draw):
    """An instrument with good answers of which some were replaced, left out or added."""
    name = draw(st.sampled_from(sorted(EVERY)))
    answers = full_answers(EVERY[name], Random(draw(st.integers(0, 9))))  # noqa: S311
    answers |= draw(st.dictionaries(st.sampled_from(codes[name]) | st.text(max_size=5), anything, max_size=4))
    for code in draw(st.lists(st.sampled_from(codes[name]), max_size=3)):
        answers.pop(code, None)
    return name, answers


@settings(max_examples=120)
@given(any_answers())
def test_answers_of_any_shape_are_scored_or_refused_with_reasons(drawn):
    name, answers = drawn
    try:
        found = told(EVERY[name], answers)
    except AnswersRefused as refused:
        assert refused.reasons
        assert all(isinstance(reason, str) and reason for reason in refused.reasons)
        assert len(set(refused.reasons)) == len(refused.reasons)
    else:
        assert json.loads(found)["scores"].keys() == scores_of(name, next(accepted(EVERY[name], 1))).keys()


def scores_of(name, answers):
    return outcome(EVERY[name], answers).to_json()["scores"]


# More points of risk never lower anything.


def steps_up(instrument: Instrument):
    """Each item with two of its options, the second of which has more points."""
    for section, item in instrument.items():
        if section.kind.has_points:
            options = sorted(item.options, key=lambda option: option.points)
            yield from ((section, item, low, high) for low, high in zip(options, options[1:], strict=False)
                        if low.points < high.points)  # fmt: skip


def bases(instrument: Instrument):
    """The least points, the most, and a few between."""
    points = partial(max, key=lambda option: option.points), partial(min, key=lambda option: option.points)
    for choose in points:
        yield {item.code: choose(item.options).code for _, item in instrument.items()}
    yield from accepted(instrument, 1)


@pytest.mark.parametrize("name", OWN)
def test_more_points_in_an_answer_never_lower_a_sum_or_a_level(name):
    rank = [None, *Level].index
    for answers in bases(OWN[name]):
        for section, item, low, high in steps_up(OWN[name]):
            before = scores_of(name, answers | {item.code: low.code})
            after = scores_of(name, answers | {item.code: high.code})
            more = high.points - low.points
            sign = -1 if section.kind is Kind.PROTECTIVE else 1
            assert after[section.code]["value"] == before[section.code]["value"] + more
            assert after["total"]["value"] == before["total"]["value"] + sign * more
            for score_name in after:
                assert rank(after[score_name]["level"]) >= rank(before[score_name]["level"])


@pytest.mark.parametrize("name", SCORED)
def test_every_total_has_a_level_and_the_levels_only_rise(name):
    instrument = SCORED[name]
    for part in (instrument, *instrument.scored):
        ranks = [part.level_at(points).rank for points in range(part.maximum + 1)]
        assert ranks == sorted(ranks)
        assert set(ranks) == {0, 1, 2}


# The product's own instruments, by the codes of their options.


def answers_for(instrument: Instrument, choose=max) -> dict[str, str | None]:
    return {item.code: choose(item.options, key=lambda option: option.points).code for _, item in instrument.items()}


@pytest.mark.parametrize("name", SCORED)
def test_an_assessment_tells_the_total_and_each_section(name):
    instrument = SCORED[name]

    found = outcome(instrument, answers_for(instrument)).to_json()

    assert found["scores"] == {
        section.code: {"value": section.maximum, "level": "high"} for section in instrument.scored
    } | {"total": {"value": instrument.maximum, "level": "high"}}
    assert found["steps"] == [{"name": code, "value": one["value"]} for code, one in found["scores"].items()]
    assert (found["instrument"], found["applicable"], found["missing"]) == (instrument.code, True, [])


@pytest.mark.parametrize("name", SCORED)
def test_what_an_assessment_may_not_know_is_refused_and_what_it_may_is_projected(name):
    instrument = SCORED[name]
    items = {item.code: item for section in instrument.scored for item in section.items}
    may = [code for code, item in items.items() if item.may_be_unknown][: instrument.allow_unknown]
    must = [code for code, item in items.items() if not item.may_be_unknown]
    least = answers_for(instrument, min)

    found = outcome(instrument, least | dict.fromkeys(may)).to_json()
    assert found["missing"] == may
    assert (found["scores"]["total"]["value"], found["scores"]["total"]["level"]) == (0, "low")

    with pytest.raises(AnswersRefused) as caught:
        outcome(instrument, least | dict.fromkeys(must))
    assert list(caught.value.reasons) == [f"{code} cannot be left as not known" for code in must]

    with pytest.raises(AnswersRefused) as caught:
        outcome(instrument, {code: option for code, option in least.items() if code not in items})
    assert list(caught.value.reasons) == [f"{code} has no answer" for code in items]


def test_more_unknown_answers_than_allowed_leave_no_level():
    adult = OWN["adult-community-1"]
    items = [item.code for section in adult.scored for item in section.items if item.may_be_unknown]
    known = answers_for(adult)

    found = outcome(adult, known | dict.fromkeys(items[: adult.allow_unknown + 1])).to_json()

    assert found["scores"]["total"]["level"] is None


def test_an_unknown_answer_that_could_raise_the_level_makes_it_provisional():
    screen = OWN["pre-trial-screen-1"]
    points, unknown = 0, next(item for _, item in screen.items() if item.may_be_unknown and item.maximum)
    answers = answers_for(screen, min)
    for section in screen.scored:  # up to just below the medium level
        for item in section.items:
            best = max(item.options, key=lambda option: option.points)
            if item is not unknown and points + best.points < screen.bands[1].first:
                answers[item.code], points = best.code, points + best.points

    total = outcome(screen, answers | {unknown.code: None}).to_json()["scores"]["total"]

    assert total == {"value": points, "level": "low", "provisional": True, "level_if_worst": "medium"}


def test_a_review_at_a_visit_tells_two_sums_and_their_difference():
    acute = OWN["acute-1"]
    sums = {section.code: section.maximum for section in acute.sections}

    found = outcome(acute, answers_for(acute)).to_json()

    assert found["scores"] == {
        "acute": {"value": sums["acute"], "level": None},
        "protective": {"value": sums["protective"], "level": None},
        "total": {"value": sums["acute"] - sums["protective"], "level": None},
    }


def test_a_review_may_not_know_an_answer_but_may_not_leave_it_out():
    acute = OWN["acute-1"]
    answers = answers_for(acute)

    found = outcome(acute, answers | {"anger": None}).to_json()
    assert (found["missing"], found["scores"]["acute"]["value"]) == (["anger"], acute.sections[0].maximum - 2)

    del answers["anger"]
    with pytest.raises(AnswersRefused) as caught:
        outcome(acute, answers | {"substance": "some", "mood": "x"})
    assert list(caught.value.reasons) == [
        "substance has no option some",
        "mood has no option x",
        "anger has no answer",
    ]
