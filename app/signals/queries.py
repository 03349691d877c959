"""Finding signals, never beyond the actor's reach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import GONE, cases_within, held_within, whose
from app.db import db, one_or_404
from app.signals.models import Acknowledgement, Action, Evidence, Signal, SignalClosure, Snooze
from app.signals.rules import every_version
from app.signals.vocabulary import Severity, Told

PAGE = 25
MOST = 25  # lines of a desk
DAY = bindparam("day", type_=Date)

CLOSED = exists().where(SignalClosure.signal_id == Signal.id)
SEEN = exists().where(Acknowledgement.signal_id == Signal.id)
NEWER = exists().where(Evidence.signal_id == Snooze.signal_id, Evidence.added_at > Snooze.at)
PUT_OFF = exists().where(Snooze.signal_id == Signal.id, Snooze.until_on > DAY, ~NEWER)

# What a line shows of a signal: whose it is, who answers, why, and whether it was seen.
IN_A_LINE = (
    joinedload(Signal.case).options(
        joinedload(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic),
        joinedload(Case.assignment).options(joinedload(Assignment.officer), lazyload(Assignment.office)),
        lazyload(Case.deregistration),
    ),
    joinedload(Signal.acknowledgement),
    joinedload(Signal.closure),
    selectinload(Signal.evidence),
    selectinload(Signal.snoozes),
)


class State(StrEnum):
    """Which signals a list shows."""

    OPEN = auto()
    PUT_OFF = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list is narrowed to."""

    state: State = State.OPEN
    severity: Severity | None = None
    rule: str | None = None
    client_id: int | None = None


def get_signal(actor: User, permission: Permission, signal_id: int) -> Signal:
    """A signal of a case within reach, with all that was said and done about it; otherwise 404."""
    return one_or_404(
        select(Signal)
        .join(Signal.case)
        .where(Signal.id == signal_id, cases_within(actor, permission))
        .options(
            joinedload(Signal.case).options(*AROUND_CASE),
            joinedload(Signal.acknowledgement).joinedload(Acknowledgement.by),
            joinedload(Signal.closure).joinedload(SignalClosure.by),
            selectinload(Signal.evidence),
            selectinload(Signal.actions).joinedload(Action.by),
            selectinload(Signal.snoozes).joinedload(Snooze.by),
        )
    )


def hold(signal: Signal) -> None:
    """Keep everybody else from this signal until the act is saved, and see it as it is now."""
    db.session.execute(select(Signal.id).where(Signal.id == signal.id).with_for_update())
    db.session.refresh(signal, ["evidence", "acknowledgement", "actions", "snoozes", "closure"])


def of_state(extent: Reach | None, state: State) -> Select[Signal]:
    """The signals of a state in the cases within reach; what is put off or closed stands in no other list."""
    states = {
        State.OPEN: and_(~CLOSED, ~PUT_OFF), State.PUT_OFF: and_(~CLOSED, PUT_OFF), State.CLOSED: CLOSED,
    }  # fmt: skip
    return (
        select(Signal)
        .select_from(Assignment)
        .join(Signal, Signal.case_id == Assignment.case_id)
        .where(held_within(extent), states[state])
    )


@cache
def within(extent: Reach | None, state: State) -> Select[Signal]:
    return of_state(extent, state).options(*IN_A_LINE)


def page_of(actor: User, sought: Sought, day: date, before: tuple[int, int] | None = None) -> list[Signal]:
    """A page of signals, the most urgent first and the newest of these; one more when there are others.

    ``before`` are urgency and number of the last one on the page before.
    """
    statement = within(reach(actor, Permission.HANDLE_SIGNAL), sought.state).where(*narrowed(sought))
    if before:
        place: Any = tuple_(Signal.urgency, Signal.id)
        statement = statement.where(place < before)
    statement = statement.order_by(Signal.urgency.desc(), Signal.id.desc()).limit(PAGE + 1)
    return list(db.session.scalars(statement, whose(actor) | {"day": day}).unique())


def narrowed(sought: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.severity:
        conditions.append(Signal.urgency == sought.severity.rank)
    if sought.rule:
        conditions.append(Signal.rule_code == sought.rule)
    if sought.client_id:
        conditions.append(Signal.case_id.in_(select(Case.id).where(Case.client_id == sought.client_id)))
    return conditions


def unseen(extent: Reach | None, besides: frozenset[str] = frozenset()) -> Select[Signal]:
    """Open signals that nobody has acknowledged, without those of some rules."""
    return of_state(extent, State.OPEN).where(~SEEN, ~GONE, Signal.rule_code.not_in(sorted(besides)))


def by_urgency(statement: Select[Signal]) -> Select[Signal]:
    """The most urgent and then the longest waiting first."""
    return statement.order_by(Signal.urgency.desc(), Signal.due_on, Signal.id).limit(MOST).options(*IN_A_LINE)


@cache
def unseen_within(extent: Reach | None, besides: frozenset[str]) -> tuple[Select[Signal], Select[int]]:
    """The lines, and their exact number."""
    statement = unseen(extent, besides)
    count = select(func.count()).select_from(statement.with_only_columns(Signal.id).subquery())
    return by_urgency(statement), count


def unseen_of(actor: User, day: date, besides: frozenset[str] = frozenset()) -> tuple[list[Signal], int]:
    """What nobody has acknowledged in the actor's own cases, and how many that are; not those of some rules."""
    extent, values = Reach.OWN if reach(actor, Permission.HANDLE_SIGNAL) else None, whose(actor) | {"day": day}
    lines, count = unseen_within(extent, besides)
    found = list(db.session.scalars(lines, values).unique())
    return found, len(found) if len(found) < MOST else db.session.scalar(count, values) or 0


@cache
def for_the_head(extent: Reach | None, besides: frozenset[str]) -> Select[Signal]:
    told = {rule.code for rule in every_version() if Told.HEAD in rule.tell}
    return by_urgency(unseen(extent, besides).where(Signal.rule_code.in_(sorted(told)) | (Signal.due_on < DAY)))


def told_to_head(actor: User, day: date, besides: frozenset[str] = frozenset()) -> list[Signal]:
    """Unacknowledged signals of the office of which the head is told: by the rule, or because the time is over."""
    statement = for_the_head(reach(actor, Permission.HANDLE_SIGNAL), besides)
    return list(db.session.scalars(statement, whose(actor) | {"day": day}).unique())


OF_CASES = (
    select(Signal)
    .where(Signal.case_id.in_(bindparam("cases", expanding=True, type_=Integer)), ~CLOSED)
    .order_by(Signal.urgency.desc(), Signal.id.desc())
    .limit(MOST)
    .options(lazyload(Signal.case), joinedload(Signal.acknowledgement), selectinload(Signal.evidence),
             selectinload(Signal.snoozes))
)  # fmt: skip


def open_in(cases: Collection[int]) -> list[Signal]:
    """The open signals of some cases, those put off among them, the most urgent first."""
    return list(db.session.scalars(OF_CASES, {"cases": list(cases)}).unique())
