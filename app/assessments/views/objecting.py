"""Writing a person's objection down, and answering it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.levels import objecting as verbs
from app.assessments.levels.objection_forms import ObjectionAnswerForm, ObjectionForm
from app.assessments.models import Assessment, Objection
from app.assessments.queries import get_assessment, get_objection, hold_decisions, load_decisions
from app.assessments.views.blueprint import bp
from app.assessments.views.overriding import back, refused
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.supervision.norms import norm
from app.web.formats import format_date


@bp.route("/assessments/<int:assessment_id>/objections/new", methods=["GET", "POST"])
@permit(Permission.RECORD_OBJECTION, get_assessment)
def record_objection(assessment: Assessment) -> ResponseReturnValue:
    form = ObjectionForm(library.of(assessment), data={"on": today()})
    if form.validate_on_submit():
        hold_decisions(assessment)
        try:
            objection = verbs.object_to(assessment, form.said(), by=actor(), today=today(), at=now())
        except NotPossible as reason:
            form.form_errors.append(str(reason))
        else:
            name_subject(objection)
            db.session.commit()
            return back(assessment, _("Recorded. The answer is due on %(date)s.", date=format_date(objection.due_on)))
    if assessment.completion is None or not form.is_submitted():
        try:
            verbs.require_open_to_objection(load_decisions(assessment))
        except NotPossible as reason:
            return refused(assessment, reason)
    return render_template(
        "assessments/objection.html",
        assessment=assessment,
        client=assessment.client,
        form=form,
        term=norm(verbs.OBJECTION_ANSWER, today()),
    )


@bp.route("/objections/<int:objection_id>/outcome", methods=["GET", "POST"])
@permit(Permission.ANSWER_OBJECTION, get_objection)
def answer_objection(objection: Objection) -> ResponseReturnValue:
    assessment, form = objection.assessment, ObjectionAnswerForm()
    if form.validate_on_submit():
        hold_decisions(assessment)
        try:
            verbs.answer(objection, form.reply(), by=actor(), on=today(), at=now())
        except NotPossible as reason:
            form.form_errors.append(str(reason))
        else:
            db.session.commit()
            return back(assessment, _("Answered. Tell the person, in words that they understand."))
    elif not form.is_submitted():
        try:
            verbs.to_answer(objection, actor())
        except NotPossible as reason:
            return refused(assessment, reason)
    return render_template(
        "assessments/answer_objection.html",
        assessment=assessment,
        client=assessment.client,
        objection=objection,
        form=form,
        instrument=library.of(assessment),
    )
