"""The room's blueprint, and what its pages share."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.labels import level_label
from app.programs.decisions.terms import draft_term
from app.programs.models import Program, Version
from app.programs.wording import area_in_words, doer_in_words, goal_in_words, step_in_words
from app.supervision.norms.wording import length_in_words

bp = Blueprint("programs", __name__)
bp.add_app_template_filter(level_label, "level_in_words")
bp.add_app_template_filter(doer_in_words, "doer_in_words")
bp.add_app_template_filter(goal_in_words, "goal_in_words")
bp.add_app_template_filter(step_in_words, "step_in_words")
bp.add_app_template_filter(area_in_words, "area_in_words")
bp.add_app_template_filter(draft_term, "draft_term")
bp.add_app_template_filter(length_in_words, "norm_length")


def unchanged(version: Version) -> bool:
    """Whether the button that was pressed stood on a page that shows the version as it is now; says so when not."""
    if request.form.get("version") == str(version.version):
        return True
    flash(_("This version has changed since you opened it. Read it again, then decide."), "error")
    return False


def to_program(program: Program, part: str | None = None) -> Response:
    return redirect(url_for("programs.show", program_id=program.id, _anchor=part))


def to_version(version: Version) -> Response:
    return redirect(url_for("programs.version", version_id=version.id))


def to_draft(version: Version, part: str | None = None) -> Response:
    return redirect(url_for("programs.draft", version_id=version.id, _anchor=part))
