"""What an instrument computes beyond the points of its options: inputs, steps, checks, and scores with cut-offs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.assessments.calculation.expressions import Expression, Sort
from app.assessments.calculation.operators import Value
from app.assessments.vocabulary import Text


class Form(StrEnum):
    """How an input is answered."""

    WHOLE = "whole"
    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    WORD = "word"

    @property
    def sort(self) -> Sort:
        return SORTS[self]


SORTS = {
    Form.WHOLE: Sort.NUMBER,
    Form.NUMBER: Sort.NUMBER,
    Form.TRUTH: Sort.TRUTH,
    Form.DATE: Sort.DATE,
    Form.WORD: Sort.WORD,
}


@dataclass(frozen=True, slots=True)
class Input:
    """A fact that is given as it is, not chosen among options with points."""

    code: str
    form: Form
    name: Text
    least: Decimal | None = None  # whole and number; both ends belong to the range
    most: Decimal | None = None
    words: tuple[str, ...] = ()  # of a word: the only ones allowed
    best: Value | None = None  # what stands in for a missing answer when the best case is computed
    worst: Value | None = None  # and when the worst case is
    optional: bool = False  # the formulas do without it, whatever the policy for missing answers


@dataclass(frozen=True, slots=True)
class Step:
    """A value on the way, by name; every step is kept and shown."""

    name: str
    formula: Expression


@dataclass(frozen=True, slots=True)
class Check:
    """Answers that contradict each other are refused with the reason."""

    refuse_when: Expression
    reason: Text


@dataclass(frozen=True, slots=True)
class Cutoff:
    level: str
    first: Decimal  # where the level begins; it ends where the next one begins
    last: Decimal | None  # only of the last one: beyond it there is no level


@dataclass(frozen=True, slots=True)
class CutoffSet:
    """Cut-offs of one score in force from a day on, for everybody or for those with these answers."""

    version: int
    valid_from: date | None
    about: Mapping[str, str]  # word by input: {sex: male}
    bands: tuple[Cutoff, ...]  # lowest first

    def overlaps(self, other: "CutoffSet") -> bool:
        """Whether both would hold for somebody on the same day from which they are in force."""
        shared = self.about.keys() & other.about.keys()
        return self.valid_from == other.valid_from and all(self.about[key] == other.about[key] for key in shared)


@dataclass(frozen=True, slots=True)
class Score:
    name: str
    value: Expression
    levels: Mapping[str, Text]  # lowest first; none when the score has no levels
    cutoffs: tuple[CutoffSet, ...]
    dated_by: str | None  # the input whose date chooses the cut-offs


class Policy(StrEnum):
    """What becomes of answers that are not there."""

    FORBID = "forbid"  # they are refused
    ALLOW = "allow"  # so many may be missing; with more there is no score
    PROJECT = "project"  # scored at their best and at their worst, and said whether the level could change


@dataclass(frozen=True, slots=True)
class Missing:
    policy: Policy = Policy.FORBID
    at_most: int | None = None  # under allow
    level_if_changed: str | None = None  # under project: the level to give when it could change; else the best case's


@dataclass(frozen=True, slots=True)
class Calculation:
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]  # in the order of the file
    order: tuple[int, ...]  # the same, each after those it needs
    checks: tuple[Check, ...]
    scores: tuple[Score, ...]
    missing: Missing
    applies_when: Expression | None
