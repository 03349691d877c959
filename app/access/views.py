"""The pages of the door: signing in, resuming what was typed, signing out, the own password."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, login_user, logout_user

from app.access import kept
from app.access.forms import PasswordForm, SignInForm
from app.access.guard import actor, public, signed_in
from app.access.models import User
from app.access.sign_in import fits, hash_password, note_attempt, remaining_wait, touch, user_named
from app.audit.journal import record_act
from app.clock import now
from app.db import db

bp = Blueprint("access", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("desk.home"))
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        user = admitted(form)
        if user:
            enter(user)
            return welcome(form, user)
        db.session.commit()  # the failed try
    return render_template("access/sign_in.html", form=form), 401 if form.errors else 200


def admitted(form: SignInForm) -> User | None:
    """The user whom name and password let in; otherwise the reason stands in the form."""
    name = form.name.data or ""
    if wait := remaining_wait(name, now()):
        minutes = int(wait.total_seconds() // 60) + 1
        form.password.errors = [
            ngettext("Too many wrong tries. Wait %(num)d minute, then try again.",
                     "Too many wrong tries. Wait %(num)d minutes, then try again.", minutes)
        ]  # fmt: skip
        return None
    user = user_named(name)
    known = fits(user, form.password.data or "")
    succeeded = known and user is not None and user.suspension is None
    note_attempt(name, succeeded=succeeded, address=request.remote_addr or "")
    if succeeded:
        return user
    form.password.errors = [
        _("Your access is suspended. Ask the administrator.") if known else _("Name or password is wrong. Try again.")
    ]
    return None


def enter(user: User) -> None:
    """Begin a new signed-in time: nothing of the browser's earlier one is carried over."""
    session.clear()
    session.permanent = True
    login_user(user)
    touch()
    record_act(user.id, "sign_in", None, "access.sign_in")
    db.session.commit()


def welcome(form: SignInForm, user: User) -> ResponseReturnValue:
    """Where a sign-in leads: back to what was typed, to a first password, to the page asked for, or home."""
    if form.kept.data:
        if resumed := kept.unseal(form.kept.data, user.id):
            return render_template("access/resume.html", kept=resumed)
        flash(_("The text kept for another person was put aside."), "info")
    if user.password_changed_at is None:
        return redirect(url_for(".password"))
    return redirect(local(form.next.data))


def local(address: str | None) -> str:
    """The address if it lies within this application, otherwise the home page."""
    parts = urlsplit(address or "")
    inside = parts.path.startswith("/") and not (parts.scheme or parts.netloc) and not parts.path.startswith("//")
    return address if address and inside and "\\" not in address else url_for("desk.home")


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        record_act(actor().id, "sign_in", None, "access.sign_out")
        db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for(".sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    user = actor()
    form = PasswordForm()
    form.user = user
    if form.validate_on_submit():
        user.password_hash = hash_password(form.new_password.data or "")
        user.password_changed_at = now()
        user.sign_in_epoch += 1  # every other browser is signed out
        record_act(user.id, "sign_in", user, "access.password")
        db.session.commit()
        enter(user)
        flash(_("Your password is changed. Everywhere else you are signed out."), "success")
        return redirect(url_for("desk.home"))
    return render_template("access/password.html", form=form, is_first=user.password_changed_at is None)


def ask_to_sign_in() -> ResponseReturnValue:
    """What a page says to somebody who is not signed in, or no longer; a form that was sent is kept."""
    if request.method == "GET":
        return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm(formdata=None, kept=kept.seal(request, g.get("went_idle")))
    return render_template("access/expired.html", form=form), 401


def offer_to_resume() -> ResponseReturnValue:
    """A form whose guard token has gone stale, sent by somebody who is signed in: nothing is lost, ask once more."""
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    token = kept.seal(request, actor().id)
    return render_template("access/resume.html", kept=kept.unseal(token, actor().id)), 400
