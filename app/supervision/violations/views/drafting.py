"""Drafting: the officer begins with the sample of a measure, mends it, and hands it to the head."""

from pathlib import Path

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.queries import get_case
from app.clients.views.acting import form_page, undone
from app.clock import now, today
from app.db import db
from app.supervision.violations.catalogue import Measure, answering
from app.supervision.violations.dossier import Dossier, dossier_of, facts_of, proposals_for
from app.supervision.violations.drafting import (
    draft,
    hold_answer,
    most_months,
    rule_named,
    save,
    submit,
    withdraw_draft,
)
from app.supervision.violations.filling import Beginning
from app.supervision.violations.forms import AnswerForm, ReasonForm, TextForm
from app.supervision.violations.models import Answer
from app.supervision.violations.queries import get_answer
from app.supervision.violations.situation import Proposal
from app.supervision.violations.texts import texts_of
from app.supervision.violations.views.blueprint import bp, closed, kept, kept_of, to_answer
from app.supervision.violations.vocabulary import AnswerKind
from app.web.addresses import record_numbers, words_in_query


@bp.route("/cases/<int:case_id>/answers/new", methods=["GET", "POST"])
@permit(Permission.DRAFT_ANSWER, get_case)
def create_answer(case: Case) -> ResponseReturnValue:
    """Begin an answer: without a measure in the address, choose one."""
    if not case.is_open:
        return closed(case)
    known = dossier_of([case])
    proposals = proposals_for(case, known, today())
    measure = answering().measures.get(words_in_query("measure"))
    if measure is None:
        return render_template(
            "supervision/violations/choose.html", case=case, client=case.client, proposals=proposals,
            measures=answering().measures.values(),
        )  # fmt: skip
    rule = rule_named(words_in_query("rule"))
    proposal = next((one for one in proposals if rule and one.rule.code == rule.code), None)
    form = begun(case, measure, known)
    found: list[Answer] = []

    def begin() -> None:
        asked = form.asked(measure.code, rule.code if rule else None)
        found.append(draft(case, asked, actor(), today(), now()))
        if "submission" in request.form:
            submit(found[0], actor(), now())
        name_subject(found[0])

    if kept(case, form, begin):
        return to_answer(found[0], said_of(found[0]))
    return draft_page(form, case, measure, proposal, is_new=True)


def begun(case: Case, measure: Measure, known: Dossier) -> AnswerForm:
    """The form with the sample of the measure, filled in from what the address names."""
    numbers = record_numbers(request.args.getlist("violation"))
    open_ones = [] if measure.is_reward else [one for one in known.violations if one.counts]
    chosen = [one for one in open_ones if one.id in numbers]
    samples, fault = texts_of(Path(current_app.config["HOME"]))
    if fault and request.method == "GET":
        flash(_("The office's own texts cannot be used, so here are the samples: %(fault)s", fault=fault), "error")
    text = Beginning(case, known, chosen, today()).text(measure.code, rule_named(words_in_query("rule")), samples)
    form = AnswerForm(data={"kk": text.kk, "ru": text.ru, "violations": [one.id for one in chosen]})
    form.offer(sorted(open_ones, key=lambda one: one.on))
    form.ask_months(measure.asks_months)
    return form


def draft_page(
    form: TextForm, case: Case, measure: Measure, proposal: Proposal | None, is_new: bool = False
) -> ResponseReturnValue:
    """The page of a text. A new one that nothing proposes says so: the officer may know more than the files do."""
    unforeseen = is_new and proposal is None and measure.kind != AnswerKind.INCENTIVE
    most = most_months(proposal.rule if proposal else None, facts_of(case, today()), today())
    return form_page(
        "supervision/violations/draft.html", form, case=case, client=case.client, measure=measure, proposal=proposal,
        most=most if measure.asks_months else None, unforeseen=unforeseen,
    )  # fmt: skip


def said_of(answer: Answer) -> str:
    if answer.draft.submission:
        return _("The draft is saved and lies before the head.")
    return _("The draft is saved. The head sees it when you hand it in.")


@bp.route("/answers/<int:answer_id>/drafts/new", methods=["GET", "POST"])
@permit(Permission.DRAFT_ANSWER, get_answer)
def edit_answer(answer: Answer) -> ResponseReturnValue:
    """Mend the text: what is saved is the next draft, and the one before stays."""
    if not answer.case.is_open:
        return closed(answer.case)
    if answer.signature or answer.withdrawal:
        return to_answer(answer, _("This answer is signed or taken back. It does not change any more."), "error")
    measure = answering().measures[answer.measure]
    if request.method == "POST":
        hold_answer(answer)
    form = TextForm(obj=answer.draft)
    form.ask_months(measure.asks_months)

    def mend() -> None:
        save(answer, form.text(), actor(), today(), now())
        db.session.flush()
        if "submission" in request.form:
            submit(answer, actor(), now())

    if form.edits(answer.draft) and kept_of(answer, form, mend):
        return to_answer(answer, said_of(answer))
    return draft_page(form, answer.case, measure, None)


@bp.post("/answers/<int:answer_id>/submission")
@permit(Permission.DRAFT_ANSWER, get_answer)
def submit_answer(answer: Answer) -> ResponseReturnValue:
    """Hand the last draft to the head, in one press."""

    def hand_in() -> None:
        hold_answer(answer)
        submit(answer, actor(), now())

    if (reason := undone(hand_in)) is not None:
        return to_answer(answer, str(reason), "error")
    db.session.commit()
    return to_answer(answer, _("It lies before the head."))


@bp.route("/answers/<int:answer_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.DRAFT_ANSWER, get_answer)
def withdraw_answer(answer: Answer) -> ResponseReturnValue:
    """Take back what is not signed yet; what is signed only the head takes back."""
    if answer.signature or answer.withdrawal:
        return to_answer(answer, _("Only a head takes back what is signed."), "error")
    form = ReasonForm()
    if kept_of(answer, form, lambda: withdraw_draft(answer, form.data["reason"], actor(), now())):
        return to_answer(answer, _("It is taken back."))
    return form_page("supervision/violations/take_back.html", form, answer=answer, client=answer.client)
