"""The officer's pages about sessions: those with one person, and one session to confirm or ask about."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.clients.models import Client, NotPossible
from app.clients.queries import get_client
from app.clients.views.acting import attempt
from app.clock import now, today
from app.db import db
from app.sessions import review
from app.sessions.forms import QuestionForm
from app.sessions.goals import words_of_goals
from app.sessions.hours import by_month, total
from app.sessions.models import Session
from app.sessions.paging import read_cursor
from app.sessions.queries import (
    get_session,
    matches_of_client,
    sessions_of_client,
    take_turns,
    time_spent,
    unseen_concerns,
    with_client,
)
from app.sessions.refusals import refuse_at
from app.sessions.views.blueprint import bp, turn
from app.web.addresses import within


@bp.get("/people/<int:client_id>/sessions")
@permit(Permission.VIEW_SESSIONS, get_client)
def of_client(client: Client) -> ResponseReturnValue:
    condition = with_client(actor(), client.id)
    page = sessions_of_client(condition, read_cursor(request.args.get("at")))
    return render_template(
        "sessions/of_client.html",
        client=client,
        matches=matches_of_client(actor(), client.id),
        concerns=unseen_concerns(condition),
        sessions=page.rows,
        turn=turn(page, client_id=client.id),
        hours=total(time_spent(condition)),
        months=by_month(time_spent(condition, since=year_before(today()))),
    )


def year_before(day: date) -> date:
    """The first day of the month eleven months before: twelve months in all."""
    return date(day.year - 1 + day.month // 12, day.month % 12 + 1, 1)


@bp.get("/sessions/<int:session_id>")
@permit(Permission.VIEW_SESSIONS, get_session)
def session(meeting: Session) -> ResponseReturnValue:
    return shown(meeting, QuestionForm())


@bp.post("/sessions/<int:session_id>/confirmation")
@permit(Permission.REVIEW_SESSION, get_session)
def confirm(meeting: Session) -> ResponseReturnValue:
    take_turns(User, meeting.logged_by_id)
    db.session.refresh(meeting, ["confirmation"])
    attempt(lambda: review.confirm(meeting, actor(), now()), _("The session is confirmed, and its time counts."))
    return redirect(within(request.form.get("back")) or url_for("sessions.session", session_id=meeting.id))


@bp.route("/sessions/<int:session_id>/questions/new", methods=["GET", "POST"])
@permit(Permission.REVIEW_SESSION, get_session)
def ask(meeting: Session) -> ResponseReturnValue:
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            review.ask(meeting, form.words.data, actor(), now())
        except NotPossible as refusal:
            refuse_at(form, refusal)
        else:
            db.session.commit()
            flash(_("Your question is sent. The answer will appear here and on your first page."), "success")
            return redirect(url_for("sessions.session", session_id=meeting.id))
    return shown(meeting, form)


def shown(meeting: Session, form: Any) -> ResponseReturnValue:
    thread = meeting.goal_thread
    goal = words_of_goals([thread]).get(thread) if thread else None
    return render_template("sessions/session.html", meeting=meeting, form=form, goal=goal)
