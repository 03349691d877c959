"""Starting an assessment, and the assessments of a person."""

from dataclasses import dataclass
from math import ceil

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission, allows
from app.assessments import library
from app.assessments.due.falling import Due
from app.assessments.due.standings import dues
from app.assessments.due.wording import why_due
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment
from app.assessments.queries import (
    PAGE,
    answered_counts,
    assessments_of,
    get_assessment,
    hold_case,
    open_assessment,
    open_assessments_of,
)
from app.assessments.starting import instrument_for, start
from app.assessments.views.blueprint import bp, course_of
from app.assessments.views.concluding import result_page
from app.assessments.views.history import past_of
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import Client, NotPossible
from app.clients.queries import get_case, get_client
from app.clock import now, today
from app.db import db
from app.web.addresses import number_in_query
from app.web.dates import age_on
from app.web.forms import Form

MINUTES_A_QUESTION = 1  # with the conversation around it: our estimate, to be measured in use
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be begun or gone on with in one case: an instrument, an assessment under way, or why nothing."""

    case: Case
    instrument: Instrument | None = None
    under_way: Assessment | None = None
    reason: str = ""


@bp.get("/people/<int:client_id>/assessments")
@permit(Permission.VIEW_ASSESSMENT, get_client)
def of_client(client: Client) -> ResponseReturnValue:
    found = assessments_of(actor(), client, number_in_query("before"))
    page, more = found[:PAGE], found[PAGE:]
    under_way = [assessment for assessment in page if not assessment.completion]
    return render_template(
        "assessments/of_client.html", client=client, assessments=page, offers=offers(actor(), client),
        next_ones=next_ones(actor(), client), why_due=why_due,
        answered=answered_counts(under_way), instrument_of=library.of,
        older=url_for(".of_client", client_id=client.id, before=page[-1].id) if more else None,
        **past_of(client, page),
    )  # fmt: skip


def offers(by: User, client: Client) -> list[Offer]:
    """One for each open case of the person in which the actor may assess."""
    cases = [case for case in client.cases if case.is_open and allows(by, Permission.ASSESS_CLIENT, case)]
    under_way = {assessment.case_id: assessment for assessment in open_assessments_of(cases)}
    return [offer(case, under_way.get(case.id)) for case in cases]


def offer(case: Case, under_way: Assessment | None) -> Offer:
    if under_way:
        return Offer(case, under_way=under_way)
    try:
        return Offer(case, instrument=instrument_for(case, today()))
    except NotPossible as refusal:
        return Offer(case, reason=str(refusal))


def next_ones(by: User, client: Client) -> list[tuple[Case, Due]]:
    """By when each open case within reach is to be assessed, and why."""
    cases = {case.id: case for case in client.cases if case.is_open and allows(by, Permission.VIEW_ASSESSMENT, case)}
    return [(cases[number], due) for number, due in dues(cases, today()).items() if due]


@bp.route("/cases/<int:case_id>/assessments/new", methods=["GET", "POST"])
@permit(Permission.ASSESS_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    form = Form()
    if request.method == "POST":
        hold_case(case)
    if under_way := open_assessment(case):
        flash(_("An assessment of this case is under way. Go on with it here."), "info")
        return redirect(url_for(".show", assessment_id=under_way.id))
    try:
        instrument = instrument_for(case, today())
        if form.validate_on_submit():
            return begun(start(case, by=actor(), on=today(), at=now()))
    except NotPossible as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".of_client", client_id=case.client_id))
    questions = sum(len(section.items) for section in instrument.sections)
    minutes = ROUNDED_TO * ceil(questions * MINUTES_A_QUESTION / ROUNDED_TO)
    return render_template(
        "assessments/create.html", case=case, client=case.client, instrument=instrument, form=form,
        questions=questions, minutes=minutes, stage=case.stage_on(today()),
        age=age_on(case.client.born_on, today()),
    )  # fmt: skip


def begun(assessment: Assessment) -> ResponseReturnValue:
    db.session.add(assessment)
    name_subject(assessment)
    db.session.commit()
    first = library.of(assessment).sections[0]
    return redirect(url_for(".section", assessment_id=assessment.id, section_code=first.code))


@bp.get("/assessments/<int:assessment_id>")
@permit(Permission.VIEW_ASSESSMENT, get_assessment)
def show(assessment: Assessment) -> ResponseReturnValue:
    if assessment.completion:
        return result_page(assessment)
    return render_template(
        "assessments/under_way.html", assessment=assessment, client=assessment.client, course=course_of(assessment),
        may_answer=allows(actor(), Permission.ASSESS_CLIENT, assessment) and assessment.case.is_open,
    )  # fmt: skip
