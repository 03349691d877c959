"""The norms that say by when somebody is assessed, as anybody in the service may read them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.assessments.due.norms import norms
from app.assessments.due.wording import term
from app.assessments.views.blueprint import bp
from app.clock import today


# No loader: a norm speaks of nobody.
@bp.get("/assessment-norms")
@permit(Permission.VIEW_INSTRUMENTS)
def due_norms() -> ResponseReturnValue:
    """Every norm, those in force first, each with its source and whether anybody has checked it."""
    in_force = [norm for norm in norms() if norm.in_force(today())]
    others = [norm for norm in norms() if norm not in in_force]
    return render_template("assessments/norms.html", in_force=in_force, others=others, term=term)
