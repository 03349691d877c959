"""What a proposal looks at in a case, and the reasons that it gives: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto
from typing import Any

from app.supervision.norms import Facts, Norm, Span
from app.supervision.violations.catalogue import AnswerRule


@dataclass(frozen=True, slots=True)
class Committed:
    """A violation that counts: neither withdrawn nor excused."""

    number: int
    code: str
    on: date
    measures: frozenset[str] = frozenset()  # what was drafted or signed in answer to it, and not taken back
    is_explained: bool = False  # the person said something about it, or would not


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A case as it stands on a day.

    ``warnings``: the days on which the warnings that stand were signed. ``missing_since``: the missed registration
    since which nobody has seen or reached the person. ``gone``: the stretches of unknown whereabouts, each from the
    missed registration to the day on which the person was found or, while it lasts, to this one.
    ``searched_since``: the first day of the search that goes on.
    ``suspended``: the days on which the clocks stood. ``asked``: measures about the whole case that were drafted or
    signed. ``dismissed``: rules that an officer does not follow, by violation (None: about the whole case).
    """

    facts: Facts
    violations: tuple[Committed, ...] = ()
    warnings: tuple[date, ...] = ()
    missing_since: date | None = None
    gone: tuple[tuple[date, date], ...] = ()
    searched_since: date | None = None
    is_declared: bool = False
    term: tuple[date, date] | None = None
    suspended: tuple[Span, ...] = ()
    asked: frozenset[str] = frozenset()
    dismissed: frozenset[tuple[str, int | None]] = frozenset()


class Why(StrEnum):
    """The kinds of reason; app/supervision/violations/wording.py puts them into words."""

    FORESEEN = auto()
    REPEAT = auto()
    NOT_REPEAT = auto()
    FIRST = auto()
    OVER = auto()
    WITHIN = auto()
    WARNED = auto()
    UNWARNED = auto()
    MISSING = auto()
    SEARCHED = auto()
    HALF = auto()
    STOOD = auto()
    CLEAN = auto()
    MINOR = auto()
    AT_MOST = auto()
    UNEXPLAINED = auto()
    UNCHECKED = auto()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed, or what to mind: its kind, the norm that it rests on, and the values in it."""

    why: Why
    norm: Norm | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the norms foresee, and why. A person decides whether it is followed.

    ``months``: how many months may be asked for at most, where the measure asks for months. ``notes``: what speaks
    against it, or is to be looked after first.
    """

    rule: AnswerRule
    norm: Norm
    violations: tuple[int, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...] = ()
    months: int | None = None
