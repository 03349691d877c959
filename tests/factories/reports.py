"""Build what a report says, and reports; name only what the test is about. All figures are fictional."""

from datetime import date
from typing import Any

from app.access.models import Role
from app.clock import now, today
from app.db import db
from app.indicators.bundles.models import Publication, PublishedFile
from app.plan.models import ProgressAnswer, ProgressLine, ProgressReport, ProgressVersion
from app.plan.reports.content import Content, Parts, canonical, content_of, hash_of
from app.plan.reports.figures import Cut, Indicator, Line, Source, Value
from app.plan.reports.models import PublishedReport, Report, ReportFile, ReportSource, ReportText
from app.plan.reports.vocabulary import FileForm, ReportKind, Section
from app.plan.vocabulary import AnswerKind, Progress
from tests.factories.indicators import make_snapshot
from tests.factories.people import make_user
from tests.factories.saving import saved

PLAN = "sample-2026"


def words(text: str) -> dict[str, str]:
    return {code: f"{text} ({code})" for code in ("kk", "ru", "en")}


def value(count: int | None, of: int | None) -> Value:
    hidden = count is None or of is None
    return Value(count, of, None if count is None or not of else round(100 * count / of, 1), hidden=hidden)


REGIONS = (("10", "Region A"), ("11", "Region B"), ("15", "Region C"))


def indicator(code: str = "I-04", total: tuple[int | None, int | None] = (120, 200), **given: Any) -> Indicator:
    lines = tuple(
        Line(region, words(name), value(None if place == 1 else 20 + place, 40))
        for place, (region, name) in enumerate(REGIONS)
    )
    plain: dict[str, Any] = {
        "version": 1, "name": words(f"Indicator {code}"), "counted": words("People with a programme"),
        "of": words("People on the register"), "explained": words("Once each"), "source": words("Decree"),
        "measures": (12, 21), "cuts": (Cut("region", words("Region"), lines),),
    }  # fmt: skip
    return Indicator(code=code, total=value(*total), **(plain | given))


def source(period: str = "2026H1", *indicators: Indicator) -> Source:
    return Source(period, 0, "ab" * 32, "2026-07-10", indicators or (indicator(), indicator("I-07", (90, 200))))


def measure(no: int = 1, state: str = "under_way", **given: Any) -> dict[str, Any]:
    plain = {
        "no": no, "text": words("Draw volunteers in"), "form": words("pilot project"), "lead": "MIA", "with": ["NGO"],
        "due": "2026-12-31", "indicators": ["I-04"], "state": {"code": state, "name": words(state)}, "states": [],
        "from": None, "words": [said()], "evidence": [recorded()],
    }  # fmt: skip
    return plain | given


def said(**given: Any) -> dict[str, Any]:
    plain = {
        "period": "2026H1", "body": "MIA", "kk": "Он екі ерікті көмектеседі.", "ru": "Помогают двенадцать волонтёров.",
        "state": {"code": "under_way", "name": words("under way")}, "evidence": ["Order No. 5"],
        "accepted_on": "2026-07-09",
    }  # fmt: skip
    return plain | given


def recorded(**given: Any) -> dict[str, Any]:
    plain = {
        "kind": words("Evidence"), "on": "2026-05-05", "kk": "Бұйрық шықты.", "ru": "Вышел приказ.",
        "document": "Order No. 12", "address": "https://example.org/12",
    }  # fmt: skip
    return plain | given


def text(section: str, kk: str | None = "Қазақша мәтін.", ru: str | None = "Русский текст.") -> dict[str, Any]:
    return {"section": section, "kk": kk, "ru": ru}


