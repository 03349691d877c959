"""Answers as they are read, one with all that happened to it and its paper; and a proposal that is not followed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.queries import get_case
from app.clients.views.acting import form_page
from app.clock import now, today
from app.printing.pdf import pdf_answer
from app.supervision.violations.catalogue import answering
from app.supervision.violations.dossier import dossier_of, proposals_for
from app.supervision.violations.drafting import set_aside
from app.supervision.violations.forms import SetAsideForm, SignatureForm
from app.supervision.violations.letters import letter_of
from app.supervision.violations.models import Answer
from app.supervision.violations.queries import get_answer
from app.supervision.violations.situation import Proposal
from app.supervision.violations.views.blueprint import bp, closed, kept, to_supervision
from app.web.addresses import record_numbers, words_in_query


@bp.get("/answers/<int:answer_id>")
@permit(Permission.VIEW_SUPERVISION, get_answer)
def answer(answer: Answer) -> ResponseReturnValue:
    """One answer: its text, where it stands, and what may come next."""
    return render_template(
        "supervision/violations/answer.html",
        answer=answer,
        client=answer.client,
        form=SignatureForm(formdata=None, draft=str(answer.draft.id)),
        measure=answering().measures.get(answer.measure),
    )


@bp.get("/answers/<int:answer_id>/paper/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_SUPERVISION, get_answer)
def paper(answer: Answer) -> ResponseReturnValue:
    """The signed paper, issued on the first request; before the signature the draft with its watermark."""
    language = str((request.view_args or {})["language"])
    return pdf_answer(letter_of(answer, language, actor(), now()), f"{answer.number}-{language}.pdf")


@bp.route("/cases/<int:case_id>/dismissals/new", methods=["GET", "POST"])
@permit(Permission.DRAFT_ANSWER, get_case)
def dismiss(case: Case) -> ResponseReturnValue:
    """Say why a proposal is not followed; the address names its rule and the violations."""
    if not case.is_open:
        return closed(case)
    proposal = proposal_named(case)
    if proposal is None:
        return to_supervision(case, _("This is not proposed any more."), "info")
    form = SetAsideForm()
    if kept(case, form, lambda: set_aside(case, form.told(proposal.rule.code, proposal.violations), actor(), now())):
        return to_supervision(case, _("It is noted that you do not follow this proposal, and why."))
    return form_page("supervision/violations/dismiss.html", form, case=case, client=case.client, proposal=proposal)


def proposal_named(case: Case) -> Proposal | None:
    """The proposal that the address names, if it is still made."""
    rule, numbers = words_in_query("rule"), set(record_numbers(request.args.getlist("violation")))
    for one in proposals_for(case, dossier_of([case]), today()):
        if one.rule.code == rule and (not numbers or numbers <= set(one.violations)):
            return one
    return None
