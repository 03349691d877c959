"""How much of frozen figures is hidden, by which rules, what it cost, and what would hide less: words for the analyst.

The numbers by rule are of the release as a whole: nothing here tells which figure was hidden first.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.indicators.models import Snapshot
from app.indicators.wording import Words, called, percent
from app.web.formats import format_number

REASONS = {
    "small": _l("Fewer people than the threshold"),
    "small-rest": _l("The rest of the group would be fewer than the threshold"),
    "none-or-all": _l("None or all of a group"),
    "full": _l("Everybody of a group in one category"),
    "dominance": _l("Too few people or offices behind an amount, or one with most of it"),
    "difference": _l("Moved by a few people since it was given out before, or hidden then"),
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """What would hide fewer figures."""

    what: str
    figures: int
    hidden: int

    @property
    def share(self) -> str:
        return percent(round(100 * self.hidden / self.figures, 1)) if self.figures else "–"


@dataclass(frozen=True, slots=True)
class Protection:
    """The account of what a release hides."""

    figures: int
    hidden: int
    by_quantity: list[tuple[str, int, int]]  # name, figures, hidden
    rules: list[tuple[str, int]]
    secondary: int | None
    least: int | None
    is_optimal: bool
    alternatives: list[Alternative]

    @property
    def share(self) -> str:
        return percent(round(100 * self.hidden / self.figures, 1)) if self.figures else "–"

    @property
    def cost(self) -> str:
        """What was lost against the fewest that would do."""
        if self.least is None:
            return _("How near this is to the fewest that would do was not worked out.")
        if self.hidden <= self.least:
            return _("No choice could hide fewer: this is proven.")
        return _(
            "No choice could hide fewer than %(least)s: this one hides at most %(more)s more than needed.",
            least=format_number(self.least),
            more=format_number(self.hidden - self.least),
        )


def protection_of(snapshot: Snapshot, words: Words) -> Protection:
    """The account of a frozen release; of one that was frozen before accounts were kept, what can be seen of it."""
    release = snapshot.release
    kept: Mapping[str, Any] = json.loads(snapshot.protection) if snapshot.protection else {}
    figures, hidden = Counter[str](), Counter[str]()
    for figure in release.figures:
        figures[figure.quantity] += 1
        hidden[figure.quantity] += figure.value is None
    return Protection(
        figures=len(release.figures),
        hidden=release.hidden_count,
        by_quantity=[(called(words.book, code), figures[code], hidden[code]) for code in figures],
        rules=[(str(REASONS.get(code, code)), number) for code, number in kept.get("primary", {}).items() if number],
        secondary=kept.get("secondary"),
        least=kept.get("least"),
        is_optimal=bool(kept.get("is_optimal")),
        alternatives=[alternative(each, words) for each in kept.get("alternatives", ())],
    )


def alternative(kept: Mapping[str, Any], words: Words) -> Alternative:
    dimension = words.dimension(kept["dimension"]) if kept.get("dimension") else ""
    if kept["kind"] == "merge":
        joined = ", ".join(words.category(kept["dimension"], code) for code in kept["codes"])
        what = _("%(dimension)s: put together %(categories)s", dimension=dimension, categories=joined)
    else:
        what = _("Leave out the table by %(cut)s", cut=words.cut(tuple(kept.get("table") or ())))
    return Alternative(what, kept["figures"], kept["hidden"])
