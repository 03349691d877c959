"""The page of the sheet: printing the programme of assistance."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.assistance.programme.sheet import paper_of
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clock import now
from app.printing.issuing import issue
from app.printing.pdf import pdf_answer

bp = Blueprint("assistance", __name__)


def get_printed_case(user: User, permission: Permission, case_id: int, language: str) -> Case:
    """A case within reach; the sheet's language narrows nothing."""
    return get_case(user, permission, case_id)


@bp.get("/cases/<int:case_id>/assistance-programme/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_ASSISTANCE, get_printed_case)
def sheet(case: Case) -> ResponseReturnValue:
    language = str((request.view_args or {})["language"])
    try:
        paper = paper_of(case)
    except NotPossible as refused:
        flash(str(refused), "error")
        return redirect(url_for("referrals.of_client", client_id=case.client_id))
    issued = issue(paper, actor(), now(), language)
    return pdf_answer(issued.content, issued.file_name)
