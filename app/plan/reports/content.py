"""What a report says, as plain data in its languages: the one source of its page, its sheets and its spreadsheet."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from app.plan.reports.figures import Source, moves, side_by_side

Content = dict[str, Any]
LATE = "late"  # what is due and not done, beside the states that a body gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a report is put together from; texts are in kk, ru and en, what people wrote in kk and ru."""

    kind: str
    plan: Mapping[str, Any]
    period: str
    half_years: Sequence[str]
    due_on: date | None
    texts: Sequence[Mapping[str, Any]]  # section, kk, ru
    bodies: Mapping[str, Any]
    measures: Sequence[Mapping[str, Any]]
    lacks: Sequence[Mapping[str, Any]]  # period, standing, bodies
    sources: Sequence[Source]


def content_of(parts: Parts) -> Content:
    """The report from its parts. Of the figures those of all half-years, and what moved from the last but one."""
    indicators = side_by_side(parts.sources)
    known = {**asdict(parts), "due_on": parts.due_on and parts.due_on.isoformat()}
    known["sources"] = [without(asdict(source), "indicators") for source in parts.sources]
    content = {**known, "indicators": indicators, "moves": moves(indicators), "states": counted(parts.measures)}
    found: Content = json.loads(canonical(content))  # lists for tuples: what is drafted is what would be kept
    return found


def counted(measures: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How many measures are in which state, in the order of the states' first appearance among all measures."""
    found = [measure["state"] for measure in measures]
    numbers = Counter(state["code"] for state in found)
    names = {state["code"]: state["name"] for state in found}
    return [{"code": code, "name": name, "count": numbers[code]} for code, name in names.items()]


def canonical(content: Any) -> str:
    """The content as JSON, always written alike."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def without(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}
