"""Every indicator says in three languages what it counts."""

from dataclasses import fields
from datetime import date

import pytest

from app.indicators.calculation import CUTS, quantities_of
from app.indicators.definitions import FILE, LANGUAGES, BadDefinition, every_version, read, valid_on

KAZAKH_ONLY = set("әғқңөұүһі")


def texts(part):
    """All the texts of a definition or of a part of it."""
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
            yield value
        elif hasattr(value, "__dataclass_fields__"):
            yield from texts(value)


def test_the_three_indicators_of_the_first_release_are_there():
    assert [definition.code for definition in valid_on(date(2026, 7, 1))] == ["I-04", "I-07", "I-11"]


@pytest.mark.parametrize("definition", every_version(), ids=lambda each: f"{each.code} v{each.version}")
def test_a_definition_is_complete(definition):
    found = list(texts(definition))

    assert len(found) >= 6
    for text in found:
        assert all(text[language].strip() == text[language] != "" for language in LANGUAGES)
        assert len(set(text.values())) == 3 or text["kk"] == "адам"
    assert any(KAZAKH_ONLY & set(text["kk"]) for text in found)
    assert set(definition.cuts) <= set(CUTS)
    assert all(1 <= number <= 30 for number in definition.plan_measures)
    assert definition.target is None


def test_versions_are_told_apart():
    versions = [(definition.code, definition.version) for definition in every_version()]

    assert len(set(versions)) == len(versions)


def test_a_definition_does_not_hold_before_its_day():
    assert valid_on(date(2016, 12, 31)) == ()


def test_the_three_share_one_register():
    codes = [quantity.code for quantity in quantities_of(valid_on(date(2026, 7, 1)))]

    assert codes == ["register", "I-04", "I-07", "I-11", "I-11.minutes"]


@pytest.mark.parametrize("lost", ["kk: ", "name:", "denominator: register", "version: 1", "definitions:"])
def test_a_definition_with_something_missing_is_refused(lost):
    with pytest.raises(BadDefinition):
        read(FILE.read_text(encoding="utf-8").replace(lost, f"lost_{lost}"))
