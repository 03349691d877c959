"""Which reports there are, what people wrote for them, and what was published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload, undefer

from app.db import db
from app.indicators.bundles.models import Publication
from app.indicators.models import Snapshot
from app.plan.reports.models import PublishedReport, Publishing, Report, ReportFile, ReportSource, ReportText
from app.plan.reports.vocabulary import FileForm, ReportKind, Section

MOST_LISTED = 60  # publications on one page: those of ten years
MOST_VERSIONS = 25


def report_at(plan: str, kind: ReportKind, period: str) -> Report | None:
    return db.session.scalar(select(Report).where(Report.plan == plan, Report.kind == kind, Report.period == period))


def reports_of(plan: str) -> Sequence[Report]:
    """All reports of a plan with their publications; a plan bounds them."""
    statement = select(Report).where(Report.plan == plan)
    withdrawal = selectinload(Report.publications).joinedload(PublishedReport.withdrawal)
    return db.session.scalars(statement.options(withdrawal)).unique().all()


def texts_of(report: Report) -> dict[Section, ReportText]:
    """The last version of each part that somebody wrote."""
    latest = (
        select(ReportText.section, func.max(ReportText.version).label("version"))
        .where(ReportText.report_id == report.id)
        .group_by(ReportText.section)
        .subquery()
    )
    statement = (
        select(ReportText)
        .join(latest, (ReportText.section == latest.c.section) & (ReportText.version == latest.c.version))
        .where(ReportText.report_id == report.id)
    )
    return {text.section: text for text in db.session.scalars(statement)}


def text_of(report: Report, section: Section) -> ReportText:
    """The last version of a part; one without words where nobody has written it yet."""
    found = versions_of(report, section, most=1)
    return found[0] if found else ReportText(report_id=report.id, section=section, version=0)


def versions_of(report: Report, section: Section, most: int = MOST_VERSIONS) -> Sequence[ReportText]:
    """The versions of a part, the last one first."""
    statement = (
        select(ReportText)
        .where(ReportText.report_id == report.id, ReportText.section == section)
        .options(joinedload(ReportText.by))
        .order_by(ReportText.version.desc())
        .limit(most)
    )
    return db.session.scalars(statement).all()


def latest_of(report: Report) -> PublishedReport | None:
    """What was published last of a report, withdrawn or not, with its content."""
    statement = (
        select(PublishedReport)
        .where(PublishedReport.report_id == report.id)
        .options(undefer(PublishedReport.content))
        .order_by(PublishedReport.revision.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def published() -> Sequence[PublishedReport]:
    """What was published, the latest first, with the report and its files but not what they hold."""
    statement = (
        select(PublishedReport)
        .options(
            joinedload(PublishedReport.report),
            joinedload(PublishedReport.withdrawal),
            selectinload(PublishedReport.files),
        )
        .order_by(PublishedReport.on.desc(), PublishedReport.id.desc())
        .limit(MOST_LISTED)
    )
    return db.session.scalars(statement).all()


def publication(publication_id: int) -> PublishedReport | None:
    """One publication with all that it says, and with its report."""
    statement = (
        select(PublishedReport)
        .where(PublishedReport.id == publication_id)
        .options(
            undefer(PublishedReport.content),
            joinedload(PublishedReport.report),
            joinedload(PublishedReport.withdrawal),
            selectinload(PublishedReport.files),
        )
    )
    return db.session.scalar(statement)


def file_of(publication_id: int, form: FileForm, language: str) -> ReportFile | None:
    """One file of a publication with its bytes."""
    statement = (
        select(ReportFile)
        .where(ReportFile.publication_id == publication_id, ReportFile.form == form, ReportFile.language == language)
        .options(undefer(ReportFile.content))
    )
    return db.session.scalar(statement)


def successor_of(published: PublishedReport) -> PublishedReport | None:
    """The later revision that took the place of this one, if one did and still holds."""
    statement = (
        select(PublishedReport)
        .where(
            PublishedReport.report_id == published.report_id,
            PublishedReport.revision > published.revision,
            ~PublishedReport.withdrawal.has(),
        )
        .order_by(PublishedReport.revision.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def open_publishing(report: Report) -> Publishing | None:
    """The order to publish the report that is not settled yet."""
    return db.session.scalar(
        select(Publishing).where(Publishing.report_id == report.id, Publishing.settled_at.is_(None))
    )


def last_publishing(report: Report) -> Publishing | None:
    """The latest order to publish the report, whatever became of it."""
    statement = select(Publishing).where(Publishing.report_id == report.id).order_by(Publishing.id.desc()).limit(1)
    return db.session.scalar(statement.options(joinedload(Publishing.asked_by), joinedload(Publishing.publication)))


def reason_kept(report: Report) -> dict[str, str] | None:
    """The reason that was given with an order of which nothing came: it need not be written twice."""
    last = last_publishing(report)
    return last.because if last and last.refusal else None


def figures_withdrawn(publications: Iterable[PublishedReport]) -> Mapping[int, list[str]]:
    """Of each publication, by its number, the periods whose figures are given out no more; none: no entry."""
    statement = (
        select(ReportSource.publication_id, Snapshot.period)
        .join(Snapshot, Snapshot.id == ReportSource.snapshot_id)
        .where(ReportSource.publication_id.in_([one.id for one in publications]), taken_back())
        .order_by(Snapshot.period)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for publication_id, period in db.session.execute(statement):
        found[publication_id].append(period)
    return found


def left_without_figures(plan: str) -> Sequence[PublishedReport]:
    """The publications that hold, though some of their figures are given out no more; a plan bounds them."""
    later = aliased(PublishedReport)
    replaced = (later.report_id == PublishedReport.report_id) & (later.revision > PublishedReport.revision)
    rests_on = select(ReportSource.snapshot_id).join(Snapshot, Snapshot.id == ReportSource.snapshot_id)
    statement = (
        select(PublishedReport)
        .join(PublishedReport.report)
        .where(
            Report.plan == plan,
            ~PublishedReport.withdrawal.has(),
            ~select(later.id).where(replaced, ~later.withdrawal.has()).exists(),
            rests_on.where(ReportSource.publication_id == PublishedReport.id, taken_back()).exists(),
        )
        .options(contains_eager(PublishedReport.report))
        .order_by(PublishedReport.id)
    )
    return db.session.scalars(statement).all()


def taken_back() -> ColumnElement[bool]:
    """That a snapshot is given out no more."""
    stands = Publication.snapshot_id == Snapshot.id, ~Publication.withdrawal.has()
    return ~select(Publication.id).where(*stands).correlate(Snapshot).exists()
