"""The officer's own calendar for another programme: making its secret address, taking it back, and reading it."""

from http import HTTPStatus

from cryptography.fernet import InvalidToken
from flask import Response, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit, public
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clock import now, today
from app.db import db
from app.db.columns import cipher
from app.supervision.messages.calendars import appointments
from app.supervision.messages.feeds import feed_with, feeds_of, last_opened, make_feed, note_opening, take_back_feeds
from app.supervision.messages.icalendar_file import calendar_file
from app.supervision.messages.models import CalendarFeed
from app.supervision.messages.views.blueprint import bp
from app.web.forms import Form
from app.web.languages import speaking

SHOWN_WITHIN = 600  # seconds in which a new address can be looked at


@bp.route("/calendar-feed", methods=["GET", "POST"])
@permit(Permission.KEEP_CALENDAR)
def feed() -> ResponseReturnValue:
    """The state of one's own address; a new one is shown for ten minutes to the one who made it."""
    form = Form()
    if form.validate_on_submit():
        made, token = make_feed(actor(), now())
        name_subject(made)
        db.session.commit()
        lay_out(made, token)
        return redirect(url_for(".feed"))
    current = next(iter(feeds_of(actor())), None)
    return render_template(
        "supervision/messages/feed.html", form=form, feed=current, fresh=pick_up(current) if current else None,
        last=last_opened(current) if current else None,
    )  # fmt: skip


@bp.post("/calendar-feed/withdrawal")
@permit(Permission.KEEP_CALENDAR)
def withdraw_feed() -> ResponseReturnValue:
    if take_back_feeds(actor(), now()):
        db.session.commit()
        flash(_("The address does not work any more."), "success")
    else:
        flash(_("There is no address that works."), "info")
    return redirect(url_for(".feed"))


@bp.get("/calendars/<token>.ics")
@public
def read(token: str) -> ResponseReturnValue:
    """The calendar behind a secret address, for whoever holds it: times and kinds, and nobody's name."""
    found = feed_with(token)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if note_opening(found, today()):
        try:
            db.session.commit()
        except IntegrityError:  # read twice in the same moment
            db.session.rollback()
    with speaking(found.user.language):
        content = calendar_file(_("Visits and events"), appointments(found.user, today()))
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def lay_out(feed: CalendarFeed, token: str) -> None:
    """Lay a new token aside for the next page, sealed: the cookie that carries it can be read by its browser."""
    text = f"{feed.id} {token}".encode()
    session["calendar_feed"] = cipher().encrypt_at_time(text, int(now().timestamp())).decode()


def pick_up(feed: CalendarFeed) -> str | None:
    """The address that was made in this browser within the last ten minutes."""
    try:
        text = cipher().decrypt_at_time(
            session.get("calendar_feed", "").encode(), ttl=SHOWN_WITHIN, current_time=int(now().timestamp())
        )
    except InvalidToken:
        return None
    number, _space, token = text.decode().partition(" ")
    return url_for(".read", token=token, _external=True) if number == str(feed.id) else None
