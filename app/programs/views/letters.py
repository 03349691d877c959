"""The letter at the end of a programme."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import NotPossible
from app.clock import now
from app.printing.pdf import pdf_answer
from app.programs.models import Program
from app.programs.papers.letters import letter_for
from app.programs.queries import get_program
from app.programs.views.blueprint import bp, to_program


@bp.get("/programs/<int:program_id>/closing-letter/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_PROGRAM, get_program)
def closing_letter(program: Program) -> ResponseReturnValue:
    language = str((request.view_args or {})["language"])
    try:
        letter = letter_for(program, language, actor(), now())
    except NotPossible as reason:
        flash(str(reason), "error")
        return to_program(program)
    return pdf_answer(letter.content, f"{program.number}-letter-{language}.pdf")
