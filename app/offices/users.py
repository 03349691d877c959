"""The administrator's pages: users, and the policy as it stands."""

from typing import Any

from cryptography.fernet import InvalidToken
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.accounts import Users, get_user, why_not_suspend
from app.access.guard import actor, permit
from app.access.models import ROLE_LABELS, Role, User
from app.access.passwords import fresh
from app.access.policy import Permission
from app.access.policy_table import heads, rows
from app.access.sign_in import hash_password
from app.audit.journal import name_subject
from app.clock import now, today
from app.db import db
from app.db.columns import cipher
from app.offices.queries import offices_on
from app.offices.user_forms import NewUserForm, UserForm
from app.web.addresses import number_in_query, words_in_query
from app.web.languages import text_in

bp = Blueprint("users", __name__)

STATES = {"working": False, "suspended": True}
SHOWN_WITHIN = 600  # seconds in which a new password can be looked at


@bp.get("/users")
@permit(Permission.MANAGE_USERS)
def index() -> ResponseReturnValue:
    role, state = words_in_query("role"), words_in_query("state")
    filters = Users(
        words=words_in_query("q"),
        role=Role(role) if role in set(Role) else None,
        office_id=number_in_query("office"),
        is_suspended=STATES.get(state),
    )
    page = filters.page(number_in_query("after"), number_in_query("before"))
    offices = {office.id: text_in(office) for office in offices_on(today())}
    chosen: dict[str, Any] = {
        "q": filters.words or None,
        "role": filters.role,
        "office": filters.office_id,
        "state": state or None,
    }
    return render_template(
        "users/index.html", page=page, chosen=chosen, offices=offices, roles=ROLE_LABELS,
        newer_url=url_for(".index", before=page.newer, **chosen) if page.newer else None,
        older_url=url_for(".index", after=page.older, **chosen) if page.older else None,
    )  # fmt: skip


@bp.route("/users/new", methods=["GET", "POST"])
@permit(Permission.MANAGE_USERS)
def create() -> ResponseReturnValue:
    form = NewUserForm(language="kk")
    if form.validate_on_submit():
        password = fresh()
        user = User(password_hash=hash_password(password))
        for field in (form.name, form.full_name, form.role, form.office_id, form.language):
            setattr(user, field.name, field.data)
        db.session.add(user)
        name_subject(user)
        try:
            db.session.commit()
        except IntegrityError:  # somebody else took the name a moment ago
            db.session.rollback()
            form.name.errors = [_("Somebody already signs in under this name. Choose another one.")]
        else:
            lay_out(user, password)
            return redirect(url_for(".one_time_password", user_id=user.id))
    return render_template("users/create.html", form=form)


@bp.route("/users/<int:user_id>", methods=["GET", "POST"])
@permit(Permission.MANAGE_USERS, get_user)
def edit(user: User) -> ResponseReturnValue:
    form = UserForm(obj=user)
    if form.edits(user):
        user.full_name = form.full_name.data or ""
        user.move(*form.place())
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(url_for(".index"))
    return render_template("users/edit.html", form=form, user=user, is_oneself=user.id == actor().id)


@bp.post("/users/<int:user_id>/suspension")
@permit(Permission.MANAGE_USERS, get_user)
def suspend(user: User) -> ResponseReturnValue:
    if reason := why_not_suspend(user, actor()):
        flash(reason, "error")
    else:
        user.suspend(actor(), now())
        db.session.commit()
        flash(_("%(name)s is suspended and signed out everywhere.", name=user.full_name), "success")
    return redirect(url_for(".edit", user_id=user.id))


@bp.post("/users/<int:user_id>/restoration")
@permit(Permission.MANAGE_USERS, get_user)
def restore(user: User) -> ResponseReturnValue:
    user.restore(actor(), now())
    db.session.commit()
    flash(_("%(name)s can sign in again.", name=user.full_name), "success")
    return redirect(url_for(".edit", user_id=user.id))


@bp.post("/users/<int:user_id>/password")
@permit(Permission.MANAGE_USERS, get_user)
def reset_password(user: User) -> ResponseReturnValue:
    if user.id == actor().id:
        flash(_("Change your own password on its own page."), "error")
        return redirect(url_for("access.password"))
    password = fresh()
    user.take_password(hash_password(password), None)
    db.session.commit()
    lay_out(user, password)
    return redirect(url_for(".one_time_password", user_id=user.id))


@bp.get("/users/<int:user_id>/password")
@permit(Permission.MANAGE_USERS, get_user)
def one_time_password(user: User) -> ResponseReturnValue:
    return render_template("users/password.html", user=user, password=pick_up(user))


def lay_out(user: User, password: str) -> None:
    """Lay a new password aside for the next page, sealed: the cookie that carries it can be read by its browser."""
    text = f"{user.id} {password}".encode()
    session["new_password"] = cipher().encrypt_at_time(text, int(now().timestamp())).decode()


def pick_up(user: User) -> str | None:
    """The password laid aside for this user; once, and within ten minutes."""
    token = session.pop("new_password", "") if request.method == "GET" else ""
    try:
        text = cipher().decrypt_at_time(token.encode(), ttl=SHOWN_WITHIN, current_time=int(now().timestamp()))
    except InvalidToken:
        return None
    number, _space, password = text.decode().partition(" ")
    return password if number == str(user.id) else None


@bp.get("/policy")
@permit(Permission.VIEW_POLICY)
def policy() -> ResponseReturnValue:
    return render_template("users/policy.html", heads=heads(), rows=rows())
