"""Two versions of a programme side by side."""

from collections.abc import Sequence

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.programs.drafts.differences import differences
from app.programs.drafts.picturing import fate_in_words, field_in_words, picture_of, tone_of, value_in_words
from app.programs.models import Program, Version
from app.programs.queries import get_program, versions_of
from app.programs.views.blueprint import bp

bp.add_app_template_filter(fate_in_words, "fate_in_words")
bp.add_app_template_filter(field_in_words, "field_in_words")
bp.add_app_template_filter(tone_of, "tone_of_fate")
bp.add_app_template_global(value_in_words, "value_in_words")


@bp.get("/programs/<int:program_id>/differences")
@permit(Permission.VIEW_PROGRAM, get_program)
def compare(program: Program) -> ResponseReturnValue:
    """Any two versions of the programme, or of the one that it grew from."""
    around = [program]
    if program.grew_from and allows(actor(), Permission.VIEW_PROGRAM, program.grew_from):
        around = [program.grew_from, program]
    versions = versions_of(around)
    last = len(versions) - 1
    before, after = asked("before", versions, max(0, last - 1)), asked("after", versions, last)
    found = differences(picture_of(before), picture_of(after)) if before is not after else None
    return render_template(
        "programs/differences.html", program=program, versions=versions, before=before, after=after, found=found
    )


def asked(name: str, versions: Sequence[Version], otherwise: int) -> Version:
    """The version whose number the address gives; another one, with a sentence, when there is none such."""
    word = request.args.get(name, "")
    found = next((version for version in versions if str(version.id) == word), None)
    if word and found is None:
        flash(_("There is no such version here. Choose two from the list."), "error")
    return found or versions[otherwise]
