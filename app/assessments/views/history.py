"""Assessments over time: what a person's page shows of the past, and what has changed since the one before."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.acute.pages import person_page
from app.assessments.history.comparison import Answers, Sifted, compare, compare_items
from app.assessments.history.pictures import history
from app.assessments.history.taken import taken_from
from app.assessments.labels import CHANGE_LABELS, name_of
from app.assessments.models import Assessment
from app.assessments.queries import get_assessment, latest_completed
from app.assessments.stored import from_json
from app.assessments.views.blueprint import bp
from app.clients.models import Client
from app.clock import today


def past_of(client: Client, assessments: Sequence[Assessment]) -> dict[str, Any]:
    """What the page of a person's assessments shows beside the list: the same over time, and how things stand now."""
    return {"past": history(taken_from(assessments)), "acute": person_page(actor(), client, today())}


@bp.get("/assessments/<int:assessment_id>/changes")
@permit(Permission.VIEW_ASSESSMENT, get_assessment)
def changes(assessment: Assessment) -> ResponseReturnValue:
    """Level, needs and every answer beside those of the assessment before."""
    earlier = latest_completed(assessment.case, before=assessment) if assessment.completion else None
    if assessment.completion is None or earlier is None or earlier.completion is None:
        flash(_("There is no completed assessment before this one to compare it with."), "info")
        return redirect(url_for(".show", assessment_id=assessment.id))
    before, now = library.of(earlier), library.of(assessment)
    found = sifted(earlier, assessment)
    return render_template(
        "assessments/changes.html", assessment=assessment, client=assessment.client, earlier=earlier,
        instrument=now, same_wording=before.digest == now.digest, items=found,
        domains=compare((before, from_json(earlier.completion.result)), (now, from_json(assessment.completion.result))),
        name_of=name_of, CHANGE_LABELS=CHANGE_LABELS,
    )  # fmt: skip


def sifted(earlier: Assessment, assessment: Assessment) -> Sifted | None:
    before, now = (Answers(library.of(one), one.chosen, one.unknown) for one in (earlier, assessment))
    return compare_items(before, now)
