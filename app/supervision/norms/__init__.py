"""What law and the service's own rules set, as dated data: found by code and day, reckoned with by its value."""

from app.supervision.norms.finding import norm, norms_for
from app.supervision.norms.model import Applies, Facts, NoNorm, Norm, Since, Source
from app.supervision.norms.reading import norms
from app.supervision.norms.values import (
    Answers,
    Between,
    ClockStands,
    Foreseen,
    Fraction,
    Hours,
    Limit,
    MonthEnd,
    Per,
    Rhythm,
    Rule,
    SetByService,
    Span,
    Term,
    Unit,
    Value,
    days_run,
)

__all__ = [
    "Answers", "Applies", "Between", "ClockStands", "Facts", "Foreseen", "Fraction", "Hours", "Limit", "MonthEnd",
    "NoNorm", "Norm", "Per", "Rhythm", "Rule", "SetByService", "Since", "Source", "Span", "Term", "Unit", "Value",
    "days_run", "norm", "norms", "norms_for",
]  # fmt: skip
