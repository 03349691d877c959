"""The result of an assessment: before it is complete, with the officer's conclusion to write, and for ever after."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.completing import complete, needs_found, require_all, standing, tell_of
from app.assessments.forms import ConclusionForm, version_of
from app.assessments.history.comparison import Compared, compare
from app.assessments.history.explanation import blocks, matters
from app.assessments.instrument import Instrument
from app.assessments.labels import CHANGE_LABELS, LINK_LABELS, name_of
from app.assessments.models import Assessment, Completion, Need
from app.assessments.queries import get_assessment, hold, latest_completed, load_decisions
from app.assessments.rating.drawing import draw
from app.assessments.recording import require_open
from app.assessments.scoring import Result
from app.assessments.stored import from_json
from app.assessments.views.blueprint import bp, course_of
from app.assessments.views.standing import standing_of
from app.assessments.vocabulary import Kind
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db


@bp.route("/assessments/<int:assessment_id>/conclusion", methods=["GET", "POST"])
@permit(Permission.ASSESS_CLIENT, get_assessment)
def conclude(assessment: Assessment) -> ResponseReturnValue:
    form = ConclusionForm()
    try:
        require_open(hold(assessment) if request.method == "POST" else assessment)
        result = standing(assessment)
        require_all(assessment, result)
        if agreed(form, assessment):
            complete(assessment, form.conclusion.data or "", by=actor(), on=today(), at=now())
            draw(assessment, at=now())
            tell_of(assessment.case, today())
            db.session.commit()
            flash(_("The assessment is complete."), "success")
            return redirect(url_for(".show", assessment_id=assessment.id))
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for(".show", assessment_id=assessment.id))
    instrument = library.of(assessment)
    needs = needs_found(instrument, result, assessment.links)
    return render_template(
        "assessments/conclude.html",
        form=form,
        **shown(assessment, instrument, result, needs),
        course=course_of(assessment),
    )


def agreed(form: ConclusionForm, assessment: Assessment) -> bool:
    """Whether the form is valid and speaks of the answers as they are now, not as they were when it was opened."""
    seen, current = form.version.data, version_of(assessment)
    form.version.data = current
    if not form.validate_on_submit():
        return False
    if seen != current:
        form.form_errors.append(_("The answers have changed since you opened this page. Look at the result once more."))
    return seen == current


def result_page(assessment: Assessment) -> ResponseReturnValue:
    completion = completed(load_decisions(assessment))
    instrument = library.of(assessment)
    found = shown(assessment, instrument, from_json(completion.result), assessment.needs)
    return render_template(
        "assessments/result.html", completion=completion, standing=standing_of(assessment, actor(), today()), **found
    )


def completed(assessment: Assessment) -> Completion:
    if assessment.completion is None:
        raise ValueError("This assessment is not complete")
    return assessment.completion


def shown(assessment: Assessment, instrument: Instrument, result: Result, needs: list[Need]) -> dict[str, Any]:
    """What a page about a result shows."""
    return {
        "assessment": assessment,
        "client": assessment.client,
        "instrument": instrument,
        "result": result,
        "blocks": blocks(instrument, result),
        "needs": [need for need in needs if not need.is_support],
        "support_needs": [need for need in needs if need.is_support],
        "support": matters(instrument, result, Kind.SUPPORT),
        "responsivity": matters(instrument, result, Kind.RESPONSIVITY),
        "sources": {row.item_code: row.source for row in assessment.answers},
        "strengths": [(instrument.section(row.domain_code), row.text) for row in assessment.notes if row.text],
        "links": {code: LINK_LABELS[link] for code, link in assessment.links.items() if link.harm or link.reoffending},
        "name_of": name_of,
        "changes": changes(assessment, instrument, result),
        "CHANGE_LABELS": CHANGE_LABELS,
    }


def changes(
    assessment: Assessment, instrument: Instrument, result: Result
) -> tuple[Assessment, tuple[Compared, ...]] | None:
    """The completed assessment before this one, and what has changed since; None for a first assessment."""
    earlier = latest_completed(assessment.case, before=assessment)
    if earlier is None:
        return None
    then = (library.of(earlier), from_json(completed(earlier).result))
    return earlier, compare(then, (instrument, result))
