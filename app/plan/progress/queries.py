"""Progress reports as they stand: all of a half-year, one within reach, and who speaks for which body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.clock import COUNTRY
from app.db import db, one_or_404
from app.indicators.periods import HalfYear
from app.plan.models import BodyMember, BodyMemberEnd, ProgressAnswer, ProgressReport, ProgressVersion
from app.plan.plan import Body, Measure, Plan
from app.plan.standing import days_late
from app.plan.vocabulary import Standing

WHOLE = (
    selectinload(ProgressReport.members),
    selectinload(ProgressReport.versions).options(
        joinedload(ProgressVersion.by),
        joinedload(ProgressVersion.answer).joinedload(ProgressAnswer.by),
    ),
)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A body that owes a report on a half-year, and where the report stands. ``late`` in days."""

    body: Body
    measures: tuple[Measure, ...]
    report: ProgressReport | None
    standing: Standing
    submitted_on: date | None
    late: int


def reports_on(plan: Plan, period: HalfYear, *, with_lines: bool = False) -> dict[str, ProgressReport]:
    """The reports of a half-year by body, with versions and answers (and lines)."""
    statement = select(ProgressReport).where(ProgressReport.plan == plan.code, ProgressReport.period == period.code)
    statement = statement.options(*WHOLE)
    if with_lines:
        statement = statement.options(selectinload(ProgressReport.versions).selectinload(ProgressVersion.lines))
    return {one.body: one for one in db.session.scalars(statement)}


def board(plan: Plan, period: HalfYear, on: date) -> list[BoardRow]:
    """Every body that owes a report on the half-year, in the order of the plan."""
    known = reports_on(plan, period)
    return [row_of(plan, period, body, known.get(body.code), on) for body in plan.reporters(period)]


def row_of(plan: Plan, period: HalfYear, body: Body, report: ProgressReport | None, on: date) -> BoardRow:
    """A report is in time when its first version was: mending what was returned is another matter."""
    first = report.versions[0].at.astimezone(COUNTRY).date() if report and report.versions else None
    standing = report.standing if report else Standing.NOT_BEGUN
    late = days_late(plan, period, first, on)
    return BoardRow(body, plan.reported_in(body.code, period), report, standing, first, late)


def reports_within(actor: User, permission: Permission) -> Select[ProgressReport]:
    """The reports that a permission reaches: all, or those of the body for which the actor speaks."""
    statement = select(ProgressReport)
    match reach(actor, permission):
        case Reach.EVERYWHERE:
            return statement
        case Reach.OWN:
            return statement.where(ProgressReport.body.in_(select(BodyMember.body).where(*speaks(actor))))
        case _:
            return statement.where(ProgressReport.id.is_(None))


def speaks(actor: User) -> tuple[object, ...]:
    ended = select(BodyMemberEnd.member_id).where(BodyMemberEnd.member_id == BodyMember.id)
    return BodyMember.user_id == actor.id, ~ended.exists()


def get_report(actor: User, permission: Permission, report_id: int) -> ProgressReport:
    """One report with its versions, their lines and answers, and its draft."""
    statement = reports_within(actor, permission).where(ProgressReport.id == report_id)
    lines = selectinload(ProgressReport.versions).selectinload(ProgressVersion.lines)
    return one_or_404(statement.options(*WHOLE, lines, selectinload(ProgressReport.drafts)))


def body_of(user: User) -> str | None:
    """The code of the body for which a user speaks today."""
    return db.session.scalar(select(BodyMember.body).where(*speaks(user)))  # type: ignore[arg-type]


def members() -> Sequence[BodyMember]:
    """Everybody who speaks for a body today, with their user."""
    statement = select(BodyMember).where(~BodyMember.end.has()).options(joinedload(BodyMember.user))
    return db.session.scalars(statement.order_by(BodyMember.body, BodyMember.id)).all()
