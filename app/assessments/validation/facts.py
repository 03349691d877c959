"""What the statistics of one instrument are worked out from: rows of counts, as the database gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Rows = Sequence[Any]  # of the statements in app.assessments.figures.follow_up


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted. ``outcomes`` and ``lives`` name groups of one cut; ``names`` gives all of them, in order."""

    outcomes: Rows
    lives: Rows
    drift: Rows
    names: tuple[str, ...]
