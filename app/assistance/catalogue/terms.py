"""How long a service's answer takes, in words."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.assistance.models import Service
from app.supervision.norms import Norm, Unit, norm

CODE = "referral-answer"


def answer_takes(service: Service, on: date) -> str:
    """The service's own term, or the norm that holds where it has none."""
    if (days := service.answer_working_days) is not None:
        return ngettext("%(num)d working day", "%(num)d working days", days)
    return _("%(term)s (the norm)", term=in_words(norm(CODE, on)))


def in_words(term: Norm) -> str:
    match term.unit:
        case Unit.WORKING_DAYS:
            return str(ngettext("%(num)d working day", "%(num)d working days", term.count))
        case Unit.MONTHS:
            return str(ngettext("%(num)d month", "%(num)d months", term.count))
        case Unit.DAYS:
            return str(ngettext("%(num)d day", "%(num)d days", term.count))
