"""What a draft rests on, read from a JSON file: strictly, with every fault and its place. docs/methodology.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.assessments import library
from app.assessments.vocabulary import Kind
from app.clients.vocabulary import Employment, Sex
from app.programs.proposals.proposing import LEVELS, AreaKind, Findings, Found, found_adaptations
from app.programs.proposals.responsivity import FACTORS, Person, factor_of
from app.web.dates import age_on

KEYS = ("instrument", "version", "on", "level", "needs", "support", "responsivity", "person")
SCORED = ("instrument", "version", "applicable", "scores", "missing", "steps")  # what scoring prints
PERSON = ("born_on", "sex", "employment", "children", "disability")
TOTAL = "total"
WORKING = {Employment.EMPLOYED, Employment.SELF_EMPLOYED}
ADULT = 18  # years; Criminal Code 226-V speaks of minors below it
MOST_CHILDREN = 50  # more is a slip of the finger


class NotFindings(ValueError):
    """The file cannot be used; one reason for each fault, with its place."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


@dataclass
class Reading:
    """One file while it is read: what is wrong is noted, and a harmless value goes on in its place."""

    values: dict[str, Any]
    today: date
    reasons: list[str] = field(default_factory=list)

    def note(self, place: str, says: str) -> None:
        self.reasons.append(f"{place} {says}")

    def text(self, values: Mapping[str, Any], key: str, place: str = "") -> str:
        value = values.get(key)
        if value is None or isinstance(value, str) and value:
            return value or ""
        self.note(f"{place}{key}", "is not a text")
        return ""

    def one_of(self, values: Mapping[str, Any], key: str, known: tuple[str, ...], place: str = "") -> str | None:
        value = self.text(values, key, place)
        if value and value not in known:
            self.note(f"{place}{key}", f"is {value}, not one of {', '.join(known)}")
            return None
        return value or None

    def day(self, values: Mapping[str, Any], key: str, place: str = "") -> date | None:
        value = self.text(values, key, place)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.note(f"{place}{key}", f"is {value}, not a day like 2026-03-12")
            return None

    def members(self, key: str) -> list[Any]:
        value = self.values.get(key)
        if value is None or isinstance(value, list):
            return value or []
        self.note(key, "is not a list")
        return []


def read_findings(values: Any, today: date) -> Findings:
    """What the methodology proposes from; raise NotFindings with every reason.

    today: the day of an assessment that does not say its own.
    """
    if not isinstance(values, dict):
        raise NotFindings(["the file is not an object of keys and values"])
    reading = Reading(values, today)
    is_scored = "scores" in values
    for key in values.keys() - {*KEYS, *(SCORED if is_scored else ())}:
        reading.note(key, "is not known")
    on = reading.day(values, "on") or today
    needs = scored_needs(reading) if is_scored else read_needs(reading, "needs", AreaKind.NEED)
    person, factors = read_person(reading, on), read_factors(reading)
    findings = Findings(
        known=(*needs, *read_needs(reading, "support", AreaKind.SUPPORT), *found_adaptations(factors, person)),
        person=person,
        assessed_on=on,
        level=total_level(reading) if is_scored else reading.one_of(values, "level", LEVELS),
        instrument=reading.text(values, "instrument"),
    )
    if not is_scored and not values.keys() & {"needs", "support", "responsivity", "person"}:
        reading.note("the file", "says nothing to propose from: needs, support, responsivity, person or scores")
    if reading.reasons:
        raise NotFindings(sorted(reading.reasons))
    return findings


def read_needs(reading: Reading, key: str, kind: AreaKind) -> list[Found]:
    found, seen = [], set()
    for number, member in enumerate(reading.members(key)):
        place = f"{key}[{number}]."
        if not isinstance(member, dict):
            reading.note(place.removesuffix("."), "is not an object of code and level")
            continue
        for strange in member.keys() - {"code", "level"}:
            reading.note(f"{place}{strange}", "is not known")
        code = reading.text(member, "code", place)
        level = reading.one_of(member, "level", LEVELS, place)
        if not code:
            reading.note(f"{place}code", "is missing")
        elif code in seen:
            reading.note(f"{place}code", f"is {code} a second time")
        elif level:  # without one it was not found out
            found.append(Found(code, level, kind))
        seen.add(code)
    return found


