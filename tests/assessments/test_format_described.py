"""docs/instruments.md and docs/instrument.schema.json describe all that the reader knows, and no more."""

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

from app.assessments import library
from app.assessments.calculation.model import Form, Policy
from app.assessments.calculation.reading_formulas import MOST_PLACES, READERS, ROUNDING, read_formula
from app.assessments.cutoffs import load_cutoffs
from app.assessments.instrument import load_instrument
from app.assessments.outcome import outcome
from app.assessments.reading import CODE, Reader, parse
from app.assessments.vocabulary import Domain, Kind, Level, Stage, Use

pytestmark = pytest.mark.one_engine

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "instruments.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "docs" / "instrument.schema.json").read_text(encoding="utf-8"))
SHAPES = SCHEMA["$defs"]
OPERATORS = SHAPES["operator"]["properties"]
[EXAMPLE] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
[CUTOFFS] = re.findall(r"^    instrument: our-form\n(?:    .*\n)+", GUIDE, re.MULTILINE)
# Of these the file itself says the keys: words of its inputs.
FREE = re.compile(r"\.for$")


@pytest.fixture(scope="module")
def shapes_read():
    """Every set of required and optional keys that the reader allows somewhere, by reading all instruments."""
    found = set()
    original = Reader.mapping

    def mapping(read, node, place, required, optional=()):
        if not FREE.search(place) and node is not None:
            found.add((frozenset(required), frozenset(optional) - frozenset(required)))
        return original(read, node, place, required, optional)

    folders = (library.FOLDER, Path(__file__).parent / "instruments")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "mapping", mapping)
        for path in (path for folder in folders for path in folder.glob("*.yaml")):
            load_instrument(path.read_text(encoding="utf-8"))
        load_instrument(EXAMPLE)
        for operator in OPERATORS:
            read_formula(Reader(), parse(formula_of(operator)), "value")
    return found


def formula_of(operator: str) -> str:
    """The example in the row of the table of operators."""
    [example] = re.findall(rf"^\| `{operator}` \| `(.*?)` \|", GUIDE, re.MULTILINE)
    return example


def closed(shape) -> bool:
    return isinstance(shape, dict) and shape.get("additionalProperties") is False and "required" in shape


# Without the key that says so, the reader takes any file for an assessment.
SAYS_ITSELF = {"acute", "calculation"}


def test_the_schema_has_the_keys_of_the_reader_and_no_others(shapes_read):
    described = set()
    for name, shape in [*SHAPES.items(), *OPERATORS.items()]:
        if closed(shape):
            required = frozenset(shape["required"]) - ({"use"} if name in SAYS_ITSELF else set())
            described.add((required, frozenset(shape["properties"]) - required))

    assert described == shapes_read


def test_the_schema_has_the_closed_words_of_the_reader():
    assert OPERATORS.keys() == READERS.keys()
    assert SHAPES["level"]["enum"] == list(Level)
    assert SHAPES["section"]["properties"]["kind"]["enum"] == list(Kind)
    assert SHAPES["applies_to"]["properties"]["stages"]["items"]["enum"] == list(Stage)
    assert SHAPES["input"]["properties"]["type"]["enum"] == list(Form)
    assert SHAPES["missing"]["properties"]["policy"]["enum"] == list(Policy)
    assert OPERATORS["round"]["properties"]["mode"]["enum"] == list(ROUNDING)
    assert OPERATORS["round"]["properties"]["places"]["maximum"] == MOST_PLACES
    assert SHAPES["code"]["pattern"] == f"^{CODE.pattern}$".replace("(?:", "(")
    assert [SHAPES[one["$ref"].split("/")[-1]]["properties"]["use"]["const"] for one in SCHEMA["oneOf"]] == list(Use)


def test_every_reference_of_the_schema_leads_somewhere():
    named = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)))

    assert named == SHAPES.keys()


def test_the_guide_names_every_key_and_every_closed_word(shapes_read):
    keys = {key for required, optional in shapes_read for key in required | optional}
    words = {*keys, *Level, *Domain, *Kind, *Stage, *Form, *Policy, *ROUNDING, *Use, *READERS}
    inside = re.findall(r"`([^`\n]+)`", GUIDE) + re.findall(r"^    .*$", GUIDE, re.MULTILINE)
    told = {word for piece in inside for word in re.findall(r"[a-z_]+", piece)}

    assert words - told == set()


@pytest.mark.parametrize("operator", READERS)
def test_each_operator_has_a_row_whose_example_holds(operator):
    text = EXAMPLE.replace("value: raw\n", f"value: {formula_of(operator)}\n")
    text = text[: text.index("    dated_by")].replace("applies_when: {at_least: [age, 18]}\n", "")
    if operator == "points":  # of the sections, which the example does without
        assert read_formula(Reader(), parse(formula_of(operator)), "value").setting == "total"
    else:
        assert load_instrument(text).calculation.scores[0].value.operator == operator


def test_the_whole_example_scores():
    answers = {"sex": "female", "born": "1990-01-01", "day": "2026-06-30", "sentences": 2, "sure": False}
    little = load_instrument(EXAMPLE)

    def risk(**changed):
        return outcome(little, answers | changed).to_json()["scores"]["risk"]

    assert risk() == {"value": 4, "level": "low"}
    assert risk(sentences=3) == {"value": 7, "level": "high"}
    assert risk(sentences=3, day="2026-07-01") == {"value": 7, "level": "low"}
    assert risk(sure=None) == {"value": 4, "level": "low", "provisional": True, "level_if_worst": "high"}
    assert outcome(little, answers | {"born": "2010-01-01"}).to_json()["applicable"] is False


def test_the_example_of_later_cut_offs_is_read():
    cutoffs = load_cutoffs(dedent(CUTOFFS))

    assert (cutoffs.instrument_code, cutoffs.version, [band.last for band in cutoffs.bands[None]]) == (
        "our-form",
        2,
        [11, 23, 40],
    )
