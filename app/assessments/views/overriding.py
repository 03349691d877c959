"""Proposing that a level be another one, answering that, and taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments.levels import overriding as verbs
from app.assessments.levels.override_forms import OverrideAnswerForm, OverrideForm
from app.assessments.models import Assessment, Override
from app.assessments.queries import get_assessment, get_override, hold_decisions, load_decisions
from app.assessments.views.blueprint import bp
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clock import now
from app.db import db


@bp.route("/assessments/<int:assessment_id>/overrides/new", methods=["GET", "POST"])
@permit(Permission.ASSESS_CLIENT, get_assessment)
def propose(assessment: Assessment) -> ResponseReturnValue:
    raw = assessment.raw_level
    form = OverrideForm(raw) if raw else None
    if form and form.validate_on_submit():
        hold_decisions(assessment)
        try:
            override = verbs.propose(assessment, form.proposal(), by=actor(), at=now())
        except NotPossible as reason:
            form.form_errors.append(str(reason))
        else:
            name_subject(override)
            db.session.commit()
            return back(assessment, _("Proposed. The level stays as it is until another person approves."))
    elif form is None or not form.is_submitted():
        try:
            verbs.require_overridable(load_decisions(assessment))
        except NotPossible as reason:
            return refused(assessment, reason)
    return render_template(
        "assessments/override.html", assessment=assessment, client=assessment.client, form=form, raw=raw
    )


@bp.route("/overrides/<int:override_id>/decision", methods=["GET", "POST"])
@permit(Permission.APPROVE_LEVEL, get_override)
def answer_override(override: Override) -> ResponseReturnValue:
    assessment, form = override.assessment, OverrideAnswerForm()
    if form.validate_on_submit():
        hold_decisions(assessment)
        try:
            verbs.answer(override, form.approves, form.words.data, by=actor(), at=now())
        except NotPossible as reason:
            form.form_errors.append(str(reason))
        else:
            db.session.commit()
            return back(assessment, _("Approved: the level holds.") if form.approves else _("Declined."))
    elif not form.is_submitted():
        try:
            verbs.to_decide(override, actor())
        except NotPossible as reason:
            return refused(assessment, reason)
    return render_template(
        "assessments/answer_override.html",
        assessment=assessment,
        client=assessment.client,
        override=override,
        form=form,
    )


@bp.post("/overrides/<int:override_id>/withdrawal")
@permit(Permission.ASSESS_CLIENT, get_override)
def withdraw_override(override: Override) -> ResponseReturnValue:
    hold_decisions(override.assessment)
    try:
        verbs.withdraw(override, by=actor(), at=now())
    except NotPossible as reason:
        return refused(override.assessment, reason)
    db.session.commit()
    return back(override.assessment, _("Taken back. The level stays as it is."))


def refused(assessment: Assessment, reason: NotPossible) -> ResponseReturnValue:
    db.session.rollback()
    flash(str(reason), "error")
    return redirect(url_for(".show", assessment_id=assessment.id, _anchor="level"))


def back(assessment: Assessment, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".show", assessment_id=assessment.id, _anchor="level"))
