"""How terms and half-years of the plan are written on its pages."""

from flask_babel import gettext as _

from app.indicators.periods import parse
from app.indicators.wording import half_year
from app.plan.plan import Measure
from app.web.formats import format_date


def term(measure: Measure) -> str:
    """By when, or from when to when."""
    if measure.starts_on:
        return _("%(start)s – %(end)s", start=format_date(measure.starts_on), end=format_date(measure.due_on))
    return _("by %(date)s", date=format_date(measure.due_on))


def period_code(code: str) -> str:
    """A half-year in words, from its code."""
    return str(half_year(parse(code)))
