"""Reading the file of norms: dated data, refused with every fault and its place."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction as Part
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.offices.reading import Entry, Texts, ends_after_start, read_file, refuse_twice, settle
from app.supervision.norms.model import Applies, Norm, Since, Source
from app.supervision.norms.values import (
    Answers,
    Between,
    Foreseen,
    Fraction,
    Hours,
    Limit,
    MonthEnd,
    Per,
    Rhythm,
    Rule,
    SetByService,
    Term,
    Unit,
    Value,
)

FILE = Path(__file__).with_name("norms.yaml")
MOST = 1200  # of any unit: more is a slip of the finger
BASES = (
    "restriction_of_liberty", "conditional_sentence", "community_service", "corrective_works", "deferral",
    "ban_on_office", "parole", "administrative_supervision", "pre_trial", "release_preparation", "post_release",
)  # fmt: skip
STAGES = ("pre_trial", "sentence", "penitentiary", "post_penitentiary")


@cache
def norms(path: Path = FILE) -> tuple[Norm, ...]:
    """All norms in the order of the file. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    file = read_file(path, faults)
    names = Names(read_names(file.entries("acts"), "name", "short"), read_names(file.entries("parts"), "name"))
    entries = file.entries("norms")
    file.end()
    found = tuple(read_norm(entry, names) for entry in entries)
    refuse_overlaps(entries, found)
    settle(faults)
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """What acts and parts are called, by their codes: an act in full and in short."""

    acts: dict[str, tuple[Texts, ...]]
    parts: dict[str, tuple[Texts, ...]]


def read_names(entries: list[Entry], *keys: str) -> dict[str, tuple[Texts, ...]]:
    """The texts under some keys by the code of each entry."""
    found = [(entry, entry.text("code"), tuple(map(entry.texts, keys))) for entry in entries]
    for entry in entries:
        entry.end()
    refuse_twice([(entry, code) for entry, code, _ in found])
    return {code: texts for _, code, texts in found}


def read_norm(entry: Entry, names: Names) -> Norm:
    code = entry.text("code")
    start, end = entry.day("valid_from"), entry.day_or_none("valid_to")
    ends_after_start(entry, start, end)
    source, checked = one(entry, "source", Source, Source.READ), entry.flag("checked")
    if checked and source is not Source.READ:
        entry.note("is true for a norm whose text nobody read", "checked")
    act = names.acts.get(entry.one_of("act", tuple(names.acts)), ({}, {}))
    norm = Norm(
        code=code,
        part=names.parts.get(entry.one_of("part", tuple(names.parts)), ({},))[0],
        kind=entry.text("kind") if "kind" in entry.rest else code,
        value=read_value(entry),
        text=entry.texts("text"),
        act=act[0],
        short=act[1],
        article=entry.text("article") if "article" in entry.rest else "",
        source=source,
        checked=checked,
        valid_from=start,
        valid_to=end,
        applies=read_applies(entry),
        since=one(entry, "since", Since, Since.EVENT) if "since" in entry.rest else Since.EVENT,
        stands_in_search="stands_in_search" in entry.rest and entry.flag("stands_in_search"),
        opens="opens" in entry.rest and entry.flag("opens"),
    )
    if norm.opens and not isinstance(norm.value, Term):
        entry.note("is true for a norm that sets no term", "opens")
    entry.end()
    return norm


def read_applies(entry: Entry) -> Applies:
    if "applies" not in entry.rest:
        return Applies()
    inner = Entry(entry.take("applies", dict, {}), f"{entry.place}.applies", entry.faults)
    found = Applies(
        bases=inner.some_of("bases", BASES) if "bases" in inner.rest else (),
        stages=inner.some_of("stages", STAGES) if "stages" in inner.rest else (),
        minor=inner.flag("minor") if "minor" in inner.rest else None,
        rural=inner.flag("rural") if "rural" in inner.rest else None,
    )
    inner.end()
    return found


def read_value(entry: Entry) -> Value:
    """The one value that an entry sets, under the name of its kind; an entry without one is a rule in words."""
    named = [name for name in (*VALUES, *SIMPLE) if name in entry.rest]
    if len(named) > 1:
        entry.note(f"sets {' and '.join(named)}: a norm sets one thing")
    if not named:
        return Rule()
    if named[0] in SIMPLE:
        entry.flag(named[0])
        return SIMPLE[named[0]]
    inner = Entry(entry.take(named[0], dict, {}), f"{entry.place}.{named[0]}", entry.faults)
    value = VALUES[named[0]](inner)
    inner.end()
    return value


def read_term(entry: Entry) -> Term:
    before_rest = "ends_before_rest_day" in entry.rest and entry.flag("ends_before_rest_day")
    unit = next((unit for unit in Unit if unit in entry.rest), None)
    if unit is None:
        entry.note(f"says no term: one of {', '.join(Unit)}")
        return Term(1, Unit.DAYS)
    return Term(number(entry, unit), unit, before_rest)


def read_limit(entry: Entry) -> Limit:
    return Limit(number(entry, "most"), one(entry, "per", Per, Per.MONTH) if "per" in entry.rest else None)


def read_fraction(entry: Entry) -> Fraction:
    part, whole = number(entry, "part"), number(entry, "whole")
    if part >= whole:
        entry.note("is not less than the whole", "part")
    return Fraction(Part(part, whole))


def read_between(entry: Entry) -> Between:
    unit = one(entry, "unit", Unit, Unit.MONTHS)
    least, most = number(entry, "least") if "least" in entry.rest else 0, number(entry, "most")
    if least >= most:
        entry.note("is not more than the least", "most")
    return Between(Term(least, unit) if least else None, Term(most, unit))


def read_foreseen(entry: Entry) -> Foreseen:
    named = entry.some_of("answers", tuple(Answers))
    return Foreseen(tuple(Answers(name) for name in named if name in tuple(Answers)))


SIMPLE: dict[str, Value] = {"month_end": MonthEnd(), "set_by_service": SetByService()}
VALUES: dict[str, Callable[[Entry], Value]] = {
    "term": read_term,
    "rhythm": lambda entry: Rhythm(number(entry, "times"), one(entry, "per", Per, Per.MONTH)),
    "limit": read_limit,
    "hours": lambda entry: Hours(number(entry, "most"), one(entry, "per", Per, Per.DAY)),
    "fraction": read_fraction,
    "between": read_between,
    "foresees": read_foreseen,
}


def number(entry: Entry, key: str) -> int:
    value = entry.take(key, int, 1)
    if not 0 < value <= MOST:
        entry.note(f"is not a number from 1 to {MOST}", key)
        return 1
    return int(value)


def one(entry: Entry, key: str, words: Any, otherwise: Any) -> Any:
    """A word of an enumeration."""
    value = entry.one_of(key, tuple(words))
    return words(value) if value in tuple(words) else otherwise


def refuse_overlaps(entries: list[Entry], found: tuple[Norm, ...]) -> None:
    """Two norms of one code never hold on the same day."""
    ordered = sorted(zip(entries, found, strict=True), key=lambda pair: (pair[1].code, pair[1].valid_from))
    for (_earlier, norm), (entry, follower) in pairwise(ordered):
        if norm.code == follower.code and norm.holds_on(follower.valid_from):
            entry.note(f"holds on a day on which an earlier {norm.code} still does", "valid_from")
