"""Reading: one search with its steps, and the note of them on paper."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clock import now
from app.printing.pdf import pdf_answer
from app.supervision.searches.models import Search
from app.supervision.searches.note import print_note
from app.supervision.searches.queries import get_search
from app.supervision.searches.views.blueprint import bp


@bp.get("/searches/<int:search_id>")
@permit(Permission.VIEW_SUPERVISION, get_search)
def show(search: Search) -> ResponseReturnValue:
    """One search: since when, what was done, and what may be noted now."""
    return render_template("supervision/searches/show.html", search=search, client=search.client)


@bp.get("/searches/<int:search_id>/note/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_SUPERVISION, get_search)
def note(search: Search) -> ResponseReturnValue:
    """The note of the steps so far; the first request issues it in both languages."""
    paper = print_note(search.id, str((request.view_args or {})["language"]), actor(), now())
    return pdf_answer(paper.content, paper.file_name)
