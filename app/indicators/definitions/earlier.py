"""What each indicator counts, read from ``definitions.yaml``: data with versions, never a query hidden in a view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("earlier_definitions.yml")
LANGUAGES = ("kk", "ru", "en")

Text = Mapping[str, str]  # by language


class BadDefinition(ValueError):
    """The file leaves something out, or names something that does not exist."""


@dataclass(frozen=True, slots=True)
class Denominator:
    """Who an indicator is about. Indicators with the same denominator are published as one system."""

    code: str
    name: Text
    explanation: Text


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was given beside how many it reached; counted in minutes, shown in hours."""

    unit: Text
    explanation: Text


@dataclass(frozen=True, slots=True)
class Terms:
    """When an assessment is due: the first in days from registration, the next in months by the latest level."""

    first_days: int
    again_months: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator. ``target`` is None where the source has none."""

    code: str
    version: int
    valid_from: date
    name: Text
    unit: Text
    numerator: Text
    denominator: Denominator
    period_rule: str
    cuts: tuple[str, ...]
    plan_measures: tuple[int, ...]
    source: Text
    target: float | None
    amount: Amount | None
    terms: Terms | None


@cache
def every_version() -> tuple[Definition, ...]:
    """All versions in the file. Raises BadDefinition when something is missing."""
    return read(FILE.read_text(encoding="utf-8"))


def valid_on(day: date) -> tuple[Definition, ...]:
    """The version of each indicator that holds on the day, by code."""
    latest: dict[str, Definition] = {}
    for definition in sorted(every_version(), key=lambda each: (each.code, each.valid_from)):
        if definition.valid_from <= day:
            latest[definition.code] = definition
    return tuple(latest.values())


def read(text: str) -> tuple[Definition, ...]:
    """Definitions from the text of a file. Raises BadDefinition when something is missing."""
    data = yaml.safe_load(text)
    try:
        denominators = {
            code: Denominator(code, _text(each["name"]), _text(each["explanation"]))
            for code, each in data["denominators"].items()
        }
        return tuple(_definition(each, denominators) for each in data["definitions"])
    except (KeyError, TypeError, AttributeError) as missing:
        raise BadDefinition(f"Missing or not known: {missing}") from missing


def _definition(data: Mapping[str, Any], denominators: Mapping[str, Denominator]) -> Definition:
    amount, terms = data.get("amount"), data.get("terms")
    return Definition(
        code=data["code"],
        version=data["version"],
        valid_from=data["valid_from"],
        name=_text(data["name"]),
        unit=_text(data["unit"]),
        numerator=_text(data["numerator"]),
        denominator=denominators[data["denominator"]],
        period_rule=data["period_rule"],
        cuts=tuple(data["cuts"]),
        plan_measures=tuple(data["plan_measures"]),
        source=_text(data["source"]),
        target=data["target"],
        amount=Amount(_text(amount["unit"]), _text(amount["explanation"])) if amount else None,
        terms=Terms(terms["first_days"], terms["again_months"]) if terms else None,
    )


def _text(words: Mapping[str, str]) -> Text:
    return {language: words[language] for language in LANGUAGES}
