"""What is told and recorded of the measures of a plan, with a fixed number of statements for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, defer, joinedload

from app.db import db
from app.plan.models import MeasureEntry, ProgressAnswer, ProgressLine, ProgressReport, ProgressVersion
from app.plan.plan import Plan
from app.plan.standing import MeasureStanding, Recorded, Told, standing_of
from app.plan.vocabulary import AnswerKind


def entries_of(plan: Plan, measure: int | None = None) -> Sequence[MeasureEntry]:
    """What the ministry recorded, in the order in which it did."""
    statement = select(MeasureEntry).where(MeasureEntry.plan == plan.code).options(joinedload(MeasureEntry.by))
    if measure is not None:
        statement = statement.where(MeasureEntry.measure == measure)
    return db.session.scalars(statement.order_by(MeasureEntry.id)).all()


def lines_of(
    plan: Plan, measure: int | None = None, until: str | None = None, *, brief: bool = False
) -> Sequence[ProgressLine]:
    """The lines of every submitted version, with version, report and answer; the earliest half-year first.

    ``until`` is the code of the last half-year to be read; ``brief`` leaves what people wrote in the database.
    """
    statement = (
        select(ProgressLine)
        .join(ProgressLine.version)
        .join(ProgressVersion.report)
        .outerjoin(ProgressAnswer, ProgressAnswer.version_id == ProgressVersion.id)
        .where(ProgressReport.plan == plan.code)
        .options(
            contains_eager(ProgressLine.version).options(
                contains_eager(ProgressVersion.report),
                contains_eager(ProgressVersion.answer).joinedload(ProgressAnswer.by),
                joinedload(ProgressVersion.by),
            )
        )
        .order_by(ProgressReport.period, ProgressReport.body, ProgressVersion.ordinal, ProgressLine.measure)
    )
    if brief:
        statement = statement.options(
            *(defer(text) for text in (ProgressLine.kk, ProgressLine.ru, ProgressLine.evidence))
        )
    if measure is not None:
        statement = statement.where(ProgressLine.measure == measure)
    if until is not None:
        statement = statement.where(ProgressReport.period <= until)
    return db.session.scalars(statement).all()


def counting(lines: Sequence[ProgressLine]) -> list[ProgressLine]:
    """Of each body and half-year the last version, unless it was returned: an earlier one was replaced."""
    last: dict[tuple[str, str, int], ProgressLine] = {}
    for line in lines:
        last[line.version.report.body, line.version.report.period, line.measure] = line
    return [one for one in last.values() if not is_returned(one)]


def is_returned(line: ProgressLine) -> bool:
    return line.version.answer is not None and line.version.answer.kind == AnswerKind.RETURNED


def is_accepted(line: ProgressLine) -> bool:
    return line.version.answer is not None and line.version.answer.kind == AnswerKind.ACCEPTED


def told_by(line: ProgressLine) -> Told:
    report = line.version.report
    return Told(report.body, report.period, line.state, line.done_on, is_accepted(line))


@dataclass(frozen=True, slots=True)
class Rows:
    """All that is told and recorded of a plan, read once; of the lines where they stand, not what they say."""

    lines: Sequence[ProgressLine]
    entries: Sequence[MeasureEntry]


def rows_of_plan(plan: Plan) -> Rows:
    return Rows(lines_of(plan, brief=True), entries_of(plan))


def standings(plan: Plan, on: date, until: str | None = None, rows: Rows | None = None) -> dict[int, MeasureStanding]:
    """Where each measure stands on a day, by its number. With ``until``, as far as the reports to that half-year tell,
    and what the ministry recorded up to the day. ``rows`` when they are read already.
    """
    rows = rows or rows_of_plan(plan)
    told: dict[int, list[Told]] = defaultdict(list)
    recorded: dict[int, list[Recorded]] = defaultdict(list)
    for line in counting([one for one in rows.lines if until is None or one.version.report.period <= until]):
        told[line.measure].append(told_by(line))
    for entry in rows.entries:
        if entry.on <= on:
            recorded[entry.measure].append(Recorded(entry.kind, entry.on))
    return {one.no: standing_of(one, told[one.no], recorded[one.no], on) for one in plan.measures}
