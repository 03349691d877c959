"""Reading: a person's assistance, one referral with what came of it, and its letter."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.assistance.models import Referral
from app.assistance.referrals.letters import paper_of
from app.assistance.referrals.queries import get_referral, needs_found, of_cases, results_of
from app.assistance.referrals.referring import clock_of
from app.assistance.referrals.steps import step_of
from app.assistance.referrals.views.blueprint import bp
from app.clients.models import Client
from app.clients.queries import get_person
from app.clock import now
from app.printing.issuing import issue
from app.printing.pdf import pdf_answer


@bp.get("/people/<int:client_id>/assistance")
@permit(Permission.VIEW_ASSISTANCE, get_person)
def of_client(client: Client) -> ResponseReturnValue:
    """A person's assistance: what goes on first, then what came of the rest."""
    cases = [case for case in client.cases if allows(actor(), Permission.VIEW_ASSISTANCE, case)]
    referrals = of_cases(cases)
    return render_template(
        "assistance/referrals/of_client.html",
        client=client,
        cases=[case for case in cases if case.is_open],
        going_on=[row for row in referrals if row.is_open],
        ended=[row for row in referrals if not row.is_open],
        results=results_of(cases),
        needs=needs_found(cases),
    )


@bp.get("/referrals/<int:referral_id>")
@permit(Permission.VIEW_ASSISTANCE, get_referral)
def show(referral: Referral) -> ResponseReturnValue:
    """One referral: where it stands, what may come next, and what happened."""
    return render_template(
        "assistance/referrals/show.html",
        referral=referral,
        client=referral.client,
        clock=clock_of(referral),
        step=step_of(referral.step_thread, referral.case_id),
    )


@bp.get("/referrals/<int:referral_id>/letter/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_ASSISTANCE, get_referral)
def letter(referral: Referral) -> ResponseReturnValue:
    """The letter of referral; the first request issues it in both languages."""
    language = str((request.view_args or {})["language"])
    paper = issue(paper_of(referral), actor(), now(), language)
    return pdf_answer(paper.content, paper.file_name)
