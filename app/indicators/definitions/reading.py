"""Reads the definitions' files and names every fault in them with its place."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from app.clients.legal_bases import legal_bases
from app.indicators.definitions.book import (
    Book,
    Category,
    Composition,
    Counted,
    Definition,
    Dimension,
    PeriodRule,
)
from app.offices.reading import Entry, read_file, refuse_twice, settle

FOLDER = Path(__file__).parent
MEASURES = range(1, 31)  # of the plan 2017–2019
REGIONS, LEGAL_BASES = "regions", "legal_bases"  # reference files; regions change, so the database tells them
WHAT = ("people", "events", "minutes")
MINUTES_PER_HOUR = 60

Part = TypeVar("Part", Dimension, Counted)


@cache
def book() -> Book:
    """All that is defined. Raises BadReference (app.offices.reading) with every fault and its place."""
    return read_book(sorted(FOLDER.glob("*.yaml")))


def read_book(paths: Sequence[Path]) -> Book:
    """The files as one book, whichever file a part stands in."""
    faults: list[str] = []
    files = [read_file(path, faults) for path in paths]
    dimensions = by_code(files, "dimensions", dimension_of)
    counted = by_code(files, "quantities", counted_of)
    definitions = tuple(
        definition for entry in parts(files, "definitions") for definition in definitions_of(entry, counted, dimensions)
    )
    compositions = tuple(composition_of(entry, counted, dimensions) for entry in parts(files, "compositions"))
    for file in files:
        file.end()
    check(dimensions, counted, faults)
    read = Book(
        dimensions,
        counted,
        tuple(sorted(definitions, key=lambda each: (each.code, each.valid_from))),
        tuple(sorted(compositions, key=lambda each: (each.code, each.valid_from))),
    )
    check_versions([(each.code, each.version) for each in read.all], faults)
    settle(faults)
    return read


def parts(files: Iterable[Entry], key: str) -> list[Entry]:
    return [entry for file in files if key in file.rest for entry in file.entries(key)]


def by_code(files: Iterable[Entry], key: str, made: Callable[[Entry], Part]) -> dict[str, Part]:
    """The parts of all files by their codes; a code that is there twice is a fault."""
    entries = parts(files, key)
    found = [made(entry) for entry in entries]
    refuse_twice([(entry, each.code) for entry, each in zip(entries, found, strict=True)])
    return {each.code: each for each in found}


def dimension_of(entry: Entry) -> Dimension:
    dimension = Dimension(
        code=entry.text("code"),
        name=entry.texts("name"),
        attribute=entry.flag("attribute"),
        categories=categories_of(entry),
    )
    entry.end()
    return dimension


def categories_of(entry: Entry) -> tuple[Category, ...]:
    """As they stand in the entry, or as another file of the system tells them."""
    if "listed_by" not in entry.rest:
        return tuple(map(category_of, entry.entries("categories")))
    listed = entry.one_of("listed_by", (REGIONS, LEGAL_BASES))
    return tuple(Category(each.code, each.names) for each in legal_bases().values()) if listed == LEGAL_BASES else ()


def category_of(entry: Entry) -> Category:
    category = Category(entry.text("code"), entry.texts())
    entry.end()
    return category


def counted_of(entry: Entry) -> Counted:
    what = entry.one_of("counts", WHAT)
    counted = Counted(
        code=entry.text("code"),
        source=entry.text("source"),
        name=entry.texts("name"),
        words=entry.texts("words"),
        unit=entry.texts("unit"),
        is_of_people=what == "people",
        per_unit=MINUTES_PER_HOUR if what == "minutes" else 1,
        within=(within := text_or_none(entry, "within")),
        shown_with=text_or_none(entry, "shown_with") or within,
        at=tuple(sorted((code, str(value)) for code, value in entry.take("at", dict, {}).items()))
        if "at" in entry.rest
        else (),
    )
    entry.end()
    return counted


def text_or_none(entry: Entry, key: str) -> str | None:
    return entry.text(key) if key in entry.rest else None


def definitions_of(entry: Entry, counted: dict[str, Counted], dimensions: dict[str, Dimension]) -> Iterable[Definition]:
    """All versions of an indicator."""
    code = entry.text("code")
    found = [definition_of(code, version, counted, dimensions) for version in entry.entries("versions")]
    entry.end()
    return found


def definition_of(code: str, entry: Entry, counted: dict[str, Counted], dimensions: dict[str, Dimension]) -> Definition:
    numerators = known(entry, "numerators", counted)
    has_denominator = entry.rest.get("denominator", 0) is not None
    across = dimensions.get(entry.one_of("across", tuple(dimensions))) if "across" in entry.rest else None
    rule = entry.one_of("period_rule", tuple(PeriodRule))
    definition = Definition(
        code=code,
        version=entry.take("version", int, 0),
        valid_from=entry.day("valid_from"),
        name=entry.texts("name"),
        formula=entry.texts("formula"),
        period_rule=PeriodRule(rule) if rule in tuple(PeriodRule) else PeriodRule.STOCK,
        numerators=numerators,
        denominator=denominator_of(entry, counted) if has_denominator else entry.rest.pop("denominator", None),
        per=entry.take("per", int, 0),
        terms=terms_of(entry),
        tables=tables_of(entry, dimensions),
        late_entries=entry.texts("late_entries"),
        corrections=entry.texts("corrections"),
        source=entry.texts("source"),
        plan_measures=measures_of(entry),
        target=target_of(entry),
        across=across,
        of_whom=of_whom(numerators, dimensions) if has_denominator else (),
    )
    if across and not all(across.code in table for table in definition.tables):
        entry.note(f"is to be told across {across.code}, which one of its tables is not cut by", "across")
    entry.end()
    return definition


def of_whom(numerators: Sequence[Counted], dimensions: dict[str, Dimension]) -> tuple[tuple[Dimension, Category], ...]:
    """The groups to which every numerator keeps: its whole is looked for there, too."""
    kept = set.intersection(*(set(each.at) for each in numerators)) if numerators else set()
    return tuple(
        (dimensions[code], category)
        for code, value in sorted(kept)
        for category in (dimensions[code].categories if code in dimensions else ())
        if category.code == value
    )


def composition_of(entry: Entry, counted: dict[str, Counted], dimensions: dict[str, Dimension]) -> Composition:
    composition = Composition(
        code=entry.text("code"),
        version=entry.take("version", int, 0),
        valid_from=entry.day("valid_from"),
        name=entry.texts("name"),
        quantities=known(entry, "quantities", counted),
        tables=tables_of(entry, dimensions),
        source=entry.texts("source"),
        plan_measures=measures_of(entry),
    )
    entry.end()
    return composition


def known(entry: Entry, key: str, counted: dict[str, Counted]) -> tuple[Counted, ...]:
    """The quantities that a list names."""
    return tuple(counted[code] for code in entry.some_of(key, tuple(counted)) if code in counted)


def denominator_of(entry: Entry, counted: dict[str, Counted]) -> Counted | None:
    return counted.get(entry.one_of("denominator", tuple(counted)))


def terms_of(entry: Entry) -> dict[str, int]:
    if "terms" not in entry.rest:
        return {}
    inner = Entry(entry.take("terms", dict, {}), f"{entry.place}.terms", entry.faults)
    return {key: inner.take(key, int, 0) for key in tuple(inner.rest)}


def tables_of(entry: Entry, dimensions: dict[str, Dimension]) -> tuple[tuple[str, ...], ...]:
    """Each table as its dimensions; the one with none is the total alone."""
    tables = entry.take("tables", list, [])
    for table in tables:
        for code in table if isinstance(table, list) else (table,):
            if code not in dimensions:
                entry.note(f"names {code}, not one of {', '.join(dimensions)}", "tables")
    return tuple(tuple(table) for table in tables if isinstance(table, list))


def measures_of(entry: Entry) -> tuple[int, ...]:
    measures = tuple(entry.take("plan_measures", list, []))
    for measure in measures:
        if measure not in MEASURES:
            entry.note(f"names {measure}, and the plan has the measures 1 to {MEASURES[-1]}", "plan_measures")
    return measures


def target_of(entry: Entry) -> float | None:
    """Every definition says what its target is, or that there is none (null)."""
    if "target" not in entry.rest:
        entry.note("is missing; write null where the source has none", "target")
        return None
    target = entry.rest.pop("target")
    if target is not None and not isinstance(target, int | float):
        entry.note("is not a number", "target")
        return None
    return target


def check(dimensions: dict[str, Dimension], counted: dict[str, Counted], faults: list[str]) -> None:
    """Wholes that do not exist, wholes of themselves, and codes that a dimension does not have."""
    for each in counted.values():
        for whole in {each.within, each.shown_with} - {None}:
            if whole not in counted or whole == each.code:
                faults.append(f"{each.code} is within or shown with {whole}, which does not exist")
        for code, value in each.at:
            categories = [category.code for category in dimensions[code].categories] if code in dimensions else []
            if value not in categories:
                faults.append(f"{each.code} is of {code} {value}, which does not exist")


def check_versions(versions: Sequence[tuple[str, int]], faults: list[str]) -> None:
    for code, version in sorted(set(versions)):
        if versions.count((code, version)) > 1:
            faults.append(f"{code} has version {version} a second time")
