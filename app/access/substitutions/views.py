"""The head of service's page of who stands in for whom, and what every page says of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.access.substitutions import naming
from app.access.substitutions.forms import SubstitutionForm
from app.access.substitutions.models import Substitution
from app.access.substitutions.queries import get_substitution, lasting, officers_in, over
from app.audit.journal import name_subject
from app.clock import now, today
from app.db import db
from app.web.addresses import number_in_query
from app.web.refusals import NotPossible

bp = Blueprint("substitutions", __name__)


@bp.get("/substitutions")
@permit(Permission.NAME_SUBSTITUTE)
def index() -> ResponseReturnValue:
    office_id = actor().office_id
    return render_template(
        "access/substitutions/index.html",
        day=today(),
        lasting=lasting(office_id, today()),
        over=over(office_id, today()),
    )


@bp.route("/substitutions/new", methods=["GET", "POST"])
@permit(Permission.NAME_SUBSTITUTE)
def create() -> ResponseReturnValue:
    chosen = {"from_on": today(), "absent_id": number_in_query("absent")}
    form = SubstitutionForm(officers_in(actor().office_id), data=chosen)
    if form.validate_on_submit() and (row := named(form)):
        flash(_("%(name)s stands in. It ends by itself.", name=row.substitute.full_name), "success")
        return redirect(url_for(".index"))
    return render_template("access/substitutions/create.html", form=form), 422 if request.method == "POST" else 200


def named(form: SubstitutionForm) -> Substitution | None:
    """The substitution that the form names; otherwise the reason stands in the form."""
    given = form.data
    absent, substitute = form.officers[given["absent_id"]], form.officers[given["substitute_id"]]
    wanted = naming.Wanted(absent, substitute, given["from_on"], given["last_on"], given["reason"])
    try:
        row = naming.name_substitute(wanted, by=actor(), at=now(), on=today())
        name_subject(row)
        db.session.commit()
    except NotPossible as reason:
        db.session.rollback()
        form.form_errors.append(str(reason))
    except IntegrityError:  # the database has the last word: somebody named another one at the same moment
        db.session.rollback()
        form.form_errors.append(_("Somebody named another substitution at the same moment. Look at the list."))
    else:
        return row
    return None


@bp.post("/substitutions/<int:substitution_id>/ending")
@permit(Permission.NAME_SUBSTITUTE, get_substitution)
def end(substitution: Substitution) -> ResponseReturnValue:
    try:
        naming.end(substitution, by=actor(), at=now(), on=today())
        db.session.commit()
    except (NotPossible, IntegrityError):
        db.session.rollback()
        flash(_("This substitution is over already."), "error")
    else:
        flash(_("It is ended. Each reaches only their own cases again."), "success")
    return redirect(url_for(".index"))


@bp.app_template_global()
def standing_in() -> list[Substitution]:
    """For whom the signed-in user stands in today: said on every page."""
    return current_user.standing_in if current_user.is_authenticated else []


@bp.app_template_global()
def stood_for(officer_id: int | None) -> str:
    """The name of an officer in whose place the signed-in user acts; empty for everybody else."""
    return next((row.absent.full_name for row in standing_in() if row.absent_id == officer_id), "")