def read_factors(reading: Reading) -> list[str]:
    """Factors by their own codes, or by the items of instruments that ask about them."""
    found = []
    for number, member in enumerate(reading.members("responsivity")):
        factor = factor_of(member) if isinstance(member, str) else None
        if factor:
            found.append(factor)
        else:
            reading.note(f"responsivity[{number}]", f"is {member}, not one of {', '.join(FACTORS)}")
    return found


def read_person(reading: Reading, on: date) -> Person:
    values = reading.values.get("person", {})
    if not isinstance(values, dict):
        reading.note("person", "is not an object of keys and values")
        return Person()
    for strange in values.keys() - set(PERSON):
        reading.note(f"person.{strange}", "is not known")
    born_on = reading.day(values, "born_on", "person.")
    if born_on and born_on > on:
        reading.note("person.born_on", "is after the assessment")
    employment = reading.one_of(values, "employment", tuple(Employment), "person.")
    return Person(
        is_minor=bool(born_on and born_on <= on and age_on(born_on, on) < ADULT),
        is_woman=reading.one_of(values, "sex", tuple(Sex), "person.") == Sex.FEMALE,
        children=number_of_children(reading, values),
        has_disability=flag(reading, values, "disability"),
        works=employment in WORKING,
        studies=employment == Employment.STUDYING,
    )


def number_of_children(reading: Reading, values: Mapping[str, Any]) -> int:
    number = values.get("children", 0)
    if type(number) is int and 0 <= number <= MOST_CHILDREN:
        return number
    reading.note("person.children", f"is not a whole number from 0 to {MOST_CHILDREN}")
    return 0


def flag(reading: Reading, values: Mapping[str, Any], key: str) -> bool:
    value = values.get(key, False)
    if not isinstance(value, bool):
        reading.note(f"person.{key}", "is neither true nor false")
    return value is True


def scored_needs(reading: Reading) -> list[Found]:
    """The needs out of what scoring printed: the sections that can change, those furthest above their threshold first.

    What scoring does not print is not known: support needs and how to work with the person may be said beside it.
    """
    scores = reading.values["scores"]
    if not isinstance(scores, dict) or not all(isinstance(one, dict) for one in scores.values()):
        reading.note("scores", "is not an object of scores by code")
        return []
    if reading.values.get("applicable") is False:
        reading.note("applicable", "is false: the instrument is not for this person")
    if "needs" in reading.values:
        reading.note("needs", "are told twice: by scores too")
    code, version = reading.text(reading.values, "instrument"), reading.values.get("version")
    instrument = library.shelf().get((code, version)) if isinstance(version, int) else None
    if instrument is None:
        reading.note("instrument", f"is {code}, version {version}, which is not here: tell the needs by their codes")
        return []
    found = []
    for section in instrument.sections:
        if section.kind is Kind.DYNAMIC and section.code in scores:
            level = reading.one_of(scores[section.code], "level", LEVELS, f"scores.{section.code}.")
            value = scores[section.code].get("value")
            distance = value - section.threshold if isinstance(value, int | float) else 0
            found += [(-distance, section.code, Found(section.code, level))] if level else []
    if not found:
        reading.note("scores", "hold the level of no need")
    return [one for _distance, _code, one in sorted(found, key=lambda one: one[:2])]


def total_level(reading: Reading) -> str | None:
    scores = reading.values["scores"]
    total = scores.get(TOTAL) if isinstance(scores, dict) else None
    return reading.one_of(total, "level", LEVELS, "scores.total.") if isinstance(total, dict) else None
