"""The office-wide list of referrals: what narrows it, its pages, and its export, all from one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import joinedload, lazyload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assistance.models import Referral, Service
from app.assistance.referrals.queries import IN_A_LINE
from app.assistance.referrals.referring import clock_of
from app.assistance.referrals.statements import Accepted, accepted_one, due, is_open, stands, waits
from app.assistance.referrals.vocabulary import Standing
from app.assistance.vocabulary import Direction
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.models import Client
from app.clients.reach import held_within, whose
from app.clock import today
from app.db import db
from app.web.addresses import number_in_query, words_in_query
from app.web.dates import WrongDate, parse_date
from app.web.formats import format_date
from app.web.languages import text_in

PAGE = 25
MOST = 20_000  # lines of an export; more is asked for in parts
NEWEST = (Referral.made_on.desc(), Referral.id.desc())
GONE = select(Deregistration.case_id).where(Deregistration.case_id == Referral.case_id).exists()
WHOSE = joinedload(Referral.case).options(
    joinedload(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic),
    joinedload(Case.assignment).options(joinedload(Assignment.officer), lazyload(Assignment.office)),
    joinedload(Case.deregistration),
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list is narrowed to. ``state`` is a standing, "open" for any that goes on, or empty for all."""

    state: str = "open"
    direction: Direction | None = None
    service_id: int | None = None
    is_silent: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Referral]
    older_url: str | None
    first_url: str | None


@cache
def within(extent: Reach | None) -> Select[Any]:
    """The referrals in the cases within reach."""
    return (
        select(Referral)
        .select_from(Assignment)
        .join(Referral, Referral.case_id == Assignment.case_id)
        .join(Service, Service.id == Referral.service_id)
        .outerjoin(Accepted, accepted_one())
        .where(held_within(extent))
    )


def narrowed(sought: Sought, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.state:
        conditions.append(is_open() if sought.state == "open" else stands(Standing(sought.state)))
    if sought.direction:
        conditions.append(Service.direction == sought.direction)
    if sought.service_id:
        conditions.append(Referral.service_id == sought.service_id)
    if sought.is_silent:
        conditions += [waits(), due() < day, ~GONE]
    if sought.since:
        conditions.append(Referral.made_on >= sought.since)
    if sought.until:
        conditions.append(Referral.made_on <= sought.until)
    return conditions


def found(actor: User, sought: Sought, day: date) -> Select[Any]:
    return within(reach(actor, Permission.VIEW_ASSISTANCE)).where(*narrowed(sought, day))


def page_of(actor: User, sought: Sought, day: date, before: tuple[date, int] | None) -> Page:
    """The newest referrals, or those before the day and the number of one."""
    statement = found(actor, sought, day).order_by(*NEWEST).limit(PAGE + 1).options(WHOSE, *IN_A_LINE)
    if before:
        place: Any = tuple_(Referral.made_on, Referral.id)
        statement = statement.where(place < before)
    rows = db.session.scalars(statement, whose(actor)).unique().all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    older_url = address(sought, before=f"{last.made_on.isoformat()}.{last.id}") if last else None
    return Page(rows[:PAGE], older_url, address(sought) if before else None)


def count(actor: User, sought: Sought, day: date) -> int:
    numbers = found(actor, sought, day).with_only_columns(Referral.id).subquery()
    return db.session.scalar(select(func.count()).select_from(numbers), whose(actor)) or 0


def head() -> list[str]:
    return [
        _("Number"), _("Person"), _("Case"), _("Direction"), _("Service"), _("Organisation"), _("Referred on"),
        _("Answer by"), _("State"), _("Waits for"), _("Until"), _("Ended on"), _("Reason"), _("Outcome"),
        _("Officer"),
    ]  # fmt: skip


def lines(actor: User, sought: Sought, day: date) -> Iterator[list[str]]:
    """The whole list in words, the newest first, for a spreadsheet."""
    statement = found(actor, sought, day).order_by(*NEWEST).limit(MOST).options(WHOSE, *IN_A_LINE)
    for referral in db.session.scalars(statement.execution_options(yield_per=500), whose(actor)):
        yield line_of(referral)


def line_of(referral: Referral) -> list[str]:
    service, end, clock = referral.service, referral.end, clock_of(referral)
    officer = referral.case.assignment.officer
    return [
        referral.number,
        referral.client.full_name,
        referral.case.number,
        str(service.direction.label),
        text_in(service),
        text_in(service.organisation),
        format_date(referral.made_on),
        format_date(referral.answer_by),
        str(referral.standing.label),
        str(clock.about.label) if clock else "",
        format_date(clock.due_on) if clock else "",
        format_date(end.on) if end else "",
        str(end.coded_reason.label) if end and end.coded_reason else "",
        str(referral.result.label) if referral.result else "",
        officer.full_name if officer else "",
    ]


def sought_in_query() -> Sought:
    """What the address asks for; what it cannot mean is left out."""
    state, direction = words_in_query("state") if "state" in request.args else "open", words_in_query("direction")
    return Sought(
        state=state if state in {"", "open", *Standing} else "open",
        direction=Direction(direction) if direction in tuple(Direction) else None,
        service_id=number_in_query("service"),
        is_silent=bool(words_in_query("silent")),
        since=day_in_query("since"),
        until=day_in_query("until"),
    )


def day_in_query(name: str) -> date | None:
    """A day typed any way; None when it is missing or is none."""
    try:
        return parse_date(words_in_query(name), today())
    except WrongDate:
        return None


def address(sought: Sought, endpoint: str = "referrals.index", **more: Any) -> str:
    return url_for(
        endpoint, state=sought.state, direction=sought.direction and sought.direction.value,
        service=sought.service_id, silent=int(sought.is_silent) or None,
        since=sought.since and sought.since.isoformat(), until=sought.until and sought.until.isoformat(), **more,
    )  # fmt: skip


def before_in_query() -> tuple[date, int] | None:
    """Day and number of the last referral on the page before; None, and so the first page, for anything else."""
    day, _dot, number = words_in_query("before").partition(".")
    try:
        return (date.fromisoformat(day), int(number[:9])) if number.isascii() and number.isdecimal() else None
    except ValueError:
        return None


def service_sought(sought: Sought) -> Service | None:
    return db.session.get(Service, sought.service_id) if sought.service_id else None
