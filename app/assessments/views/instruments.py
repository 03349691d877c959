"""The instruments as anybody in the service may read them: what is asked, what it counts, and how sure that is."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.guard import permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.instrument import Instrument
from app.assessments.labels import LEVEL_LABELS
from app.assessments.views.blueprint import bp
from app.assessments.vocabulary import Kind, Use
from app.clients.vocabulary import Stage
from app.clock import today

KIND_LABELS: dict[Kind, LazyString] = {
    Kind.STATIC: _l("facts of the past, counted"),
    Kind.DYNAMIC: _l("what can change, counted"),
    Kind.SUPPORT: _l("help that is needed, never counted"),
    Kind.RESPONSIVITY: _l("how to adapt the work, never counted"),
    Kind.ACUTE: _l("what is of concern now, summed by itself"),
    Kind.PROTECTIVE: _l("what helps, summed by itself"),
}
USE_LABELS: dict[Use, LazyString] = {
    Use.ASSESSMENT: _l("assessment"),
    Use.ACUTE: _l("review at a visit"),
    Use.CALCULATION: _l("calculation from facts"),
}


# No loader: an instrument speaks of nobody, so reading it is not a read of anybody's record.
@bp.get("/instruments")
@permit(Permission.VIEW_INSTRUMENTS)
def instruments() -> ResponseReturnValue:
    """Every instrument on the shelf, those in force first."""
    in_force = [one for use in Use for one in library.offered(today(), use=use)]
    others = [one for one in library.shelf().values() if one not in in_force]
    return render_template(
        "assessments/instruments.html", in_force=in_force, others=others, ages_of=ages_of, stages_of=stages_of,
        USE_LABELS=USE_LABELS,
    )  # fmt: skip


@bp.get("/instruments/<instrument_code>/<int:instrument_version>")
@permit(Permission.VIEW_INSTRUMENTS)
def instrument(instrument_code: str, instrument_version: int) -> ResponseReturnValue:
    """One version as a whole."""
    one = library.shelf().get((instrument_code, instrument_version)) or abort(404)
    return render_template(
        "assessments/instrument.html", instrument=one, later=library.cutoffs_of(one), ages_of=ages_of,
        stages_of=stages_of, KIND_LABELS=KIND_LABELS, USE_LABELS=USE_LABELS, LEVEL_LABELS=LEVEL_LABELS,
    )  # fmt: skip


def ages_of(one: Instrument) -> str:
    if one.age_to is None:
        return _("from %(first)d years", first=one.age_from)
    return _("from %(first)d to %(last)d years", first=one.age_from, last=one.age_to)


def stages_of(one: Instrument) -> list[str]:
    return [str(Stage(stage.value).label) for stage in one.stages]
