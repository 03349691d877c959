"""Beginning a report, and writing its parts: each saving is a version, and none is lost."""

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.clients.models import NotPossible
from app.db import db
from app.plan.plan import Plan
from app.plan.reports.acting import Act
from app.plan.reports.models import Report, ReportText
from app.plan.reports.owed import find
from app.plan.reports.queries import report_at
from app.web.formats import long_date


def begin(plan: Plan, kind: str, period: str, act: Act) -> Report:
    """The report that the plan owes: the one that was begun already, or a new one.

    Raises NotPossible for a report that it does not owe, and for a period that has not begun.
    """
    owed = find(plan, kind, period)
    if owed is None:
        raise NotPossible(_("The plan owes no such report. Choose one in the list."))
    if act.on < owed.half_years[0].start:
        first = long_date(owed.half_years[0].start)
        raise NotPossible(_("The period begins on %(date)s. Its report can be begun then.", date=first))
    if known := report_at(plan.code, owed.kind, period):
        return known
    report = Report(plan=plan.code, kind=owed.kind, period=period, begun_by_id=act.by.id, begun_at=act.at)
    db.session.add(report)
    try:
        db.session.flush()
    except IntegrityError as fault:
        db.session.rollback()
        raise NotPossible(_("Somebody else began this report at the same moment. Open theirs in the list.")) from fault
    return report


def write(report: Report, stands: ReportText, kk: str | None, ru: str | None, act: Act) -> ReportText:
    """The next version of a part. ``stands`` is the version that the writer has seen.

    Nothing is written where nothing changed. Raises NotPossible when somebody else wrote at the same moment.
    """
    if (stands.kk, stands.ru) == (kk, ru):
        return stands
    text = ReportText(
        report_id=report.id,
        section=stands.section,
        version=stands.version + 1,
        kk=kk,
        ru=ru,
        by_id=act.by.id,
        at=act.at,
    )
    db.session.add(text)
    try:
        db.session.flush()
    except IntegrityError as fault:
        db.session.rollback()
        sentence = _("Somebody else saved this part at the same moment. Your text is still here: save it again.")
        raise NotPossible(sentence) from fault
    return text
