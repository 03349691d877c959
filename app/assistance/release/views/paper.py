"""The checklist of a release on paper."""

from flask import request
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.assistance.release.plan import plan_of
from app.assistance.release.sheet import paper_of
from app.assistance.release.views.blueprint import back, bp
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clock import now
from app.printing.issuing import issue
from app.printing.pdf import pdf_answer


def get_printed_case(user: User, permission: Permission, case_id: int, language: str) -> Case:
    """A case within reach; the sheet's language narrows nothing."""
    return get_case(user, permission, case_id)


@bp.get("/cases/<int:case_id>/release/sheet/<any(kk, ru):language>.pdf")
@permit(Permission.PLAN_RELEASE, get_printed_case)
def sheet(case: Case) -> ResponseReturnValue:
    language = str((request.view_args or {})["language"])
    try:
        paper = paper_of(plan_of(case))
    except NotPossible as refused:
        return back(case, refused)
    return pdf_answer(issue(paper, actor(), now(), language).content, f"release-{paper.ordinal}-{language}.pdf")
