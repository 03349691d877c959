"""Reads a YAML document value by value, noting every fault with its place instead of stopping at the first.

The nodes are read, not the values YAML would guess, so that the code `no` stays a word
and a key written twice is seen.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

import yaml

from app.assessments.vocabulary import LANGUAGES, Text

# An instrument is a few dozen pages at most; anything larger or deeper is not one.
MOST_CHARACTERS = 500_000
DEEPEST = 40

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOWHERE = ""
CODE = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python reads weeks (2026-W05-6) and 20260131 too
WHOLE = re.compile(r"-?[0-9]{1,6}")
Word = TypeVar("Word", bound=StrEnum)


class Mark(Protocol):
    """Where a node starts; LibYAML and the Python parser each have a class of their own for it."""

    @property
    def line(self) -> int: ...  # from 0


@dataclass(frozen=True, slots=True)
class Fault:
    place: str  # sections[2].items[1].options; empty for the file as a whole
    reason: str
    line: int | None = None  # from 1

    def __str__(self) -> str:
        where = " ".join(part for part in (self.place, f"(line {self.line})" if self.line else "") if part)
        return f"{where}: {self.reason}" if where else self.reason


class InstrumentFault(ValueError):
    """The text is not an instrument; `faults` lists everything that is wrong with it, from the top of the file down."""

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.line is None, fault.line or 0))
        super().__init__("\n".join(map(str, self.faults)))


def parse(text: str) -> yaml.Node:
    """The root node of one YAML document.

    Raises InstrumentFault for a text that is too large, is nested too deep, is not YAML, or uses aliases
    (an instrument has no use for them, and a small file of aliases can unfold into gigabytes).
    """
    if len(text) > MOST_CHARACTERS:
        raise InstrumentFault([Fault(NOWHERE, f"is longer than {MOST_CHARACTERS} characters")])
    try:
        _refuse_traps(text)
        root = yaml.compose(text, Loader)
    except yaml.MarkedYAMLError as error:
        fault = Fault(NOWHERE, f"is not YAML: {error.problem or error.context}", _line(error.problem_mark))
        raise InstrumentFault([fault]) from error
    except yaml.YAMLError as error:
        raise InstrumentFault([Fault(NOWHERE, f"is not YAML: {error}")]) from error
    if root is None:
        raise InstrumentFault([Fault(NOWHERE, "is empty")])
    return root


def _line(mark: Mark | None) -> int | None:
    return mark.line + 1 if mark else None


def _refuse_traps(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, yaml.AliasEvent):
            raise InstrumentFault([Fault(NOWHERE, "uses an alias", _line(event.start_mark))])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise InstrumentFault([Fault(NOWHERE, "is nested too deep", _line(event.start_mark))])


class Reader:
    """Reads nodes; a value that is wrong is noted in `faults` and comes back as a harmless stand-in.

    A node of None is a key already reported as missing: it is passed over in silence.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._lines: dict[str, int | None] = {}  # where each place that was passed starts

    def note(self, place: str, reason: str, node: yaml.Node | None = None) -> None:
        self.note_at(place, reason, _line(node.start_mark) if node else self._line_of(place))

    def note_at(self, place: str, reason: str, line: int | None) -> None:
        self.faults.append(Fault(place, reason, line))

    def _line_of(self, place: str) -> int | None:
        """Where a place starts, or else the nearest one around it."""
        while place and place not in self._lines:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self._lines.get(place)

    def mapping(
        self, node: yaml.Node | None, place: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, yaml.Node]:
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.note(place, "is not a mapping of keys to values", node)
            return {}
        self._lines.setdefault(place, _line(node.start_mark))
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in required and name not in optional:
                self.note(place, f"has an unknown key: {name}", key)
            elif name in found:
                self.note(place, f"has the key twice: {name}", key)
            else:
                found[name] = value
                self._lines[f"{place}.{name}".lstrip(".")] = _line(key.start_mark)
        for name in required:
            if name not in found:
                self.note(place, f"lacks the key: {name}", node)
        return found

    def sequence(self, node: yaml.Node | None, place: str) -> list[tuple[yaml.Node, str]]:
        """The members with their places; an empty list is a fault, for nothing in an instrument may be empty."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.note(place, "is not a list", node)
            return []
        if not node.value:
            self.note(place, "is empty", node)
        members = [(member, f"{place}[{index}]") for index, member in enumerate(node.value)]
        self._lines |= {where: _line(member.start_mark) for member, where in members}
        return members

    def words(self, node: yaml.Node | None, place: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.note(place, "is not a text", node)
            return ""
        if not node.value.strip():
            self.note(place, "is empty", node)
        return " ".join(node.value.split())

    def text(self, node: yaml.Node | None, place: str) -> Text:
        fields = self.mapping(node, place, LANGUAGES)
        return Text(**{language: self.words(fields.get(language), f"{place}.{language}") for language in LANGUAGES})

    def code(self, node: yaml.Node | None, place: str) -> str:
        return self._matching(node, place, CODE, "is not a code of small Latin letters, digits, _ and -")

    def whole(self, node: yaml.Node | None, place: str, least: int = 0) -> int:
        if isinstance(node, yaml.ScalarNode) and node.style:  # quoted: "1" is a text
            self.note(place, "is not a whole number", node)
            return least
        number = int(self._matching(node, place, WHOLE, "is not a whole number") or least)
        if number < least:
            self.note(place, f"is less than {least}", node)
        return max(number, least)

    def truth(self, node: yaml.Node | None, place: str) -> bool:
        return self._matching(node, place, re.compile("true|false"), "is neither true nor false") == "true"

    def day(self, node: yaml.Node | None, place: str) -> date:
        word = self._matching(node, place, DAY, "is not a date like 2026-01-31")
        try:
            return date.fromisoformat(word) if word else date.min
        except ValueError:
            self.note(place, "is not a date like 2026-01-31", node)
            return date.min

    def choice(self, node: yaml.Node | None, place: str, vocabulary: type[Word]) -> Word:
        known = {member.value: member for member in vocabulary}
        word = self.words(node, place)
        if word and word not in known:
            self.note(place, f"is not one of {', '.join(known)}", node)
        return known.get(word, next(iter(vocabulary)))

    def _matching(self, node: yaml.Node | None, place: str, pattern: re.Pattern[str], reason: str) -> str:
        word = self.words(node, place)
        if word and not pattern.fullmatch(word):
            self.note(place, reason, node)
            return ""
        return word
