"""Which cases are without a review at a visit that speaks of the present, as conditions in statements."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from app.assessments import library
from app.assessments.acute.reviews import STANDS
from app.assessments.due.statements import at_stages, fits
from app.assessments.instrument import Instrument
from app.assessments.models import AcuteReview, Completion
from app.assessments.queries import final_level_of
from app.assessments.vocabulary import Level, Stage, Use
from app.clients.cases import Case
from app.db import days

# A practice setting, not law: people in the community whose level is not low are reviewed at visits (rnr.md 5.3).
LEVELS = (Level.MEDIUM, Level.HIGH)
IN_THE_COMMUNITY = frozenset(Stage) - {Stage.PENITENTIARY}


def review_due(day: date) -> ColumnElement[Any]:
    """For statements with Case, Client and the latest Completion: the last day for which anything is known.

    It is counted from the last review that stands, or from the assessment where there is none.
    """
    last = select(func.max(AcuteReview.on)).where(AcuteReview.case_id == Case.id, STANDS).correlate(Case)
    since = func.coalesce(last.scalar_subquery(), Completion.on)
    cells = [(fits(form, day), days.days_after(since, form.valid_days)) for form in forms(day)]
    return case(*cells) if cells else days.days_after(None, 0)


def review_is_late(day: date) -> ColumnElement[bool]:
    """For the same statements, with Assessment: the person should be reviewed, and what is known is too old."""
    recent = select(AcuteReview.id).where(AcuteReview.case_id == Case.id, STANDS)
    too_old = (
        and_(
            fits(form, day),
            Completion.on < day - timedelta(days=form.valid_days),
            ~recent.where(AcuteReview.on >= day - timedelta(days=form.valid_days)).correlate(Case).exists(),
        )
        for form in forms(day)
    )
    return and_(
        final_level_of().in_([level.value for level in LEVELS]),
        at_stages(IN_THE_COMMUNITY, day),
        or_(false(), *too_old),
    )


def forms(day: date) -> tuple[Instrument, ...]:
    return library.offered(day, use=Use.ACUTE)
