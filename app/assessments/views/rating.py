"""A second rating: the blind answers of a colleague, and both ratings side by side once it is complete."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.instrument import Section
from app.assessments.models import Assessment, SecondRating
from app.assessments.progress import Progress, progress
from app.assessments.queries import get_assessment
from app.assessments.rating.drawing import colleagues, in_sample
from app.assessments.rating.forms import RatingForm, rated, rating_form
from app.assessments.rating.ratings import get_rating, hold_rating, rating_of
from app.assessments.rating.second_rating import agreement_figures, both, complete_second, record_second, require_open
from app.assessments.views.blueprint import bp
from app.clients.models import NotPossible
from app.clock import now
from app.db import db
from app.web.dates import age_on
from app.web.formats import format_moment


@bp.get("/second-ratings/<int:rating_id>")
@permit(Permission.RATE_AGAIN, get_rating)
def rating(rating: SecondRating) -> ResponseReturnValue:
    """What is left to answer; once it is complete, both ratings side by side."""
    if rating.completion:
        return render_template("assessments/rating_done.html", rating=rating, sections=both(rating))
    parts = parts_of(rating)
    return render_template(
        "assessments/rating.html", rating=rating, parts=parts, is_done=all(part.is_done for part in parts),
        **file_of(rating),
    )  # fmt: skip


def parts_of(rating: SecondRating) -> tuple[Progress, ...]:
    return progress(library.of(rating.assessment), {row.item_code for row in rating.answers}, ())


def file_of(rating: SecondRating) -> dict[str, Any]:
    """What the rater needs of the person: which file it is, and what the register held on that day."""
    assessment = rating.assessment
    case, client = assessment.case, assessment.client
    day = assessment.completion.on if assessment.completion else assessment.started_at.date()
    return {
        "day": day,
        "case": case,
        "person": f"{client.surname} {client.given_name[:1]}.",
        "age": age_on(client.born_on, day),
        "stage": case.stage_on(day),
        "situation": next((row for row in reversed(client.circumstances) if row.covers(day)), None),
        "instrument": library.of(assessment),
    }


@bp.route("/second-ratings/<int:rating_id>/sections/<section_code>", methods=["GET", "POST"])
@permit(Permission.RATE_AGAIN, get_rating)
def rate_section(rating: SecondRating) -> ResponseReturnValue:
    """The questions of one section."""
    part = library.of(rating.assessment).section((request.view_args or {})["section_code"]) or abort(404)
    try:
        require_open(hold_rating(rating) if request.method == "POST" else rating)
        form = rating_form(part)(obj=(saved := rated(rating, part)))
        if form.edits(saved):
            return kept(rating, part, form)
    except NotPossible as refusal:
        return refused(rating, str(refusal))
    if "autosave" in request.form:
        return jsonify(words=_("Not saved yet. Press Save to see why.")), 409
    return render_template(
        "assessments/rating_section.html", rating=rating, section=part, form=form, parts=parts_of(rating),
        **file_of(rating),
    )  # fmt: skip


def kept(rating: SecondRating, part: Section, form: RatingForm) -> ResponseReturnValue:
    record_second(rating, part, form.given(part))
    db.session.commit()
    parts = parts_of(rating)
    if "autosave" in request.form:
        return jsonify(state(rating, part, parts))
    following = [one.section for one in parts[place(parts, part) + 1 :]]
    if "next" in request.form and following:
        return redirect(url_for(".rate_section", rating_id=rating.id, section_code=following[0].code))
    return redirect(url_for(".rating", rating_id=rating.id))


def place(parts: Sequence[Progress], part: Section) -> int:
    return [one.section.code for one in parts].index(part.code)


def state(rating: SecondRating, part: Section, parts: Sequence[Progress]) -> dict[str, Any]:
    """What the page needs to know after it was saved while somebody goes on choosing."""
    answered, total = sum(one.answered for one in parts), sum(one.total for one in parts)
    return {
        "version": rated(rating, part).version,
        "words": _("Saved at %(time)s.", time=format_moment(now())),
        "part": parts[place(parts, part)].answered,
        "answered": answered,
        "progress": _("%(answered)d of %(total)d answered", answered=answered, total=total),
    }


def refused(rating: SecondRating, sentence: str) -> ResponseReturnValue:
    db.session.rollback()
    if "autosave" in request.form:
        return jsonify(words=sentence), 409
    flash(sentence, "error")
    return redirect(url_for(".rating", rating_id=rating.id))


@bp.post("/second-ratings/<int:rating_id>/completion")
@permit(Permission.RATE_AGAIN, get_rating)
def complete_rating(rating: SecondRating) -> ResponseReturnValue:
    try:
        complete_second(hold_rating(rating), by=actor(), at=now())
        db.session.commit()
    except NotPossible as refusal:
        return refused(rating, str(refusal))
    flash(_("The second rating is complete. Now both are shown side by side."), "success")
    return redirect(url_for(".rating", rating_id=rating.id))


@bp.get("/assessments/<int:assessment_id>/second-rating")
@permit(Permission.VIEW_ASSESSMENT, get_assessment)
def second_rating(assessment: Assessment) -> ResponseReturnValue:
    """For those who answer for the case: whether it was drawn, and both ratings once the second one is complete."""
    rating = rating_of(assessment)
    return render_template(
        "assessments/second_rating.html", assessment=assessment, client=assessment.client, rating=rating,
        sections=both(rating) if rating and rating.completion else [],
        is_drawn=bool(assessment.completion and in_sample(assessment)),
        has_colleagues=bool(colleagues(assessment)),
    )  # fmt: skip


@bp.get("/second-ratings/agreement")
@permit(Permission.VIEW_VALIDATION)
def agreement() -> ResponseReturnValue:
    """How far second raters agree with the first: everywhere, and in the reader's own office. Nobody is visible."""
    return render_template(
        "assessments/agreement.html", everywhere=agreement_figures(), own=agreement_figures(actor().office_id)
    )
