"""The revisions of a frozen period: when, by whom, why, and which figures moved."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.indicators.queries import revisions_of
from app.indicators.showing import moves_of, words_of
from app.indicators.views.blueprint import bp, period_or_404


@bp.get("/indicators/<period>/revisions")
@permit(Permission.VIEW_INDICATORS)
def revisions(period: str) -> ResponseReturnValue:
    found = revisions_of(period_or_404(period)) or abort(404)
    words = words_of(found[0])
    return render_template(
        "indicators/revisions.html", snapshots=[(each, moves_of(each, words)) for each in found], latest=found[0]
    )
