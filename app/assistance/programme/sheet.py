"""The programme of assistance as paper: one language a sheet, one number and date; each change makes a new one."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.access.models import User
from app.assistance.models import Referral
from app.assistance.programme.content import Asked, Content, Help, content_of
from app.assistance.programme.planned import PlannedStep
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clock import COUNTRY
from app.db import db
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import OVERTAKEN, PRINTERS
from app.printing.vocabulary import PaperKind
from app.web.languages import text_in

TEMPLATE = "assistance/programme_paper.html"


def paper_of(case: Case) -> Paper:
    """The sheet of a case as it stands. Raises NotPossible while there is nothing to put on it."""
    content = content_of(case)
    if not content.helps:
        raise NotPossible(_("There is nothing to print yet: no need is found, no help is asked for or planned."))
    ordinal = len(content.changes)
    return Paper(
        kind=PaperKind.ASSISTANCE_PROGRAM,
        number=f"A-{case.number}/{ordinal}",
        series=f"{PaperKind.ASSISTANCE_PROGRAM}:{case.id}",
        ordinal=ordinal,
        about=case,
        office_id=case.assignment.office_id,
        on=max(content.changes).astimezone(COUNTRY).date(),
        template=TEMPLATE,
        context={
            "case": case,
            "client": case.client,
            "office": case.assignment.office,
            "officer": case.assignment.officer,
            "content": content,
        },
        data=lambda: data_of(case, content),
    )


def data_of(case: Case, content: Content) -> dict[str, Any]:
    """The same content for a machine, in the language spoken."""
    return {
        "kind": PaperKind.ASSISTANCE_PROGRAM.value,
        "case": case.number,
        "person": {"name": case.client.full_name, "born_on": case.client.born_on.isoformat()},
        "office": text_in(case.assignment.office),
        "needs_found_on": content.assessed_on.isoformat() if content.assessed_on else None,
        "directions": [help_data(one) for one in content.helps],
    }


def help_data(one: Help) -> dict[str, Any]:
    return {
        "direction": one.direction.value,
        "need": one.is_need,
        "referrals": [asked_data(asked) for asked in one.asked],
        "steps": [step_data(step) for step in one.steps],
    }


def asked_data(asked: Asked) -> dict[str, Any]:
    referral: Referral = asked.referral
    end = referral.end
    return {
        "number": referral.number,
        "service": text_in(referral.service),
        "organisation": text_in(referral.service.organisation),
        "referred_on": referral.made_on.isoformat(),
        "on": asked.on.isoformat() if asked.on else None,
        "standing": referral.standing.value,
        "outcome": referral.result.value if referral.result else None,
        "reason": end.reason if end else None,
        "attended": [day.isoformat() for day in referral.attended],
    }


def step_data(step: PlannedStep) -> dict[str, Any]:
    return {"step": step.what(), "who": step.who(), "by": step.due_on.isoformat(), "state": step.state()}


def print_programme(case_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The sheet of a case by its number, for a batch."""
    return issue(paper_of(db.session.get_one(Case, case_id)), by, at, language)


def is_overtaken(paper: IssuedPaper) -> bool:
    """Whether anything has changed since the sheet was printed."""
    return len(content_of(db.session.get_one(Case, paper.record_id)).changes) > paper.ordinal


PRINTERS[PaperKind.ASSISTANCE_PROGRAM] = print_programme
OVERTAKEN[PaperKind.ASSISTANCE_PROGRAM] = is_overtaken
