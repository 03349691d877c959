"""Answering an assessment, one section to a page."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.forms import SectionForm, filled, section_form
from app.assessments.instrument import Section
from app.assessments.models import Assessment
from app.assessments.prefill import Offer, offers
from app.assessments.queries import get_assessment, hold, last_answers
from app.assessments.record_hints import hints
from app.assessments.recording import record, require_open
from app.assessments.views.blueprint import bp, course_of
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.web.formats import format_moment


@bp.route("/assessments/<int:assessment_id>/sections/<section_code>", methods=["GET", "POST"])
@permit(Permission.ASSESS_CLIENT, get_assessment)
def section(assessment: Assessment) -> ResponseReturnValue:
    part = section_asked_for(assessment)
    try:
        require_open(assessment)
        saved = filled(hold(assessment) if request.method == "POST" else assessment, part)
        form = section_form(part, links=not library.of(assessment).before_judgment)(obj=saved)
        offered = offers(part, last_answers(assessment))
        if form.edits(saved):
            keep(assessment, part, form, offered)
            return jsonify(state(assessment, part)) if is_autosave() else go_on(assessment, part)
    except NotPossible as refusal:
        return refuse(assessment, str(refusal))
    if is_autosave():
        return jsonify(words=_("Not saved yet. Press Save to see why.")), 409
    if not form.is_submitted():
        form.preselect(part, offered)
    return render_template(
        "assessments/section.html", assessment=assessment, client=assessment.client, section=part, form=form,
        course=course_of(assessment), offered=offered, hints=hints(assessment, part, actor(), today()),
    )  # fmt: skip


def section_asked_for(assessment: Assessment) -> Section:
    return library.of(assessment).section((request.view_args or {})["section_code"]) or abort(404)


def is_autosave() -> bool:
    return "autosave" in request.form


def keep(assessment: Assessment, part: Section, form: SectionForm, offered: Mapping[str, Offer]) -> None:
    given = form.given(part, offered, same=request.form.get("same"))
    given.pop(request.form.get("clear", ""), None)
    record(assessment, part, given, form.noted(), now())
    db.session.commit()


def state(assessment: Assessment, part: Section) -> dict[str, Any]:
    """What the page needs to know after it was saved while somebody goes on typing."""
    course = course_of(assessment)
    return {
        "version": filled(assessment, part).version,
        "words": _("Saved at %(time)s.", time=format_moment(assessment.saved_at)),
        "part": course.parts[course.place(part)].answered,
        "answered": course.answered,
        "progress": _("%(answered)d of %(total)d answered", answered=course.answered, total=course.total),
    }


def go_on(assessment: Assessment, part: Section) -> ResponseReturnValue:
    """Where the pressed button leads."""
    course = course_of(assessment)
    if touched := request.form.get("clear") or request.form.get("same"):
        anchor = f"item-{touched}" if library.of(assessment).item(touched) else None
        return redirect(url_for(".section", assessment_id=assessment.id, section_code=part.code, _anchor=anchor))
    if "next" not in request.form:
        flash(_("Saved. You can go on at any time, also from another computer."), "success")
        return redirect(url_for(".section", assessment_id=assessment.id, section_code=part.code))
    if following := course.after(part):
        return redirect(url_for(".section", assessment_id=assessment.id, section_code=following.code))
    return redirect(url_for(".conclude" if course.is_done else ".show", assessment_id=assessment.id))


def refuse(assessment: Assessment, sentence: str) -> ResponseReturnValue:
    db.session.rollback()
    if is_autosave():
        return jsonify(words=sentence), 409
    flash(sentence, "error")
    return redirect(url_for(".show", assessment_id=assessment.id))
