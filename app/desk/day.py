"""The officer's day and the office's: lines that say why they are there and offer the next act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.access.models import User
from app.access.policy import Permission, allows
from app.assessments.due.falling import Due
from app.assessments.due.standings import dues
from app.assessments.due.wording import why_due
from app.assistance.models import Service
from app.assistance.referrals.queries import services_of
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.models import Client
from app.clients.queries import NAMED
from app.clients.reach import GONE, held_within
from app.db import db
from app.desk.held import Held, office_of
from app.desk.late_programs import explained_program
from app.desk.late_releases import explained_release
from app.desk.late_supervision import Asked, explained_supervision, norms_of_deadlines, noted_as_done
from app.desk.lines import Line, Pile, Press
from app.desk.models import Late
from app.desk.overdue import MOST, Overdue, count_overdue, overdue, told_since
from app.desk.people import people_in
from app.web.languages import text_in


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines say beside the days: whose each case is, and what the norms and the services are."""

    people: Mapping[int, Any]
    told: Mapping[tuple[Late, int], datetime]
    due: Mapping[int, Due | None]
    services: Mapping[int, Service]
    norms: Mapping[int, Asked]


def known_of(lines: list[Overdue], day: date) -> Known:
    """By a fixed number of statements, however many lines there are."""
    return Known(
        people=people_in({item.case_id for item in lines}) if lines else {},
        told=told_since(lines) if lines else {},
        due=dues({item.case_id for item in lines if item.kind in BY_NORMS}, day),
        services=services_of([item.reference_id for item in lines if item.kind in OF_REFERRALS]),
        norms=norms_of_deadlines([item.reference_id for item in lines if item.kind is Late.DEADLINE]),
    )


def late_piles(day: date, held: Held, back: str = "") -> list[Pile]:
    """What is late, by kind: empty kinds are left out. ``back`` is where acts of one press lead to."""
    found = {kind: overdue(kind, day, held) for kind in Late}
    known = known_of([item for items in found.values() for item in items], day)
    return [
        pile_of_kind(
            kind,
            tuple(line_of(item, known, done_today(item, day, back)) for item in items),
            len(items) if len(items) < MOST else count_overdue(kind, day, held),
        )
        for kind, items in found.items()
        if items
    ]


def pile_of_kind(kind: Late, lines: tuple[Line, ...], count: int) -> Pile:
    """Where a page does not show all of them, the caseload does."""
    if count <= len(lines):
        return Pile(str(TITLES[kind]()), lines, count, key=kind.value)
    url = url_for("caseload.index", late=kind.value)
    return Pile(str(TITLES[kind]()), lines, count, key=kind.value, rest=url, rest_label=_("All their cases"))


def done_today(item: Overdue, day: date, back: str) -> tuple[Press, ...]:
    return (noted_as_done(item.reference_id, day, back),) if item.kind is Late.DEADLINE else ()


BY_NORMS = (Late.ASSESSMENT, Late.REASSESSMENT)
OF_REFERRALS = (Late.REFERRAL, Late.REFERRAL_START)
TITLES = {
    Late.ASSESSMENT: lambda: _("First assessment is overdue"),
    Late.REASSESSMENT: lambda: _("Reassessment is overdue"),
    Late.PROGRAM: lambda: _("No programme submitted yet"),
    Late.ANSWER: lambda: _("Submitted programmes without an answer"),
    Late.STEP: lambda: _("Steps past their date"),
    Late.REVIEW: lambda: _("Review of the programme is overdue"),
    Late.REVIEW_AFTER: lambda: _("Programme not reviewed after a new assessment"),
    Late.VISIT: lambda: _("Not reviewed at a visit for too long"),
    Late.REFERRAL: lambda: _("Services that have not answered"),
    Late.REFERRAL_START: lambda: _("Help that has not started"),
    Late.RELEASE_ITEM: lambda: _("Release plans with something late"),
    Late.RELEASE: lambda: _("Releases that nobody noted"),
    Late.FIRST_VISIT: lambda: _("No first visit after a release"),
    Late.APPOINTMENT: lambda: _("Visits of which nothing is noted"),
    Late.DEADLINE: lambda: _("Deadlines that have passed"),
    Late.SILENCE: lambda: _("People whom nobody has reached"),
    Late.INSPECTION: lambda: _("Homes of minors that were not inspected"),
    Late.TIMESHEET: lambda: _("Timesheets of community work that did not come"),
}


