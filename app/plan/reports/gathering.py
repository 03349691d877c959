"""A report as it stands: released figures, accepted progress reports, and what people wrote; nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.indicators.models import Snapshot
from app.indicators.periods import NoSuchPeriod, Period
from app.plan.library import plans
from app.plan.measures.queries import entries_of, is_accepted, lines_of
from app.plan.models import MeasureEntry, ProgressLine, ProgressReport, ProgressVersion
from app.plan.plan import Every, Measure, Plan
from app.plan.reports.content import LATE, Content, Parts, content_of
from app.plan.reports.figures import Source
from app.plan.reports.models import Report
from app.plan.reports.owed import Owed, find
from app.plan.reports.queries import texts_of
from app.plan.reports.readiness import hindrances
from app.plan.reports.released import frozen_among, released_among, source_of
from app.plan.reports.vocabulary import ReportKind
from app.plan.reports.wording import in_all_languages
from app.plan.standing import MeasureStanding, Recorded, Told, standing_of
from app.plan.vocabulary import Standing

OVERDUE = _l("overdue")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it would be published on this day, and what stands in its way."""

    report: Report
    plan: Plan
    owed: Owed
    content: Content
    hindrances: list[str]


def draft_of(report: Report, on: date) -> Draft | None:
    """None when the plan's file is not there any more. A fixed number of statements for any length of the plan."""
    plan = plans().get(report.plan)
    owed = find(plan, report.kind, report.period) if plan else None
    if plan is None or owed is None:
        return None
    periods = with_the_one_before(owed.half_years)
    released = released_among(periods)
    parts = Parts(
        kind=report.kind,
        plan={"code": plan.code, "name": plan.name, "act": plan.act, "invented": plan.is_invented,
              "issuer": plan.named(plan.receiver).name, "asked": duty_of(plan, owed)},
        period=report.period,
        half_years=[half.code for half in owed.half_years],
        due_on=owed.due_on,
        texts=written(report),
        bodies={code: plan.named(code).short for code in (*plan.bodies, *plan.groups)},
        measures=measures_of(plan, owed),
        lacks=lacks_of(plan, owed, on),
        sources=[indicators_only(released[half.code]) for half in periods if half.code in released],
    )  # fmt: skip
    frozen = frozen_among(owed.half_years)
    return Draft(report, plan, owed, content_of(parts), hindrances(owed, frozen, released, on))


def duty_of(plan: Plan, owed: Owed) -> Mapping[str, str] | None:
    """What the plan's act asks for with such a report, and to whom it goes."""
    every = {ReportKind.HALF_YEAR: Every.HALF_YEAR, ReportKind.YEAR: Every.YEAR}.get(owed.kind)
    asked = (one for one in plan.obligations if (one.every == every if every else one.due_on))
    return next((one.text for one in asked), None)


def indicators_only(snapshot: Snapshot) -> Source:
    """Without the tables that describe who the people are: they are for the public page and its data."""
    source = source_of(snapshot)
    return replace(source, indicators=tuple(each for each in source.indicators if not each.is_description))


def with_the_one_before(half_years: Sequence[Period]) -> list[Period]:
    """A single half-year is told beside the one before it, where there is one; several stand beside one another."""
    if len(half_years) > 1:
        return list(half_years)
    try:
        return [half_years[0].previous(), *half_years]
    except NoSuchPeriod:
        return list(half_years)


def written(report: Report) -> list[dict[str, Any]]:
    texts = texts_of(report)
    return [
        {"section": section.value, "kk": text.kk if text else None, "ru": text.ru if text else None}
        for section in report.kind.sections
        for text in [texts.get(section)]
    ]


