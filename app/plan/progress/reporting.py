"""A body's report on a half-year: begun, written line by line, submitted; the ministry accepts it or gives it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.access.models import User
from app.clients.models import NotPossible
from app.db import db
from app.indicators.periods import HalfYear
from app.plan.models import DraftLine, ProgressAnswer, ProgressLine, ProgressReport, ProgressVersion
from app.plan.plan import Measure, Plan
from app.plan.vocabulary import AnswerKind, Progress, Standing
from app.web.formats import format_date
from app.web.languages import text_in

COPIED = ("measure", "state", "done_on", "kk", "ru", "evidence")


@dataclass(frozen=True, slots=True)
class Given:
    """What is written of one measure."""

    state: Progress | None
    done_on: date | None
    kk: str | None
    ru: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What a body is to report on: the half-year of a plan, and the measures for which it answers then."""

    plan: Plan
    period: HalfYear
    body: str
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Remarks:
    """Why a version, by its number, is given back: in words, and of which measures."""

    seen: int
    words: str
    measures: Collection[int] = ()


def begin(owed: Owed, by: User, today: date, at: datetime) -> ProgressReport:
    """The body's report on the half-year with an empty line for each measure; the one that there is, if there is one.

    Raises NotPossible before the half-year begins, and for a body that owes no report on it.
    """
    plan, period, body = owed.plan, owed.period, owed.body
    statement = select(ProgressReport).where(
        ProgressReport.plan == plan.code, ProgressReport.period == period.code, ProgressReport.body == body
    )
    if known := db.session.scalar(statement):
        return known
    if today < period.start:
        raise NotPossible(
            _("This half-year begins on %(date)s. Begin its report then.", date=format_date(period.start))
        )
    if not owed.measures or body not in {one.code for one in plan.reporters(period)}:
        raise NotPossible(_("This body owes no report on this half-year."))
    report = ProgressReport(plan=plan.code, period=period.code, body=body, begun_by_id=by.id, begun_at=at)
    report.drafts.extend(DraftLine(measure=one.no, by=by, at=at) for one in owed.measures)
    db.session.add(report)
    db.session.flush()
    return report


def hold_report(report: ProgressReport) -> None:
    """Keep everybody else from the report until this is saved, and see it as it is now."""
    db.session.execute(select(ProgressReport.id).where(ProgressReport.id == report.id).with_for_update())
    db.session.refresh(report, ["versions", "drafts"])
    for version in report.versions:
        db.session.refresh(version, ["answer"])
    for line in report.drafts:
        db.session.refresh(line)


def save(report: ProgressReport, line: DraftLine, given: Given, by: User, at: datetime) -> None:
    """Keep what is written of one measure. Raises NotPossible while the report lies before the ministry, and after."""
    must_be_with_the_body(report)
    if Given(line.state, line.done_on, line.kk, line.ru, line.evidence) == given:
        return
    line.state, line.done_on = given.state, given.done_on if given.state == Progress.DONE else None
    line.kk, line.ru, line.evidence = given.kk, given.ru, given.evidence
    line.by, line.at = by, at


def must_be_with_the_body(report: ProgressReport) -> None:
    if report.standing == Standing.SUBMITTED:
        raise NotPossible(_("This report lies before the ministry. It can be mended when the ministry returns it."))
    if report.standing == Standing.ACCEPTED:
        raise NotPossible(_("This report is accepted. What is accepted does not change."))


def is_whole(line: DraftLine) -> bool:
    """Whether a line can be submitted: a state, words in either language, and the day of what is done."""
    says = line.state is not None and bool(line.kk or line.ru)
    return says and (line.state != Progress.DONE or line.done_on is not None)


def submit(report: ProgressReport, period: HalfYear, by: User, today: date, at: datetime) -> ProgressVersion:
    """Hand the report to the ministry as it stands. The caller holds it.

    Raises NotPossible before the half-year is over, while a line lacks something, and while it lies there already.
    """
    must_be_with_the_body(report)
    if not period.is_over(today):
        raise NotPossible(
            _("The half-year is not over. Submit the report from %(date)s on.", date=format_date(period.end))
        )
    lacking = [line.measure for line in report.drafts if not is_whole(line)]
    if lacking:
        numbers = ", ".join(map(str, lacking))
        raise NotPossible(
            ngettext(
                "%(num)d measure is not told yet (%(numbers)s): choose its state and write what was done.",
                "%(num)d measures are not told yet (%(numbers)s): choose their state and write what was done.",
                len(lacking),
                numbers=numbers,
            )
        )
    if report.latest and not is_mended(report):
        raise NotPossible(_("Nothing has changed since the ministry returned this report. Mend it first."))
    version = ProgressVersion(ordinal=len(report.versions) + 1, by=by, at=at)
    version.lines.extend(ProgressLine(**copied(line)) for line in report.drafts)
    report.versions.append(version)
    db.session.flush()
    return version


def copied(line: DraftLine | ProgressLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in COPIED}


def is_mended(report: ProgressReport) -> bool:
    """Whether the draft says anything else than the last version."""
    last = report.latest
    return last is None or [copied(one) for one in report.drafts] != [copied(one) for one in last.lines]


def accept(report: ProgressReport, seen: int, by: User, at: datetime) -> None:
    """Take the version that was read, by its number. Raises NotPossible when it is answered, or is not the last."""
    answer(report, seen, ProgressAnswer(kind=AnswerKind.ACCEPTED, words=None, measures=[], by=by, at=at))


def send_back(report: ProgressReport, remarks: Remarks, by: User, at: datetime) -> None:
    """Give the version that was read back, with words and the measures that they are about. Raises as ``accept``."""
    measures = sorted(remarks.measures)
    given = ProgressAnswer(kind=AnswerKind.RETURNED, words=remarks.words, measures=measures, by=by, at=at)
    answer(report, remarks.seen, given)


def answer(report: ProgressReport, seen: int, given: ProgressAnswer) -> None:
    last = report.latest
    if last is None:
        raise NotPossible(_("This report is not submitted yet."))
    if last.answer is not None:
        said = _("accepted") if last.answer.kind == AnswerKind.ACCEPTED else _("returned")
        raise NotPossible(
            _("%(name)s answered this report before you: it is %(answer)s.", name=last.answer.by.full_name, answer=said)
        )
    if last.ordinal != seen:
        raise NotPossible(_("The body submitted another version since you opened this page. Read it again."))
    last.answer = given
    db.session.flush()


def named(plan: Plan, code: str) -> str:
    """What a body is called; its code, should the plan no longer know it."""
    known = plan.bodies.get(code)
    return text_in(known.short) if known else code
