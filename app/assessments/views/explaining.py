"""Why the level is what it is: on the screen with everything behind it, and on one sheet for the person."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.history.explanation import band_of, blocks, matters, unsure
from app.assessments.history.sheets import LANGUAGES, explanation_sheet
from app.assessments.models import Assessment
from app.assessments.queries import get_assessment
from app.assessments.stored import from_json
from app.assessments.views.blueprint import bp
from app.assessments.vocabulary import Kind
from app.clock import today
from app.printing.pdf import pdf_answer


@bp.get("/assessments/<int:assessment_id>/explanation")
@permit(Permission.VIEW_ASSESSMENT, get_assessment)
def explanation(assessment: Assessment) -> ResponseReturnValue:
    if assessment.completion is None:
        return not_yet(assessment)
    return render_template("assessments/explanation.html", **explained(assessment))


@bp.get("/assessments/<int:assessment_id>/explanation/<any(kk, ru, en):language>.pdf")
@permit(Permission.VIEW_ASSESSMENT, get_assessment)
def explanation_paper(assessment: Assessment) -> ResponseReturnValue:
    if assessment.completion is None:
        return not_yet(assessment)
    language = str((request.view_args or {})["language"])
    content = explanation_sheet(assessment, language, today())
    return pdf_answer(content, f"assessment-{assessment.id}-{language}.pdf")


def not_yet(assessment: Assessment) -> ResponseReturnValue:
    flash(_("There is nothing to explain yet: the assessment is not complete."), "info")
    return redirect(url_for(".show", assessment_id=assessment.id))


def explained(assessment: Assessment) -> dict[str, Any]:
    """Everything behind the level of a completed assessment."""
    completion = assessment.completion
    instrument, result = library.of(assessment), from_json(completion.result if completion else {})
    return {
        "assessment": assessment,
        "client": assessment.client,
        "completion": completion,
        "instrument": instrument,
        "result": result,
        "blocks": blocks(instrument, result),
        "band_of": band_of,
        "unsure": unsure(instrument, result),
        "support": list(matters(instrument, result, Kind.SUPPORT).values()),
        "responsivity": list(matters(instrument, result, Kind.RESPONSIVITY).values()),
        "barriers": {remark.item_code for remark in result.remarks if remark.barrier},
        "strengths": [(instrument.section(row.domain_code), row.text) for row in assessment.notes if row.text],
        "sources": {row.item_code: row.source for row in assessment.answers},
        "languages": LANGUAGES,
    }
