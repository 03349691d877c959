"""Matching a person with a volunteer or mentor, and what becomes of the match."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.queries import get_case
from app.clock import today
from app.db import db
from app.sessions import matching
from app.sessions.consent import latest_end
from app.sessions.forms import ConsentForm, EndingForm, MatchForm, WithdrawalForm, goals_form
from app.sessions.goals import current_goals, current_program_id, words_of_goals
from app.sessions.hours import total
from app.sessions.matching import Help, bar
from app.sessions.models import Helper, Match, Session
from app.sessions.queries import get_match, going_on, helpers_of, take_turns, time_spent
from app.sessions.refusals import Refused, refuse_at
from app.sessions.views.blueprint import bp, deed

Roster = list[tuple[User, Helper | None]]


@bp.route("/cases/<int:case_id>/matches/new", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT, get_case)
def create_match(case: Case) -> ResponseReturnValue:
    roster = helpers_of(actor().office_id)
    form, barred = match_form(case, roster)
    if form.validate_on_submit():
        take_turns(Case, case.id)
        try:
            match = matching.make_match(case, help_from(form, case, roster), form.terms, going_on(case.id), deed())
        except Refused as refusal:
            refuse_at(form, refusal)
        else:
            db.session.add(match)
            name_subject(match)
            db.session.commit()
            flash(_("%(helper)s can now see this person and log sessions.", helper=match.helper.full_name), "success")
            return redirect(url_for("sessions.match", match_id=match.id))
    return render_template("sessions/create_match.html", case=case, form=form, barred=barred)


def match_form(case: Case, roster: Roster) -> tuple[MatchForm, list[tuple[User, str]]]:
    """The form with those who can be chosen, and beside it the others, each with the reason."""
    form = MatchForm(data=terms_to_begin_with(case))
    reasons = [(user, bar(user, record, today())) for user, record in roster]
    free = [(user.id, _("%(name)s, %(role)s", name=user.full_name, role=str(user.role.label).lower()))
            for user, why in reasons if not why]  # fmt: skip
    form.offer(free, current_goals(case.id))
    form.for_person(case.client.born_on, today())
    return form, [(user, why) for user, why in reasons if why]


def terms_to_begin_with(case: Case) -> dict[str, Any]:
    """A consent given today and standing as long as it can; what the helper may know is left to be asked."""
    day, client = today(), case.client
    speaks = client.representative_on(day) if client.is_minor_on(day) else None
    return {
        "starts_on": day,
        "given_on": day,
        "until_on": latest_end(day, client.born_on),
        "representative": speaks.full_name if speaks else None,
    }


def help_from(form: MatchForm, case: Case, roster: Roster) -> Help:
    helper, record = next(row for row in roster if row[0].id == form.helper_id.data)
    threads = set(form.goals.data or ()) if form.goals else set()
    program_id = current_program_id(case.id) if threads else None
    return Help(helper, record, form.data["starts_on"], program_id, threads)


@bp.get("/matches/<int:match_id>")
@permit(Permission.VIEW_SESSIONS, get_match)
def match(match: Match) -> ResponseReturnValue:
    return render_template(
        "sessions/match.html",
        match=match,
        goals=words_of_goals(match.threads),
        hours=total(time_spent(Session.match_id == match.id)),
    )


@bp.route("/matches/<int:match_id>/consents/new", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT, get_match)
def renew_consent(match: Match) -> ResponseReturnValue:
    last = match.consents[-1] if match.consents else None
    known = {"names_phone": last.names_phone, "names_address": last.names_address} if last else {}
    form = ConsentForm(data=terms_to_begin_with(match.case) | known)
    form.for_person(match.client.born_on, today())
    record = db.session.get(Helper, match.helper_id)
    return settled(match, form, "sessions/renew_consent.html", _("The new consent is recorded."),
                   lambda: matching.renew_consent(match, form.terms, record, deed()))  # fmt: skip


@bp.route("/matches/<int:match_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT, get_match)
def withdraw_consent(match: Match) -> ResponseReturnValue:
    form = WithdrawalForm()
    done = _("The consent is withdrawn. The helper can no longer see the person.")
    return settled(
        match,
        form,
        "sessions/withdraw_consent.html",
        done,
        lambda: matching.withdraw_consent(match, form.words.data, deed()),
    )


@bp.route("/matches/<int:match_id>/ending", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT, get_match)
def end_match(match: Match) -> ResponseReturnValue:
    form = EndingForm(data={"on": today()})
    done = _("The help has ended. The helper can no longer see the person.")
    return settled(
        match, form, "sessions/end_match.html", done,
        lambda: matching.end_match(match, form.data["on"], form.data["words"], deed()),
    )  # fmt: skip


@bp.route("/matches/<int:match_id>/goals", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT, get_match)
def change_goals(match: Match) -> ResponseReturnValue:
    form = goals_form(match, current_goals(match.case_id))
    program_id = current_program_id(match.case_id)
    return settled(match, form, "sessions/change_goals.html", _("The goals are saved."),
                   lambda: matching.set_goals(match, program_id, set(form.goals.data or ())))  # fmt: skip


def settled(match: Match, form: Any, page: str, done: str, act: Callable[[], object]) -> ResponseReturnValue:
    """Do the act that a form on a match asks for, or show the form with what is wrong."""
    if form.validate_on_submit():
        take_turns(Case, match.case_id)
        try:
            act()
        except Refused as refusal:
            refuse_at(form, refusal)
        else:
            return saved(match, done)
    return render_template(page, match=match, form=form)


def saved(match: Match, done: str) -> ResponseReturnValue:
    """Commit; when somebody else did the same a moment ago, theirs stands."""
    place = redirect(url_for("sessions.match", match_id=match.id))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        flash(_("Somebody else did this a moment ago. This is how it stands now."), "info")
    else:
        flash(done, "success")
    return place
