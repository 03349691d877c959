"""The pages of the door: signing in, resuming what was typed, signing out, the own password."""

from http import HTTPStatus

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, refresh
from flask_login import current_user, login_user, logout_user

from app.access import kept
from app.access.forms import PasswordForm, SignInForm
from app.access.guard import READS, actor, public, signed_in
from app.access.models import User
from app.access.sign_in import fits, hash_password, note_attempt, remaining_wait, touch, user_to_admit
from app.audit.journal import record_act
from app.clock import now
from app.db import db
from app.web.addresses import within
from app.web.receipts import bearer_of

bp = Blueprint("access", __name__)

# What somebody may do before choosing a password of their own.
BEFORE_FIRST_PASSWORD = {"access.password", "access.sign_out", "web.choose_language"}


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated and request.method in READS:
        return redirect(url_for("desk.home"))
    form = SignInForm(next=within(request.args.get("next")) or "")
    if form.validate_on_submit():
        if user := admitted(form):
            enter(user)
            return onward(user, form.kept.data, form.next.data)
        db.session.commit()  # the failed try
    return render_template("access/sign_in.html", form=form), 401 if form.errors else 200


def admitted(form: SignInForm) -> User | None:
    """The user whom name and password let in; otherwise the reason stands in the form."""
    name = form.name.data or ""
    user = user_to_admit(name)
    if wait := remaining_wait(name, now()):
        minutes = int(wait.total_seconds() // 60) + 1
        form.password.errors = [
            ngettext("Too many wrong tries. Wait %(num)d minute, then try again.",
                     "Too many wrong tries. Wait %(num)d minutes, then try again.", minutes)
        ]  # fmt: skip
        return None
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
    g.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)  # a page made now needs the token of the new time
    session.permanent = True
    login_user(user)
    refresh()  # from here on the page speaks the user's own language
    touch()
    record_act(user.id, "sign_in", None, "access.sign_in")
    db.session.commit()


def onward(user: User, token: str | None, address: str | None) -> ResponseReturnValue:
    """Where a sign-in leads: to a first password, back to what was typed, to the page asked for, or home."""
    if user.password_changed_at is None:
        form = PasswordForm(formdata=None, kept=token)
        return render_template("access/password.html", form=form, is_first=True)
    if token:
        if resumed := kept.unseal(token, user.id):
            return render_template("access/resume.html", kept=resumed)
        flash(_("The text kept for another person was put aside."), "info")
    return redirect(within(address) or url_for("desk.home"))


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
        user.take_password(hash_password(form.new_password.data or ""), now())
        record_act(user.id, "sign_in", user, "access.password")
        db.session.commit()
        enter(user)
        flash(_("Your password is changed. Everywhere else you are signed out."), "success")
        return onward(user, form.kept.data, None)
    return render_template("access/password.html", form=form, is_first=user.password_changed_at is None)


def ask_for_first_password() -> ResponseReturnValue | None:
    """Before each request: a password that the administrator gave opens nothing but the page that replaces it."""
    waits = current_user.is_authenticated and current_user.password_changed_at is None
    return redirect(url_for("access.password")) if waits and request.endpoint not in BEFORE_FIRST_PASSWORD else None


def ask_to_sign_in() -> ResponseReturnValue:
    """What a page says to somebody who is not signed in, or no longer; a form that was sent is kept."""
    if request.method in READS:
        return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
    if request.endpoint == "access.sign_in":
        form = SignInForm()
        form.password.errors = [_("This page had been open for too long. Enter your password once more.")]
        return render_template("access/sign_in.html", form=form), HTTPStatus.UNAUTHORIZED
    typed_by = g.get("went_idle") or bearer_of(request.form.get("receipt", ""))
    form = SignInForm(formdata=None, kept=kept.seal(request, typed_by) if typed_by else "")
    return render_template("access/expired.html", form=form), HTTPStatus.UNAUTHORIZED


def offer_to_resume() -> ResponseReturnValue:
    """A form whose guard token has gone stale: nothing is lost, the one who typed it is asked once more."""
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    user = actor()
    resumed = kept.unseal(kept.seal(request, bearer_of(request.form.get("receipt", "")) or user.id), user.id)
    if resumed is None:
        flash(_("The text kept for another person was put aside."), "info")
        return redirect(url_for("desk.home"))
    return render_template("access/resume.html", kept=resumed), HTTPStatus.BAD_REQUEST