def measures_of(plan: Plan, owed: Owed) -> list[dict[str, Any]]:
    """Each measure with its state on the last day of the period, its evidence, and the words of accepted reports."""
    last, codes = owed.half_years[-1], {half.code for half in owed.half_years}
    lines, entries = defaultdict(list), defaultdict(list)
    for line in lines_of(plan, until=last.code):
        if is_accepted(line):
            lines[line.measure].append(line)
    for entry in entries_of(plan):
        if entry.on < last.end:
            entries[entry.measure].append(entry)
    return [
        {
            "no": one.no,
            "text": one.text,
            "form": one.form,
            "lead": one.lead,
            "with": list(one.partners),
            "from": one.starts_on and one.starts_on.isoformat(),
            "due": one.due_on.isoformat(),
            "indicators": list(one.indicators),
            "state": state_on(one, lines[one.no], entries[one.no], last),
            "states": [
                {"period": half.code, **state_on(one, lines[one.no], entries[one.no], half)} for half in owed.half_years
            ],
            "words": [words_of(line) for line in lines[one.no] if line.version.report.period in codes],
            "evidence": [recorded(entry) for entry in entries[one.no] if entry.on >= owed.half_years[0].start],
        }
        for one in plan.measures
    ]


def state_on(
    measure: Measure, lines: Iterable[ProgressLine], entries: Iterable[MeasureEntry], half: Period
) -> dict[str, Any]:
    """Where the measure stood on the last day of a half-year, as accepted reports on it and the ministry tell."""
    told = [
        Told(line.version.report.body, line.version.report.period, line.state, line.done_on, accepted=True)
        for line in lines
        if line.version.report.period <= half.code
    ]
    entered = [Recorded(entry.kind, entry.on) for entry in entries if entry.on < half.end]
    return named(standing_of(measure, told, entered, half.end - DAY))


def named(standing: MeasureStanding) -> dict[str, Any]:
    if standing.is_late:
        return {"code": LATE, "name": in_all_languages(OVERDUE)}
    return {"code": standing.progress.value, "name": in_all_languages(standing.progress.label)}


def words_of(line: ProgressLine) -> dict[str, Any]:
    version = line.version
    return {
        "period": version.report.period,
        "body": version.report.body,
        "kk": line.kk,
        "ru": line.ru,
        "state": {"code": line.state.value, "name": in_all_languages(line.state.label)},
        "done_on": line.done_on and line.done_on.isoformat(),
        "evidence": (line.evidence or "").splitlines(),
        "accepted_on": version.answer.at.date().isoformat() if version.answer else None,
    }


def recorded(entry: MeasureEntry) -> dict[str, Any]:
    return {
        "kind": in_all_languages(entry.kind.label),
        "on": entry.on.isoformat(),
        "kk": entry.kk,
        "ru": entry.ru,
        "document": entry.document,
        "address": entry.address,
    }


def lacks_of(plan: Plan, owed: Owed, on: date) -> list[dict[str, Any]]:
    """The bodies whose words on a half-year that is over are not there, each half-year and reason once."""
    stands = standings_of_reports(plan, owed.half_years)
    found: dict[tuple[str, Standing], list[str]] = defaultdict(list)
    for half in owed.half_years:
        for body in plan.reporters(half) if half.is_over(on) else ():
            standing = stands.get((half.code, body.code), Standing.NOT_BEGUN)
            if standing != Standing.ACCEPTED:
                found[half.code, standing].append(body.code)
    return [{"period": period, "standing": standing.value, "bodies": bodies}
            for (period, standing), bodies in found.items()]  # fmt: skip


def standings_of_reports(plan: Plan, half_years: Sequence[Period]) -> Mapping[tuple[str, str], Standing]:
    """Where the reports of the bodies stand, by half-year and body."""
    statement = (
        select(ProgressReport)
        .where(ProgressReport.plan == plan.code, ProgressReport.period.in_([half.code for half in half_years]))
        .options(selectinload(ProgressReport.versions).joinedload(ProgressVersion.answer))
    )
    return {(report.period, report.body): report.standing for report in db.session.scalars(statement)}