def content(**given: Any) -> Content:
    plain: dict[str, Any] = {
        "kind": "half_year", "plan": {"code": "sample", "name": words("A plan"), "issuer": words("The ministry")},
        "period": "2026H1", "half_years": ["2026H1"], "due_on": date(2026, 7, 10),
        "texts": [text(one) for one in ("summary", "measures", "figures", "difficulties", "next")],
        "bodies": {"MIA": words("Ministry of Internal Affairs"), "NGO": words("Associations")},
        "measures": [measure(), measure(2, "done")],
        "lacks": [{"period": "2026H1", "standing": "not_begun", "bodies": ["NGO"]}],
        "sources": [source("2025H2", indicator(total=(100, 200))), source()],
    }  # fmt: skip
    return content_of(Parts(**(plain | given)))


def make_release(period: str = "2026H1") -> Publication:
    """The frozen half-year, given out to everybody; its files are not looked at here."""
    snapshot = make_snapshot(period)
    known = db.session.scalar(db.select(Publication).where(Publication.snapshot_id == snapshot.id))
    given = known or Publication(
        snapshot=snapshot, issue=1, name=period, released_at=now(), released_by_id=make_user(Role.ANALYST).id
    )
    if not given.files:  # somebody gave it out, and nobody has written them
        given.files.append(PublishedFile(path="datapackage.json", content=b"{}", size=2, sha256="0" * 64))
    return saved(given)


def make_accepted(
    body: str = "MVD", period: str = "2026H1", plan: str = PLAN, *, accepted: bool = True, **line: Any
) -> ProgressReport:
    """A body's report on the first measure, accepted by the ministry unless it is still to be answered."""
    by = make_user(Role.MINISTRY)
    told: dict[str, Any] = {
        "measure": 1, "state": Progress.UNDER_WAY, "kk": "Жұмыс жүріп жатыр.", "ru": "Работа идёт.",
        "evidence": "Order No. 5",
    }  # fmt: skip
    version = ProgressVersion(ordinal=1, by_id=by.id, at=now(), lines=[ProgressLine(**(told | line))])
    report = saved(ProgressReport(
        plan=plan, period=period, body=body, begun_by_id=by.id, begun_at=now(), versions=[version],
    ))  # fmt: skip
    if accepted:
        saved(ProgressAnswer(version=version, kind=AnswerKind.ACCEPTED, measures=[], by_id=by.id, at=now()))
    return report


def make_report(kind: ReportKind = ReportKind.HALF_YEAR, period: str = "2026H1", plan: str = PLAN) -> Report:
    known = db.session.scalar(
        db.select(Report).where(Report.kind == kind, Report.period == period, Report.plan == plan)
    )
    by = make_user(Role.ANALYST)
    return known or saved(Report(plan=plan, kind=kind, period=period, begun_by_id=by.id, begun_at=now()))


def make_released_report(period: str = "2026H1") -> Report:
    """With figures in it."""
    make_release(period)
    return make_report(period=period)


def make_text(report: Report, section: Section = Section.SUMMARY, **given: Any) -> ReportText:
    plain = {"version": 1, "kk": "Қысқаша.", "ru": "Коротко.", "by_id": report.begun_by_id, "at": now()}
    return saved(ReportText(report_id=report.id, section=section, **(plain | given)))


def make_published(period: str = "2026H1") -> PublishedReport:
    """The report of a half-year as it was published, without looking at its files."""
    release, report = make_release(period), make_report(period=period)
    by, made = make_user(Role.MINISTRY), content()
    files = [
        ReportFile(form=form, language=language, content=b"to the byte", size=11, sha256="0" * 64)
        for form in FileForm
        for language in ("kk", "ru")
    ]
    revision = len(report.publications)
    return saved(PublishedReport(
        report_id=report.id, revision=revision, number=f"{report.id}-{revision + 1}/{period}", on=today(),
        because_kk="Түзету" if revision else None, because_ru="Уточнение" if revision else None,
        content=canonical(made), sha256=hash_of(canonical(made)), by_id=by.id, at=now(), files=files,
        sources=[ReportSource(snapshot_id=release.snapshot_id)],
    ))  # fmt: skip
