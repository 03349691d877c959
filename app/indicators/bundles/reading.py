"""Reading a bundle as a stranger does: datapackage.json and the CSV files that it names, and nothing else.

Bundles that were not made here are read too: without the block ``qadam`` every column that is not known by its name is
a dimension, and every indicator is a quantity of its own.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from app.indicators.tables import HIDDEN, NORMAL, TOTAL

PACKAGE = "datapackage.json"
INDICATOR, VALUE, STATUS, RATE, DENOMINATOR = "indicator", "value", "obs_status", "rate", "denominator"
BESIDE = {
    INDICATOR,
    VALUE,
    STATUS,
    RATE,
    DENOMINATOR,
    "numerator",
    "period",
    "unit",
    "unit_mult",
    "decimals",
    "revision",
}
ONLY = "count"  # the indicator of a table that names none
MOST = 10**12  # above this no count is believed
WHOLE = re.compile(r"\d+(\.0*)?", re.ASCII)
DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)
REASONS = 20  # that are told of one bundle

Groups = Mapping[str, Mapping[str, tuple[str, ...]]]  # by dimension: a code, and the codes that it stands for


class Unreadable(ValueError):
    """The directory holds no bundle that can be audited; ``reasons`` say why, a sentence each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. ``codes``: of the table's own dimensions; ``value`` None: hidden."""

    table: str
    indicator: str
    codes: tuple[tuple[str, str], ...]
    value: int | None
    rate: str = ""
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a stranger holds in his hands. ``about``: the block ``qadam``, empty in bundles made elsewhere."""

    folder: Path
    name: str
    period: str | None
    revision: int | None
    threshold: int
    dimensions: Mapping[str, tuple[str, ...]]
    groups: Groups
    lines: tuple[Line, ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    altered: tuple[str, ...] = ()  # tables of which the package gives another hash


def read_bundle(folder: Path, threshold: int) -> Bundle:
    """The bundle in a directory; ``threshold`` is taken where it names none. Raises Unreadable."""
    package = _package(folder)
    about = package.get("qadam")
    about = about if isinstance(about, dict) else {}
    described = list(_described(about))
    groups = {code: grouped for code, _, grouped in described}
    reader = _Reader(folder, {code: codes for code, codes, _ in described}, groups)
    for resource in _list(package.get("resources")):
        reader.read(resource)
    if not reader.tables and not reader.reasons:
        reader.reasons.append(f"{folder.name}/{PACKAGE} names no CSV file with a column “{VALUE}”: nothing to audit.")
    named = [each["threshold"] for each in (about, package) if "threshold" in each] or [threshold]
    for own in named:
        if not _is_whole(own) or own < 1:
            reader.reasons.append(f"{PACKAGE}: the threshold is {own!r}; it must be a whole number above nought.")
    if reader.reasons:
        raise Unreadable(reader.reasons[:REASONS])
    period, revision = (about.get(name, package.get(name)) for name in ("period", "revision"))
    return Bundle(
        folder=folder,
        name=str(package.get("name") or folder.name),
        period=period if isinstance(period, str) else None,
        revision=revision if _is_whole(revision) else None,
        threshold=max(named),
        dimensions={code: tuple(found) for code, found in reader.dimensions.items()},
        groups=groups,
        lines=tuple(reader.lines),
        about=about,
        altered=tuple(reader.altered),
    )


def _package(folder: Path) -> dict[str, Any]:
    path = folder / PACKAGE
    try:
        package = json.loads(path.read_text("utf-8-sig"))
    except OSError as fault:
        raise Unreadable([f"{path} cannot be read. Name the directory in which {PACKAGE} lies."]) from fault
    except (ValueError, RecursionError) as fault:
        raise Unreadable([f"{path} is not JSON in UTF-8."]) from fault
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise Unreadable([f"{path} has no list of “resources”: it is no Data Package."])
    return package


def _described(about: Mapping[str, Any]) -> Iterable[tuple[str, list[str], dict[str, tuple[str, ...]]]]:
    """The dimensions that the bundle lists: every code, those that nobody has too, and the codes for several."""
    for each in _list(about.get("dimensions")):
        if isinstance(each, dict) and isinstance(each.get("code"), str):
            groups = each.get("groups")
            grouped = {
                name: tuple(code for code in _list(members) if isinstance(code, str))
                for name, members in (groups.items() if isinstance(groups, dict) else ())
            }
            codes = [code for code in _list(each.get("categories")) if isinstance(code, str) and code not in grouped]
            yield each["code"], list(dict.fromkeys(codes)), grouped


class _Reader:
    """Reads one resource after the other, and notes what is wrong with each."""

    def __init__(self, folder: Path, named: dict[str, list[str]], groups: Groups) -> None:
        self.folder = folder
        self.are_named = bool(named)
        self.dimensions = named
        self.groups = groups
        self.lines: list[Line] = []
        self.tables = 0
        self.reasons: list[str] = []
        self.altered: list[str] = []
        self.seen: dict[tuple[str, str, tuple[tuple[str, str], ...]], int | None] = {}

    def read(self, resource: object) -> None:
        if not isinstance(resource, dict) or not isinstance(resource.get("path"), str):
            self.reasons.append(f"{PACKAGE}: a resource has no path.")
            return
        path = PurePosixPath(resource["path"])
        if path.is_absolute() or ".." in path.parts or "\\" in resource["path"] or ":" in resource["path"]:
            self.reasons.append(f"{PACKAGE}: “{path}” leads out of the bundle.")
        elif path.suffix.lower() == ".csv":
            self._read_file(self.folder / path, resource)

    def _read_file(self, path: Path, resource: Mapping[str, Any]) -> None:
        try:
            content = path.read_bytes()
            text = content.decode("utf-8-sig")
        except OSError:
            self.reasons.append(f"{path.name} is named in {PACKAGE} and cannot be opened. Is the bundle complete?")
            return
        except UnicodeDecodeError:
            self.reasons.append(f"{path.name} is named in {PACKAGE} and cannot be read as UTF-8 text.")
            return
        if _is_altered(content, resource):
            self.altered.append(path.name)
        try:
            head, *rows = [row for row in csv.reader(StringIO(text, newline=""), strict=True) if row] or [[]]
        except csv.Error as fault:
            self.reasons.append(f"{path.name}: {fault}.")
            return
        if lacking := [name for name in _columns(resource) if name not in head]:
            self.reasons += [f"{path.name} has no column “{name[:40]}”, though {PACKAGE} says so." for name in lacking]
        elif VALUE in head:  # else a list of codes, a note: no figures
            self._read_table(path, resource, head, rows)

    def _read_table(self, path: Path, resource: Mapping[str, Any], head: list[str], rows: list[list[str]]) -> None:
        self.tables += 1
        table, missing = str(resource.get("name") or path.stem), _missing(resource)
        if len(set(head)) < len(head):
            self.reasons.append(f"{path.name}: two columns have the same name.")
            return
        if strangers := [name for name in head if self.are_named and name not in {*self.dimensions, *BESIDE}]:
            self.reasons.append(f"{path.name}: “{strangers[0][:40]}” is not among the dimensions of the bundle.")
            return
        if not rows:
            self.reasons.append(f"{path.name} holds no figures. Is the bundle complete?")
        for number, row in enumerate(rows, start=2):
            if len(row) != len(head):
                self.reasons.append(f"{path.name}, row {number}: {len(row)} fields where the head has {len(head)}.")
            else:
                self._read_row(dict(zip(head, row, strict=True)), f"{path.name}, row {number}", table, missing)

    def _read_row(self, row: dict[str, str], where: str, table: str, missing: frozenset[str]) -> None:
        codes = tuple((name, code) for name, code in row.items() if self._is_dimension(name))
        value = self._value(row[VALUE].strip(), row.get(STATUS, "").strip(), where, missing)
        for name, code in codes:
            self._note_code(name, code, where)
        indicator = row.get(INDICATOR) or ONLY
        spot = table, indicator, tuple(sorted(codes))
        if self.seen.setdefault(spot, value) != value:
            self.reasons.append(f"{where}: the same figure stands in another row with another value.")
        rate = row.get(RATE, "").strip()
        if rate and not DECIMAL.fullmatch(rate):
            self.reasons.append(f"{where}: the rate “{rate[:40]}” is no number.")
            rate = ""
        denominator = row.get(DENOMINATOR, "").strip()
        below = int(denominator.partition(".")[0]) if WHOLE.fullmatch(denominator) else None
        if value is not None and row.get(STATUS, "").strip() == HIDDEN:
            self.lines.append(Line(table, indicator, codes, None))  # meant to be hidden, and there to be seen
        self.lines.append(Line(table, indicator, codes, value, rate, below))

    def _is_dimension(self, name: str) -> bool:
        if self.are_named:
            return name in self.dimensions
        return name not in BESIDE and not name.startswith(("name", "title"))

    def _note_code(self, name: str, code: str, where: str) -> None:
        known = self.dimensions.setdefault(name, [])
        if not code:
            self.reasons.append(f"{where}: no code for “{name}”. A total is written {TOTAL}.")
        elif code == TOTAL or code in known or code in self.groups.get(name, {}):
            return
        elif self.are_named:
            self.reasons.append(f"{where}: “{code[:40]}” is not among the codes of “{name}”.")
        else:
            known.append(code)

    def _value(self, text: str, status: str, where: str, missing: frozenset[str]) -> int | None:
        if text in missing:
            if status == NORMAL:
                self.reasons.append(f"{where}: no value, though its status is {NORMAL}.")
            return None
        digits = text.partition(".")[0]
        if not WHOLE.fullmatch(text) or len(digits) > len(str(MOST)):
            self.reasons.append(f"{where}: the value “{text[:40]}” is no whole number of nought or more.")
            return None
        return int(digits)


def _missing(resource: Mapping[str, Any]) -> frozenset[str]:
    """The texts that stand for a value that is not there."""
    return frozenset({"", *(each for each in _list(_schema(resource).get("missingValues")) if isinstance(each, str))})


def _columns(resource: Mapping[str, Any]) -> list[str]:
    """The columns that a table is said to have."""
    fields = [each.get("name") for each in _list(_schema(resource).get("fields")) if isinstance(each, dict)]
    return [name for name in fields if isinstance(name, str)]


def _schema(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    schema = resource.get("schema")
    return schema if isinstance(schema, dict) else {}


def _is_altered(content: bytes, resource: Mapping[str, Any]) -> bool:
    """Whether a file is another than the package was written for; only the usual sum is looked at."""
    algorithm, _, named = str(resource.get("hash") or "").rpartition(":")
    return algorithm == "sha256" and named.lower() != sha256(content).hexdigest()


def _list(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