def line_of(item: Overdue, known: Known, presses: tuple[Press, ...] = ()) -> Line:
    of = known.people[item.case_id]
    why, act, url = explained(item, of.client_id)
    if item.kind in BY_NORMS and (due := known.due.get(item.case_id)):
        why = why_due(due)
    asked = known.norms.get(item.reference_id) if item.kind is Late.DEADLINE else None
    if item.kind in OF_REFERRALS and (service := known.services.get(item.reference_id)):
        why = _("%(service)s: %(what)s", service=text_in(service), what=why)
    return Line(
        person=f"{of.surname} {of.given_name}",
        person_url=url_for("desk.client", client_id=of.client_id),
        why=asked.what if asked else why,
        words=asked.why if asked else "",
        presses=presses,
        act=act,
        act_url=url,
        due_on=item.due_on,
        officer=of.full_name or "",
        told_at=known.told.get((item.kind, item.reference_id)),
        tone="serious",
    )


def explained_assessment(item: Overdue) -> tuple[str, str, str]:
    url = url_for("assessments.create", case_id=item.case_id)
    if item.kind is Late.ASSESSMENT:
        return _("On the register and not assessed in time"), _("Assess"), url
    return _("The assessment is past the date by which it was to be repeated"), _("Assess again"), url


def explained(item: Overdue, client_id: int) -> tuple[str, str, str]:
    """Why the line is there, the words of the next act, and where it leads."""
    match item.kind:
        case Late.ASSESSMENT | Late.REASSESSMENT:
            return explained_assessment(item)
        case Late.PROGRAM | Late.ANSWER | Late.STEP | Late.REVIEW | Late.REVIEW_AFTER:
            return explained_program(item, client_id)
        case Late.REFERRAL | Late.REFERRAL_START:
            answer, start = _("the referral is not answered"), _("accepted, and the help has not started")
            why = answer if item.kind is Late.REFERRAL else start
            return why, _("Remind or record"), url_for("referrals.show", referral_id=item.reference_id)
        case Late.RELEASE_ITEM | Late.RELEASE | Late.FIRST_VISIT:
            return explained_release(item.kind, item.case_id, item.count)
        case Late.APPOINTMENT | Late.DEADLINE | Late.SILENCE | Late.INSPECTION | Late.TIMESHEET:
            return explained_supervision(item)
        case Late.VISIT:
            why = _("The level is not low, and how things stand now is not known")
            return why, _("Review at a visit"), url_for("assessments.create_review", case_id=item.case_id)


def workload(actor: User) -> Iterable[tuple[str, int]]:
    """Open cases by officer within the actor's office; cases without an officer come first, under an empty name."""
    held = office_of(actor)
    statement = (
        select(func.coalesce(User.full_name, ""), func.count())
        .select_from(Assignment)
        .outerjoin(User, User.id == Assignment.officer_id)
        .where(held_within(held.extent), ~GONE)
        .group_by(User.full_name)
        .order_by(func.coalesce(User.full_name, ""))
    )
    return [(name, count) for name, count in db.session.execute(statement, held.values)]


def officerless(actor: User) -> Select[Case]:
    """Open cases of the office for which nobody answers by name."""
    gone = select(Deregistration.case_id).where(Deregistration.case_id == Case.id)
    return (
        select(Case)
        .join(Assignment, (Assignment.case_id == Case.id) & Assignment.to_at.is_(None))
        .where(Assignment.officer_id.is_(None), Assignment.office_id == actor.office_id, ~gone.exists())
    )


def without_officer(actor: User, most: int = MOST) -> list[Case]:
    """Those that have been in the register for longest, up to a page."""
    statement = officerless(actor).options(*NAMED).order_by(Case.id).limit(most)
    return list(db.session.scalars(statement).unique())


def count_without_officer(actor: User) -> int:
    rows = officerless(actor).with_only_columns(Case.id).subquery()
    return db.session.scalar(select(func.count()).select_from(rows)) or 0


def cases_in_reach(actor: User, client: Client) -> list[Case]:
    """Those of a person's cases whose content the actor may see; of the others only that they exist."""
    return [case for case in client.cases if allows(actor, Permission.VIEW_CLIENT, case)]
