"""The level of an assessment: as the points gave it, and as it stands after two people agreed on another one."""

from typing import Protocol

from app.assessments.vocabulary import Level


class Agreed(Protocol):
    """An approved override: the level that stands in place of the raw one."""

    @property
    def to_level(self) -> Level: ...


def final_level(raw: Level | str, override: Agreed | None) -> Level:
    """The level that holds: the raw one unless an approved override stands in its place."""
    return override.to_level if override else Level(raw)


def beside(raw: Level | str) -> tuple[Level, ...]:
    """The levels one step from a raw one, the lower first."""
    rank = Level(raw).rank
    return tuple(level for level in Level if abs(level.rank - rank) == 1)
