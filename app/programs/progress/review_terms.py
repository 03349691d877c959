"""Which programmes are to be reviewed, by when and why: on the day that was set, or because of a new assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.models import Assessment, Completion
from app.clients.cases import Assignment
from app.clients.reach import GONE, held_within, whose
from app.db import db
from app.programs.decisions.terms import DAY, REVIEW_AFTER_ASSESSMENT, last_overdue, term
from app.programs.models import Approval, Program, Review, Version
from app.programs.waiting import MOST, NAMED_PROGRAM, in_force
from app.supervision.norms.wording import length_in_words
from app.web.formats import format_date


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A version in force that is to be reviewed; ``assessed_on`` is the day of the new assessment that asks for it."""

    version: Version
    due_on: date
    assessed_on: date | None = None

    @property
    def why(self) -> str:
        if self.assessed_on is None:
            return _("The programme is to be reviewed: on the day set in it or at its last review")
        found = term(REVIEW_AFTER_ASSESSMENT, self.assessed_on).norm
        return _(
            "The programme is to be reviewed: a new assessment on %(date)s, term: %(length)s",
            date=format_date(self.assessed_on),
            length=length_in_words(found),
        )


def review_due(version: Version, planned: date, assessed_on: date | None) -> ReviewDue:
    """The earlier of the day that was set and the term that a new assessment began."""
    if assessed_on and (by_norm := term(REVIEW_AFTER_ASSESSMENT, assessed_on).due_on) < planned:
        return ReviewDue(version, by_norm, assessed_on)
    return ReviewDue(version, planned)


def planned_review() -> ColumnElement[Any]:
    """For statements with Version: the day that the latest review set, or the version itself."""
    latest = (
        select(Review.next_review_on)
        .where(Review.version_id == Version.id, Review.next_review_on.is_not(None))
        .order_by(Review.id.desc())
        .limit(1)
        .correlate(Version)
        .scalar_subquery()
    )
    return func.coalesce(latest, Version.review_on, type_=Date)


def assessed_since() -> ColumnElement[Any]:
    """For statements with Program and Version: the day of the first assessment that nobody has reviewed it after.

    Empty where there is none. The version may rest on an assessment that was completed after its approval's moment
    only if it is that very one.
    """
    reviewed = select(func.max(Review.at)).where(Review.version_id == Version.id).correlate(Version).scalar_subquery()
    approved = select(Approval.at).where(Approval.version_id == Version.id).correlate(Version).scalar_subquery()
    return (
        select(func.min(Completion.on))
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .where(
            Assessment.case_id == Program.case_id,
            Assessment.id != Version.assessment_id,
            Completion.at > func.coalesce(reviewed, approved),
        )
        .correlate(Program, Version)
        .scalar_subquery()
    )


@cache
def reviews_within(extent: Reach | None) -> Select[Any]:
    planned, assessed_on = planned_review(), assessed_since()
    return (
        select(Version, planned, assessed_on)
        .select_from(Assignment)
        .join(Program, Program.case_id == Assignment.case_id)
        .join(Version, Version.program_id == Program.id)
        .where(
            held_within(extent),
            in_force(),
            ~Program.closure.has(),
            ~GONE,
            or_(
                planned.between(bindparam("since"), bindparam("until")),
                and_(assessed_on > bindparam("after"), assessed_on <= bindparam("before")),
            ),
        )
        .order_by(planned, Version.id)
        .limit(bindparam("most"))
        .options(selectinload(Version.program).options(*NAMED_PROGRAM))
    )


def reviews_due(actor: User, until: date, since: date = date.min, most: int = MOST) -> Sequence[ReviewDue]:
    """Versions in force that are to be reviewed between two days (inclusive), the earliest first, each with its reason.

    What a new assessment has made late already is not told again for its later, planned day.
    """
    values = {
        "since": since,
        "until": until,
        "after": last_overdue(REVIEW_AFTER_ASSESSMENT, since) if since > date.min else date.min,
        "before": last_overdue(REVIEW_AFTER_ASSESSMENT, until + DAY),
        "most": most,
    }
    rows = db.session.execute(reviews_within(reach(actor, Permission.VIEW_PROGRAM)), whose(actor) | values)
    found = [review_due(*row) for row in rows]
    return sorted((one for one in found if since <= one.due_on <= until), key=lambda one: one.due_on)
