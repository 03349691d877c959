"""The papers of a version: its sheet, and the summary in large type for the person."""

from flask import request
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clock import now
from app.printing.pdf import pdf_answer
from app.programs.models import Version
from app.programs.papers.sheets import sheet_for
from app.programs.papers.summary import summary_for
from app.programs.queries import get_version
from app.programs.views.blueprint import bp


@bp.get("/program-versions/<int:version_id>/sheet/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_PROGRAM, get_version)
def sheet(version: Version) -> ResponseReturnValue:
    language = str((request.view_args or {})["language"])
    content = sheet_for(version, language, actor(), now())
    return pdf_answer(content, f"{version.program.number}-{version.ordinal}-{language}.pdf")


@bp.get("/program-versions/<int:version_id>/summary/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_PROGRAM, get_version)
def summary(version: Version) -> ResponseReturnValue:
    language = str((request.view_args or {})["language"])
    content = summary_for(version, language, actor(), now())
    return pdf_answer(content, f"{version.program.number}-{version.ordinal}-summary-{language}.pdf")
