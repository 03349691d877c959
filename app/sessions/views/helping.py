"""The volunteer's and mentor's pages: one person they help, a session to log, a question to answer."""

from typing import NoReturn

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clock import now, today
from app.db import db
from app.sessions.forms import LogForm, ReplyForm
from app.sessions.goals import words_of_goals
from app.sessions.helping import find_open_match, find_open_question, own_sessions, person_of
from app.sessions.hours import total
from app.sessions.logbook import log_session
from app.sessions.models import Match, Question, Session
from app.sessions.paging import read_cursor
from app.sessions.queries import people_helped, spans_of, take_turns, time_spent
from app.sessions.refusals import Refused, refuse_at
from app.sessions.review import reply as reply_to
from app.sessions.views.blueprint import bp, turn


def get_helped(user: User, _permission: Permission, match_id: int) -> Match:
    """The actor's match behind an open door; otherwise 404, with the people whom the actor does help."""
    return find_open_match(user, match_id, today()) or gone(user)


def get_question(user: User, _permission: Permission, question_id: int) -> Question:
    return find_open_question(user, question_id, today()) or gone(user)


def gone(user: User) -> NoReturn:
    """The same page whether the person was never theirs or is no longer; what was typed is given back."""
    typed = [text for name in ("done", "concern", "words") if (text := request.form.get(name, "").strip())]
    page = render_template("sessions/gone.html", people=people_helped(user, today()), typed=typed)
    abort(make_response(page, 404))


@bp.get("/helping/<int:match_id>")
@permit(Permission.VIEW_MATCH, get_helped)
def helper_match(match: Match) -> ResponseReturnValue:
    page = own_sessions(match, read_cursor(request.args.get("at")))
    return render_template(
        "sessions/helper_match.html",
        person=person_of(match, today()),
        sessions=page.rows,
        turn=turn(page, match_id=match.id),
        goals=words_of_goals(row.goal_thread for row in page.rows if row.goal_thread),
        hours=total(time_spent(Session.match_id == match.id)),
    )


@bp.route("/helping/<int:match_id>/sessions/new", methods=["GET", "POST"])
@permit(Permission.LOG_SESSION, get_helped)
def log(match: Match) -> ResponseReturnValue:
    person = person_of(match, today())
    form = LogForm(data={"on": today()})
    form.for_goals(person.goals)
    if form.validate_on_submit():
        take_turns(User, actor().id)
        try:
            meeting = log_session(match, form.held, spans_of(actor(), form.held.on), actor(), now())
        except Refused as refusal:
            refuse_at(form, refusal)
        else:
            db.session.add(meeting)
            name_subject(meeting)
            db.session.commit()
            return after_logging(meeting)
    return render_template("sessions/log.html", form=form, person=person)


def after_logging(meeting: Session) -> ResponseReturnValue:
    flash(_("The session is logged."), "success")
    if meeting.has_concern:
        flash(_("The probation officer sees your worry first. In danger to life call 112 or 102 now."), "error")
    place = "sessions.log" if "another" in request.form else "sessions.helper_match"
    return redirect(url_for(place, match_id=meeting.match_id))


@bp.route("/helping/questions/<int:question_id>", methods=["GET", "POST"])
@permit(Permission.LOG_SESSION, get_question)
def reply(question: Question) -> ResponseReturnValue:
    form = ReplyForm()
    meeting = question.session
    if form.validate_on_submit():
        take_turns(User, actor().id)
        db.session.refresh(question, ["reply"])
        try:
            reply_to(question, form.words.data, actor(), now())
        except Refused as refusal:
            refuse_at(form, refusal)
        else:
            db.session.commit()
            flash(_("Your answer is sent to the probation officer."), "success")
            return redirect(url_for("sessions.helper_match", match_id=meeting.match_id))
    person = person_of(meeting.match, today())
    return render_template("sessions/reply.html", form=form, question=question, meeting=meeting, person=person)
