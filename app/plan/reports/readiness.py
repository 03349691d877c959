"""What stands in the way of a report, in sentences; and which released figures it is bound to."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from app.indicators.models import Snapshot
from app.indicators.periods import Period
from app.plan.reports.owed import Owed
from app.plan.reports.wording import period_named
from app.web.formats import long_date


def hindrances(owed: Owed, frozen: set[str], released: Mapping[str, Snapshot], on: date) -> list[str]:
    """Why the report cannot be published on the day; nothing when it can.

    ``frozen`` are the codes of the half-years that are frozen; ``released`` the snapshots whose figures everybody may
    see. What bodies have not reported hinders nothing: the report names it.
    """
    if not owed.is_over(on):
        sentence = _(
            "The period is not over. Its report can be published from %(date)s on.", date=long_date(owed.ends_on)
        )
        return [sentence]
    return [why_not(half, frozen) for half in owed.half_years if half.code not in released]


def why_not(half: Period, frozen: set[str]) -> str:
    period = period_named(half.code)
    if half.code in frozen:
        return _(
            "The figures are frozen and not released: %(period)s. An analyst looks at them and releases them.",
            period=period,
        )
    return _("The figures are not frozen: %(period)s. An analyst freezes them first.", period=period)
