"""Why an assessment is due on its day, in a sentence."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.assessments.due.falling import Due
from app.assessments.due.norms import Norm, Trigger, Unit
from app.assessments.labels import level_label
from app.web.formats import format_date


def why_due(due: Due) -> str:
    """From what the day is reckoned and by which norm: “14 days after “work lost” on 3.11.2026: norm A-6”."""
    on = format_date(due.occasion.on)
    if due.norm is None or due.occasion.trigger is Trigger.OBJECTION:
        return own_term(due, on)
    said = {"term": term(due.norm), "date": on, "norm": due.norm.code}
    match due.occasion.trigger:
        case Trigger.REGISTRATION:
            return _("%(term)s after the registration on %(date)s: norm %(norm)s", **said)
        case Trigger.COMPLETION:
            level = level_label(due.occasion.level)
            return _("%(term)s after the assessment of %(date)s, level “%(level)s”: norm %(norm)s", level=level, **said)
        case Trigger.EVENT:
            event = due.occasion.event.label if due.occasion.event else ""
            return _("%(term)s after “%(event)s” on %(date)s: norm %(norm)s", event=event, **said)
        case Trigger.TRANSFER:
            return _("%(term)s after the transfer accepted on %(date)s: norm %(norm)s", **said)
        case Trigger.RELEASE:
            return _("%(term)s after the release on %(date)s: norm %(norm)s", **said)


def own_term(due: Due, on: str) -> str:
    if due.occasion.trigger is Trigger.REGISTRATION:
        return _("The instrument's own term after the registration on %(date)s", date=on)
    if due.occasion.trigger is Trigger.OBJECTION:
        return _("At once: the person's objection was upheld on %(date)s", date=on)
    return _("The instrument's own term after the assessment of %(date)s", date=on)


def term(norm: Norm) -> str:
    count = norm.term.count
    if norm.term.unit is Unit.MONTHS:
        return ngettext("%(num)d month", "%(num)d months", count)
    return ngettext("%(num)d day", "%(num)d days", count)
