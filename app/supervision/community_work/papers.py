"""The timesheet and the act of a month of community work, in Kazakh and in Russian, marked as samples."""

from datetime import datetime
from typing import Any

from app.access.models import User
from app.db import one_or_404
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.supervision.community_work.days import Days, days_known
from app.supervision.community_work.models import WorkTimesheet
from app.supervision.community_work.queries import rows_of, whole_timesheet
from app.supervision.norms import norm
from app.web.languages import language, text_in

TEMPLATES = {
    PaperKind.WORK_TIMESHEET: "supervision/community_work/timesheet_paper.html",
    PaperKind.WORK_ACT: "supervision/community_work/act_paper.html",
}
KINDS = {"table": PaperKind.WORK_TIMESHEET, "act": PaperKind.WORK_ACT}  # by the word of the address


def paper_of(timesheet: WorkTimesheet, kind: PaperKind) -> Paper:
    """A month as it was reported: what was corrected afterwards is on the next paper. Never the offence or health."""
    order, case = timesheet.order, timesheet.case
    known = days_known(rows_of([order.id])[order.id], timesheet.at)
    days = known.of_month(timesheet.month)
    content: dict[str, Any] = {
        "timesheet": timesheet,
        "order": order,
        "client": case.client,
        "office": case.assignment.office,
        "placement": order.placement_on(days.last_on or timesheet.month),
        "days": days,
        "left": max(order.minutes - timesheet.minutes_before - timesheet.minutes, 0),
        "norm": norm("timesheet-due", timesheet.month),
    }
    return Paper(
        kind=kind,
        number=timesheet.number,
        about=timesheet,
        office_id=case.assignment.office_id,
        on=timesheet.received_on,
        template=TEMPLATES[kind],
        context=content,
        data=lambda: data_of(timesheet, kind, days, content),
        ordinal=timesheet.ordinal,
    )


def data_of(timesheet: WorkTimesheet, kind: PaperKind, days: Days, content: dict[str, Any]) -> dict[str, Any]:
    """The content of the paper, in the language now spoken."""
    return {
        "kind": kind.value,
        "language": language(),
        "number": timesheet.number,
        "month": timesheet.month.strftime("%Y-%m"),
        "received_on": timesheet.received_on,
        "office": text_in(content["office"]),
        "person": {"name": content["client"].full_name, "born_on": content["client"].born_on},
        "place": content["placement"].place if content["placement"] else None,
        "ordered_hours": timesheet.order.hours,
        "minutes": timesheet.minutes,
        "minutes_before": timesheet.minutes_before,
        "minutes_left": content["left"],
        "absences": timesheet.absences,
        "days": [
            {"on": row.on, "kind": row.kind.value, "minutes": row.minutes, "words": row.words} for row in days.rows
        ],
    }


def print_paper(kind: PaperKind, timesheet_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """A paper of a reported month by its number, issued on the first request."""
    return issue(paper_of(one_or_404(whole_timesheet(timesheet_id)), kind), by, at, language)


def print_timesheet(timesheet_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    return print_paper(PaperKind.WORK_TIMESHEET, timesheet_id, language, by, at)


def print_work_act(timesheet_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    return print_paper(PaperKind.WORK_ACT, timesheet_id, language, by, at)


PRINTERS[PaperKind.WORK_TIMESHEET] = print_timesheet
PRINTERS[PaperKind.WORK_ACT] = print_work_act
