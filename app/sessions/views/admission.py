"""Volunteers and mentors of the office: the list, and what is recorded about each."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.naming import fold
from app.clock import today
from app.db import db
from app.sessions.forms import HelperForm
from app.sessions.matching import bar
from app.sessions.models import Helper
from app.sessions.queries import get_helper, helpers_of, take_turns
from app.sessions.views.blueprint import bp
from app.web.forms import visible


@bp.get("/helpers")
@permit(Permission.MATCH_CLIENT)
def volunteers() -> ResponseReturnValue:
    sought = visible(request.args.get("q", ""))[:100].strip()
    roster = [row for row in helpers_of(actor().office_id) if fold(sought) in fold(row[0].full_name)]
    rows = [(user, record, bar(user, record, today())) for user, record in roster]
    return render_template("sessions/volunteers.html", rows=rows, sought=sought)


@bp.route("/helpers/<int:user_id>", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT)
def volunteer(user_id: int) -> ResponseReturnValue:
    if request.method == "POST":
        take_turns(User, user_id)
    user, record = get_helper(actor(), user_id)
    form = HelperForm(obj=record, on=today())
    if form.edits(record) if record else form.validate_on_submit():
        record = record or Helper(user_id=user.id)
        for name in ("born_on", "undertaking_on", "organisation"):
            form[name].populate_obj(record, name)
        db.session.add(record)
        name_subject(record)
        db.session.commit()
        flash(_("What is known of %(name)s is saved.", name=user.full_name), "success")
        return redirect(url_for("sessions.volunteers"))
    return render_template("sessions/volunteer.html", form=form, user=user)
