"""Starting an assessment: which instrument applies to the person now, and when there is none to start."""

from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.assessments import library
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment
from app.assessments.vocabulary import Stage
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.web.dates import age_on


def instrument_for(case: Case, on: date) -> Instrument:
    """The instrument that fits the person's age and the stage of the case. Raises NotPossible when none does."""
    if not case.is_open:
        raise NotPossible(_("This case is off the register. An assessment is made while a case is open."))
    stage, age = case.stage_on(on), age_on(case.client.born_on, on)
    if stage is None:
        raise NotPossible(_("The case has no stage today. Record its stage first."))
    instrument = library.fitting(age, Stage(stage.value), on)
    if instrument:
        return instrument
    youngest = min((one.age_from for one in library.offered(on)), default=0)
    if age < youngest:
        raise NotPossible(
            _("The person is %(age)d. The instruments on offer begin at the age of %(least)d.", age=age, least=youngest)
        )
    raise NotPossible(_("No instrument on offer applies to this stage: %(stage)s.", stage=stage.label))


def start(case: Case, by: User, on: date, at: datetime) -> Assessment:
    """A new assessment under the instrument that fits. Raises NotPossible when none does."""
    instrument = instrument_for(case, on)
    cutoffs = library.cutoffs_in_force(instrument, on)
    return Assessment(
        case=case,
        instrument_code=instrument.code,
        instrument_version=str(instrument.version),
        instrument_digest=instrument.digest,
        cutoffs_version=cutoffs.version if cutoffs else None,
        cutoffs_sex=cutoffs.group_of(case.client.sex) if cutoffs else None,
        cutoffs_digest=cutoffs.digest if cutoffs else None,
        started_at=at,
        started_by=by,
        saved_at=at,
    )
