"""Who speaks for which body: the ministry names and ends it."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clients.views.acting import form_page, kept
from app.clock import now, today
from app.db import db
from app.plan.library import plan_on
from app.plan.models import BodyMember
from app.plan.progress.forms import MemberForm
from app.plan.progress.queries import member_with_user, members, users_without_body
from app.plan.progress.speaking import end_member, name_member
from app.plan.progress.views.blueprint import bp
from app.web.languages import text_in


@bp.get("/plan-members")
@permit(Permission.MANAGE_PLAN)
def people() -> ResponseReturnValue:
    """Who speaks for which body, and the bodies for which nobody does."""
    return members_page(member_form())


@bp.post("/plan-members")
@permit(Permission.MANAGE_PLAN)
def create_member() -> ResponseReturnValue:
    form = member_form()
    free = {one.id: one for one in users_without_body()}

    def keep() -> None:
        said: dict[str, Any] = form.data
        name_subject(name_member(free[said["user_id"]], said["body"], said["email"], actor(), now()))

    if form.validate_on_submit() and kept(form, keep):
        flash(_("Saved."), "success")
        return redirect(url_for("progress.people"))
    return members_page(form)


@bp.post("/plan-members/<int:member_id>/ending")
@permit(Permission.MANAGE_PLAN, member_with_user)
def create_ending(member: BodyMember) -> ResponseReturnValue:
    """They speak for the body no more."""
    try:
        end_member(member, actor(), now())
        db.session.commit()
        flash(_("%(name)s speaks for the body no more.", name=member.user.full_name), "success")
    except (NotPossible, IntegrityError):
        db.session.rollback()
        flash(_("This user speaks for the body no more."), "info")
    return redirect(url_for("progress.people"))


def member_form() -> MemberForm:
    form, plan = MemberForm(), plan_on(today())
    form.user_id.choices = [(one.id, f"{one.full_name} ({one.name})") for one in users_without_body()]
    form.body.choices = [(code, text_in(one.short)) for code, one in plan.bodies.items() if one.reports]
    return form


def members_page(form: MemberForm) -> ResponseReturnValue:
    plan, known = plan_on(today()), members()
    spoken_for = {one.body for one in known}
    silent = [one for one in plan.bodies.values() if one.reports and one.code not in spoken_for]
    return form_page("plan/progress/members.html", form, plan=plan, members=known, silent=silent)
