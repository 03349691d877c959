"""Reading reference files entry by entry, so that each fault is named with its place and all are found at once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("kk", "ru", "en")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where PyYAML was built with its C library
Texts = Mapping[str, str]  # by language


class BadReference(ValueError):
    """A reference file cannot be used; one line for each fault says where and what."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Entry:
    """One mapping of a file. What is missing or wrong is noted, and an empty value goes on in its place."""

    def __init__(self, values: Any, place: str, faults: list[str]) -> None:
        self.place, self.faults = place, faults
        self.rest = dict(values) if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            self.note("is not a list of keys and values")

    def note(self, says: str, key: str = "") -> None:
        self.faults.append(f"{self.place}{'.' if key else ''}{key} {says}")

    def take(self, key: str, kind: type, empty: Any) -> Any:
        value = self.rest.pop(key, None)
        if type(value) is kind and value not in ("", [], {}):
            return value
        self.note("is missing" if value is None else f"is not a {kind.__name__}", key)
        return empty

    def text(self, key: str) -> str:
        return str(self.take(key, str, ""))

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        value = self.text(key)
        if value and value not in known:
            self.note(f"is {value}, not one of {', '.join(known)}", key)
        return value

    def some_of(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        values = tuple(map(str, self.take(key, list, [])))
        for value in values:
            if value not in known:
                self.note(f"is {value}, not one of {', '.join(known)}", key)
        return values

    def flag(self, key: str) -> bool:
        return bool(self.take(key, bool, False))

    def day(self, key: str) -> date:
        day: date = self.take(key, date, date.min)
        return day

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if key in self.rest else None

    def texts(self, key: str = "") -> Texts:
        """A text in each of the three languages, under a key or in this entry itself."""
        inner = Entry(self.take(key, dict, {}), f"{self.place}.{key}", self.faults) if key else self
        texts = {language: inner.text(language) for language in LANGUAGES}
        if key:
            inner.end()
        return texts

    def entries(self, key: str) -> list["Entry"]:
        values = self.take(key, list, [])
        return [Entry(value, f"{self.place}.{key}[{number}]", self.faults) for number, value in enumerate(values)]

    def doubt(self, sure: bool) -> str:
        """What has to be checked: to be written for every entry that is not sure, and for no other."""
        if sure:
            return ""
        return self.text("doubt")

    def end(self) -> None:
        for key in self.rest:
            self.note("is not known", key)


def read_file(path: Path, faults: list[str]) -> Entry:
    """A file as one entry; raise BadReference when there is no reading it at all."""
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe loader either way
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as reason:
        raise BadReference([f"{path.name} cannot be read: {reason}"]) from None
    return Entry(values, path.name, faults)


def read_entries(path: Path, key: str, faults: list[str]) -> list[Entry]:
    """The entries of a file's only list; raise BadReference when there is no reading it at all."""
    file = read_file(path, faults)
    entries = file.entries(key)
    file.end()
    return entries


def refuse_twice(entries: list[tuple[Entry, str]]) -> None:
    """Note every code that an earlier entry has already."""
    seen: set[str] = set()
    for entry, code in entries:
        if code in seen:
            entry.note(f"is {code} a second time", "code")
        seen.add(code)


def settle(faults: list[str]) -> None:
    if faults:
        raise BadReference(faults)


def ends_after_start(entry: Entry, start: date, end: date | None, key: str = "valid_to") -> None:
    if end is not None and end <= start:
        entry.note("is not after the first day", key)
