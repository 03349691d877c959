"""Every indicator says in three languages what it counts, and a file with a fault is refused with its place."""

from dataclasses import fields, is_dataclass
from datetime import date

import pytest
import yaml

from app.indicators.calculation import cells_of, tables_of
from app.indicators.counts import Facts
from app.indicators.definitions.book import Book, Category, Definition, PeriodRule
from app.indicators.definitions.reading import FOLDER, book, read_book
from app.indicators.facts.sources import faults_of
from app.indicators.periods import parse
from app.indicators.unknowns import Unknowns
from app.offices.reading import LANGUAGES, BadReference

pytestmark = pytest.mark.one_engine

KAZAKH_ONLY = set("әғқңөұүһі")
WHOLE = book()


def texts(part):
    """All the texts of a definition or of a part of it."""
    for field in fields(part):
        value = getattr(part, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, dict) and each.keys() == set(LANGUAGES):
                yield each
            elif is_dataclass(each) and not isinstance(each, Category):
                yield from texts(each)


def test_the_fourteen_indicators_are_there():
    assert [each.code for each in WHOLE.valid_on(date(2026, 7, 1)).definitions] == [f"I-{n:02}" for n in range(1, 15)]


@pytest.mark.parametrize("definition", WHOLE.all, ids=lambda each: f"{each.code} v{each.version}")
def test_a_definition_is_complete(definition):
    found = list(texts(definition))

    for text in found:
        assert all(text[language].strip() == text[language] != "" for language in LANGUAGES)
        assert text["en"] not in (text["kk"], text["ru"])
    assert any(KAZAKH_ONLY & set(text["kk"]) for text in found)
    assert definition.plan_measures
    if isinstance(definition, Definition):
        assert len(found) >= 8
        assert definition.target is None  # the Strategy's figures were not found
        assert definition.per in (1, 100)
        assert definition.per == 100 or not definition.denominator


def test_terms_are_the_ones_that_the_instrument_and_the_words_name():
    on_time, covered = WHOLE.definition("I-07"), WHOLE.definition("I-04")

    assert "30" in on_time.value.words["kk"] and on_time.terms == {"first_days": 30}
    assert "45" in covered.numerators[1].words["ru"] and covered.terms == {"days_to_approval": 45}


def test_nothing_holds_before_its_day_and_the_later_version_takes_over():
    first = WHOLE.definition("I-01")
    later = Definition(**{each.name: getattr(first, each.name) for each in fields(first)} | {
        "version": 2, "valid_from": date(2026, 1, 1),
    })  # fmt: skip
    both = Book(WHOLE.dimensions, WHOLE.counted, (first, later), ())

    assert both.valid_on(date(2016, 12, 31)).definitions == ()
    assert [each.version for day in ("2025H2", "2026H1") for each in both.valid_on(parse(day).start).definitions] == [
        1, 2,
    ]  # fmt: skip


def broken(tmp_path, **changes):
    """The files with one of them changed: what it has is replaced by what the test names."""
    paths = [path for path in FOLDER.glob("*.yaml") if path.name != "i01.yaml"]
    data = yaml.safe_load((FOLDER / "i01.yaml").read_text(encoding="utf-8"))
    version = data["definitions"][0]["versions"][0]
    version.update({name: value for name, value in changes.items() if value is not None})
    for name in [name for name, value in changes.items() if value is None]:
        del version[name]
    changed = tmp_path / "i01.yaml"
    changed.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BadReference) as refused:
        read_book([*paths, changed])
    return "\n".join(refused.value.faults)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"formula": None}, "formula is missing"),
        ({"formula": {"kk": "а", "ru": "б"}}, "formula.en is missing"),
        ({"numerators": ["I-99"]}, "numerators is I-99, not one of"),
        ({"denominator": "everybody"}, "denominator is everybody, not one of"),
        ({"tables": [["region", "shoe_size"]]}, "tables names shoe_size, not one of"),
        ({"plan_measures": [31]}, "plan_measures names 31, and the plan has the measures 1 to 30"),
        ({"period_rule": "sometimes"}, "period_rule is sometimes, not one of stock, flow, cohort"),
        ({"target": "high"}, "target is not a number"),
        ({"version": "one"}, "version is not a int"),
        ({"colour": "green"}, "colour is not known"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, changes, said):
    assert f"i01.yaml.definitions[0].versions[0].{said}" in broken(tmp_path, **changes)


def test_all_faults_are_named_at_once(tmp_path):
    said = broken(tmp_path, target="high", plan_measures=[31], colour="green").split("\n")

    assert len(said) == 3


def test_a_definition_whose_parts_no_source_counts_stops_the_start():
    first = WHOLE.definition("I-01")
    elsewhere = Book(WHOLE.dimensions, {"I-01": first.value}, (
        Definition(**{each.name: getattr(first, each.name) for each in fields(first)} | {"tables": (("direction",),)}),
    ), ())  # fmt: skip

    assert faults_of(WHOLE) == []
    assert any("I-01 tells I-01 by direction, which it is not counted by" in fault for fault in faults_of(elsewhere))


@pytest.mark.parametrize("rule", PeriodRule)
def test_each_rule_of_time_is_used(rule):
    assert any(each.period_rule is rule for each in WHOLE.definitions)


def test_what_is_released_for_twenty_regions_can_be_protected_as_one_system():
    """Below 4,000 unknown cells: above 5,000 the release is refused."""
    valid = WHOLE.valid_on(date(2026, 1, 1))
    regions = tuple(f"{number:02}0000000" for number in range(20))
    cells = cells_of(Facts(parse("2026H1"), valid.versions, regions, (), ()), valid)

    assert Unknowns(cells, tables_of(valid)).size < 4000
