"""The bodies of the invented plan as they reported on it, and what the ministry answered, with the room's own verbs."""

from datetime import date
from typing import Any

from app.access.models import User
from app.access.policy import Permission
from app.db import db
from app.indicators.periods import parse
from app.offices.reading import Entry
from app.plan.library import plans
from app.plan.measures.recording import Shown, record
from app.plan.models import ProgressReport
from app.plan.plan import Plan
from app.plan.progress.queries import owing
from app.plan.progress.reporting import Given, Owed, Remarks, accept, begin, save, send_back, submit
from app.plan.progress.speaking import name_member
from app.plan.vocabulary import EntryKind, Progress
from app.seeds.demo.staff import Staff
from app.seeds.demo.telling import Hours, maybe_text, part, parts, word
from app.seeds.demo.thread import Act
from app.web.languages import speaking


def report_progress(file: Entry, staff: Staff) -> None:
    """All that the file tells of its plan."""
    plan = plans()[file.one_of("plan", tuple(plans()))]
    hours = Hours(1)
    for row in parts(file, "members"):
        name_one(row, plan, staff, hours)
    for row in parts(file, "reports"):
        user = staff.users[row.one_of("user", tuple(staff.users))]
        with speaking(user.language):
            tell_report(row, plan, user, staff, hours)
    for row in parts(file, "entries"):
        record_one(row, plan, staff, hours)


def name_one(entry: Entry, plan: Plan, staff: Staff, hours: Hours) -> None:
    user, at = staff.users[entry.one_of("user", tuple(staff.users))], hours.on(entry.day("since"))
    ministry = staff.users["ministry"]
    member = name_member(user, entry.one_of("body", tuple(plan.bodies)), maybe_text(entry, "email"), ministry, at)
    staff.acts.append(Act(ministry, "progress.create_member", Permission.MANAGE_PLAN, member).entry(None, at))


def tell_report(entry: Entry, plan: Plan, user: User, staff: Staff, hours: Hours) -> None:
    period, body, day = parse(entry.text("period")), entry.one_of("body", tuple(plan.bodies)), entry.day("begun")
    at = hours.on(day)
    report = begin(Owed(plan, period, body, owing(plan, period)[body]), user, day, at)
    keep(staff, user, "progress.create", report, hours)
    for row in parts(entry, "submissions"):
        day = row.day("day")
        write(row, "lines", report, user, hours.on(day))
        submit(report, period, user, day, hours.on(day))
        keep(staff, user, "progress.submit", report, hours)
        if told := part(row, "answer"):
            answer(told, report, staff, hours)
    write(entry, "draft", report, user, hours.on(day))


def write(entry: Entry, key: str, report: ProgressReport, user: User, at: Any) -> None:
    drafts = {line.measure: line for line in report.drafts}
    for row in parts(entry, key):
        done_on: date | None = row.day_or_none("done_on")
        given = Given(
            word(row, "state", Progress), done_on, maybe_text(row, "kk"), maybe_text(row, "ru"),
            maybe_text(row, "evidence"),
        )  # fmt: skip
        save(report, drafts[row.take("measure", int, 0)], given, user, at)
    db.session.flush()


def answer(entry: Entry, report: ProgressReport, staff: Staff, hours: Hours) -> None:
    by, at = staff.users[entry.one_of("by", tuple(staff.users))], hours.on(entry.day("day"))
    seen = len(report.versions)
    if "words" in entry.rest:
        numbers = [int(one) for one in entry.take("measures", list, [])]
        send_back(report, Remarks(seen, entry.text("words"), numbers), by, at)
        staff.acts.append(Act(by, "progress.create_return", Permission.ANSWER_PROGRESS, report).entry(None, at))
    else:
        accept(report, seen, by, at)
        staff.acts.append(Act(by, "progress.create_acceptance", Permission.ANSWER_PROGRESS, report).entry(None, at))
    entry.end()


def record_one(entry: Entry, plan: Plan, staff: Staff, hours: Hours) -> None:
    by, at = staff.users[entry.one_of("by", tuple(staff.users))], hours.on(entry.day("day"))
    measure = plan.measure(entry.take("measure", int, 0))
    shown = Shown(
        word(entry, "kind", EntryKind), entry.day("on"), maybe_text(entry, "kk"), maybe_text(entry, "ru"),
        maybe_text(entry, "document"), maybe_text(entry, "address"),
    )  # fmt: skip
    if measure:
        kept = record(plan, measure, shown, by, at)
        staff.acts.append(Act(by, "plan.create_entry", Permission.MANAGE_PLAN, kept).entry(None, at))


def keep(staff: Staff, user: User, what: str, report: ProgressReport, hours: Hours) -> None:
    staff.acts.append(Act(user, what, Permission.REPORT_PROGRESS, report).entry(None, hours.now))
