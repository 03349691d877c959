"""How long a service's answer takes, in words."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.assistance.models import Service
from app.supervision.norms import norm
from app.supervision.norms.wording import length_in_words

CODE = "referral-answer"


def answer_takes(service: Service, on: date) -> str:
    """The service's own term, or the norm that holds where it has none."""
    if (days := service.answer_working_days) is not None:
        return ngettext("%(num)d working day", "%(num)d working days", days)
    return _("%(term)s (the norm)", term=length_in_words(norm(CODE, on)))
