"""Progress reports as they stand: all of a half-year, one within reach, and who speaks for which body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import Role, User
from app.access.policy import Permission, Reach, reach
from app.clock import COUNTRY
from app.db import db, one_or_404
from app.indicators.periods import HalfYear
from app.plan.measures.queries import Rows, standings
from app.plan.models import (
    BodyMember,
    BodyMemberEnd,
    DraftLine,
    ProgressAnswer,
    ProgressLine,
    ProgressReport,
    ProgressVersion,
)
from app.plan.plan import Body, Measure, Plan
from app.plan.progress.reporting import Owed
from app.plan.standing import days_late
from app.plan.vocabulary import AnswerKind, Standing

MOST_USERS = 200  # in the list of those who may be named
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

    @property
    def is_awaited_late(self) -> bool:
        """Nothing was submitted, and the last day is over."""
        return self.submitted_on is None and self.late > 0


def reports_on(plan: Plan, period: HalfYear, *, with_lines: bool = False) -> dict[str, ProgressReport]:
    """The reports of a half-year by body, with versions and answers (and lines)."""
    statement = select(ProgressReport).where(ProgressReport.plan == plan.code, ProgressReport.period == period.code)
    statement = statement.options(*WHOLE)
    if with_lines:
        statement = statement.options(selectinload(ProgressReport.versions).selectinload(ProgressVersion.lines))
    return {one.body: one for one in db.session.scalars(statement)}


def owing(plan: Plan, period: HalfYear, rows: Rows | None = None) -> dict[str, tuple[Measure, ...]]:
    """The bodies that owe a report on the half-year and the measures that it speaks of: what was done before is told.

    Done before: before its first day, as the reports on earlier half-years and the ministry's records tell.
    """
    eve = period.start - timedelta(days=1)
    earlier = [one.code for one in plan.periods if one < period]
    done: set[int] = set()
    if earlier:
        done = {no for no, one in standings(plan, eve, earlier[-1], rows).items() if one.done_on and one.done_on <= eve}
    found = {
        body.code: tuple(one for one in plan.reported_in(body.code, period) if one.no not in done)
        for body in plan.reporters(period)
    }
    return {body: measures for body, measures in found.items() if measures}


def board(plan: Plan, period: HalfYear, on: date) -> list[BoardRow]:
    """Every body that owes a report on the half-year, or has begun one, in the order of the plan."""
    known, owed = reports_on(plan, period), owing(plan, period)
    bodies = [code for code in plan.bodies if code in owed or code in known]
    return [row_of(Owed(plan, period, code, owed.get(code, ())), known.get(code), on) for code in bodies]


def row_of(owed: Owed, report: ProgressReport | None, on: date) -> BoardRow:
    """A report is in time when its first version was: mending what was returned is another matter."""
    first = report.versions[0].at.astimezone(COUNTRY).date() if report and report.versions else None
    standing = report.standing if report else Standing.NOT_BEGUN
    body, measures = owed.plan.bodies[owed.body], tuple(owed.measures)
    return BoardRow(body, measures, report, standing, first, days_late(owed.plan, owed.period, first, on))


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


def speaks(actor: User) -> tuple[ColumnElement[bool], ...]:
    ended = select(BodyMemberEnd.member_id).where(BodyMemberEnd.member_id == BodyMember.id)
    return BodyMember.user_id == actor.id, ~ended.exists()


def get_report(actor: User, permission: Permission, progress_id: int, measure_no: int | None = None) -> ProgressReport:
    """One report with its versions, their lines and answers, and its draft; with a measure, only if it speaks of it."""
    statement = reports_within(actor, permission).where(ProgressReport.id == progress_id)
    if measure_no is not None:
        statement = statement.where(ProgressReport.drafts.any(DraftLine.measure == measure_no))
    lines = selectinload(ProgressReport.versions).selectinload(ProgressVersion.lines)
    return one_or_404(statement.options(*WHOLE, lines, selectinload(ProgressReport.drafts)))


def body_of(user: User) -> str | None:
    """The code of the body for which a user speaks today."""
    return db.session.scalar(select(BodyMember.body).where(*speaks(user)))


def members() -> Sequence[BodyMember]:
    """Everybody who speaks for a body today, with their user; who has another role by now does not."""
    statement = select(BodyMember).join(BodyMember.user).where(User.role == Role.BODY, ~BodyMember.end.has())
    statement = statement.options(contains_eager(BodyMember.user))
    return db.session.scalars(statement.order_by(BodyMember.body, BodyMember.id)).all()


def member_with_user(actor: User, permission: Permission, member_id: int) -> BodyMember:
    """Somebody who speaks, or spoke, for a body."""
    statement = select(BodyMember).where(BodyMember.id == member_id).options(joinedload(BodyMember.user))
    return one_or_404(statement)


def users_without_body() -> Sequence[User]:
    """Those who may speak for a body and do for none: they are named in a list, which a country's bodies bound."""
    speaking = select(BodyMember.user_id).where(~BodyMember.end.has())
    statement = select(User).where(User.role == Role.BODY, User.id.not_in(speaking)).order_by(User.full_name, User.id)
    return db.session.scalars(statement.limit(MOST_USERS)).all()


def previous_line(report: ProgressReport, measure: int) -> ProgressLine | None:
    """What the body's accepted report on an earlier half-year said of a measure, the latest of them."""
    statement = (
        select(ProgressLine)
        .join(ProgressLine.version)
        .join(ProgressVersion.report)
        .join(ProgressVersion.answer)
        .where(
            ProgressReport.plan == report.plan,
            ProgressReport.body == report.body,
            ProgressReport.period < report.period,
            ProgressAnswer.kind == AnswerKind.ACCEPTED,
            ProgressLine.measure == measure,
        )
        .options(contains_eager(ProgressLine.version).contains_eager(ProgressVersion.report))
        .order_by(ProgressReport.period.desc())
        .limit(1)
    )
    return db.session.scalar(statement)
