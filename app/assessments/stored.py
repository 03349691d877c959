"""A result as it is kept: into plain JSON and back, without loss."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.assessments.scoring import Contribution, DomainScore, Remark, Result
from app.assessments.vocabulary import Level


def to_json(result: Result) -> dict[str, Any]:
    """Dictionaries, lists, words, numbers; the same result always gives the same content."""
    return asdict(result)


def from_json(kept: Mapping[str, Any]) -> Result:
    """The result that ``to_json`` wrote."""
    return Result(
        points=kept["points"],
        maximum=kept["maximum"],
        level=_level(kept["level"]),
        level_if_worst=_level(kept["level_if_worst"]),
        contributions=tuple(Contribution(**one) for one in kept["contributions"]),
        by_domain=tuple(_domain(one) for one in kept["by_domain"]),
        missing=tuple(kept["missing"]),
        unknown=tuple(kept["unknown"]),
        remarks=tuple(Remark(**one | {"need": _level(one["need"])}) for one in kept["remarks"]),
        unasked=tuple(kept["unasked"]),
    )


def _domain(kept: Mapping[str, Any]) -> DomainScore:
    levels = {name: _level(kept[name]) for name in ("level", "level_if_worst")}
    codes = {name: tuple(kept[name]) for name in ("missing", "unknown")}
    return DomainScore(**{**kept, **levels, **codes})


def _level(word: str | None) -> Level | None:
    return None if word is None else Level(word)
