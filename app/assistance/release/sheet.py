"""The checklist of a release as paper, with boxes for what is still open: each change of the plan makes a new one."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.access.models import User
from app.assistance.release.clocks import last_visit_day
from app.assistance.release.models import Arrangement, DecisionWithdrawal, ItemDecision, ReleaseDay
from app.assistance.release.pages import clock_cards
from app.assistance.release.plan import ItemLine, Plan, plan_of
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clock import COUNTRY
from app.db import db
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.web.languages import text_in

TEMPLATE = "assistance/release_paper.html"


def paper_of(plan: Plan) -> Paper:
    """The sheet of a plan as it stands. Raises NotPossible before there is an expected day."""
    if plan.day is None:
        raise NotPossible(_("Set the expected day of release first: the clocks begin with it."))
    ordinal, changed_at = changes_of(plan.case)
    case = plan.case
    return Paper(
        kind=PaperKind.RELEASE_CHECKLIST,
        number=f"{case.number}/{ordinal}",
        series=f"{PaperKind.RELEASE_CHECKLIST}:{case.id}",
        ordinal=ordinal,
        about=case,
        office_id=case.assignment.office_id,
        on=changed_at.astimezone(COUNTRY).date(),
        template=TEMPLATE,
        context={
            "plan": plan,
            "day": plan.day,
            "clocks": clock_cards(plan),
            "office": case.assignment.office,
            "officer": case.assignment.officer,
            "visit_by": last_visit_day(plan.day.on),
        },
        data=lambda: data_of(plan),
    )


def changes_of(case: Case) -> tuple[int, datetime]:
    """How often the plan was changed, and when the last time: both only grow."""
    withdrawn = select(DecisionWithdrawal.at).join(ItemDecision).where(ItemDecision.case_id == case.id)
    rows = [
        select(model.at).where(model.case_id == case.id) for model in (ReleaseDay, ItemDecision, Arrangement)
    ] + [withdrawn]  # fmt: skip
    changed = rows[0].union_all(*rows[1:]).subquery()
    count, latest = db.session.execute(select(func.count(), func.max(changed.c.at, type_=ReleaseDay.at.type))).one()
    return count, latest


def data_of(plan: Plan) -> dict[str, Any]:
    """The same content for a machine, in the language spoken; a telephone and an address stay on the sheet alone."""
    day, arranged = plan.day, plan.arrangement
    return {
        "case": plan.case.number,
        "expected_on": day.on.isoformat() if day else None,
        "ground": day.ground.value if day else None,
        "items": [item_data(line) for line in plan.lines],
        "meets": arranged.meets.value if arranged else None,
        "first_night": arranged.first_night.value if arranged else None,
        "first_visit_on": arranged.visit_on.isoformat() if arranged else None,
        "first_days": {row.number: row.text for row in arranged.days} if arranged else {},
    }


def item_data(line: ItemLine) -> dict[str, Any]:
    return {
        "code": line.item.code,
        "text": text_in(line.item.text),
        "due_on": line.due.due_on.isoformat(),
        "state": line.state.value if line.state else None,
        "on": line.on.isoformat() if line.on else None,
    }


def print_checklist(case_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The sheet of a case by its number, for a batch."""
    case = db.session.get_one(Case, case_id)
    return issue(paper_of(plan_of(case)), by, at, language)


PRINTERS[PaperKind.RELEASE_CHECKLIST] = print_checklist
