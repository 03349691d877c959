"""Opening deadlines, and settling them: each act once, each with its author and moment."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.registration import after_case_edited, after_case_opened
from app.clients.vocabulary import Body, Stage
from app.db import db
from app.supervision.deadlines.models import (
    Deadline,
    DeadlineChange,
    DeadlineChangeAnswer,
    DeadlineMet,
    DeadlineWithdrawal,
)
from app.supervision.deadlines.opening import CaseFacts, due_of, openings
from app.supervision.norms import norm
from app.web.refusals import must_have_come


def open_deadline(case: Case, code: str, since: date, at: datetime, by: User | None = None) -> Deadline:
    """The deadline of a norm that runs from an event of a day: a new one, or the one that is open already.

    ``by`` is empty for the calendar. Raises NotPossible on a closed case.
    """
    case.must_be_open()
    known = db.session.scalar(
        select(Deadline).where(Deadline.case_id == case.id, Deadline.code == code, Deadline.since == since)
    )
    if known:
        return known
    held = norm(code, since)
    deadline = Deadline(
        case_id=case.id, code=code, kind=held.kind, since=since, due_on=due_of(held, since),
        norm_from=held.valid_from, opened_at=at, opened_by_id=by.id if by else None,
    )  # fmt: skip
    db.session.add(deadline)
    db.session.flush()
    return deadline


def open_what_the_norms_ask(case: Case, at: datetime) -> None:
    """The deadlines of a case that comes onto the register, or whose facts are now known. The hook of the room below.

    A code that the case has a deadline of already is left alone: another day of its event is proposed by the clock.
    """
    if not case.is_open:
        return
    known = set(db.session.scalars(select(Deadline.code).where(Deadline.case_id == case.id)))
    for opening in openings(facts_of(case)):
        if opening.norm.code not in known:
            open_deadline(case, opening.norm.code, opening.since, at)


def facts_of(case: Case) -> CaseFacts:
    """What decides the deadlines of a case: nothing is opened by release where the release itself was planned here."""
    stage, on = case.stages[-1].stage, case.registered_on
    came_from_institution = any(row.stage is Stage.PENITENTIARY for row in case.stages)
    is_released = stage is Stage.POST_PENITENTIARY and not came_from_institution
    is_ours = case.body_on(on) is Body.PROBATION
    return CaseFacts(
        basis=case.legal_basis if is_ours else "",
        stage=stage,
        registered_on=on,
        in_force_on=case.in_force_on,
        released_on=case.term_from if is_released else None,
        is_minor=case.client.is_minor_on(on),
    )


def meet(case: Case, name: str, on: date, by: User, at: datetime) -> tuple[DeadlineMet, ...]:
    """Settle the open deadlines of a code or a kind in a case: what was due was done on a day.

    Nothing happens where none is open. Only what had begun by that day is settled.
    """
    open_ones = db.session.scalars(
        select(Deadline).where(
            Deadline.case_id == case.id,
            (Deadline.code == name) | (Deadline.kind == name),
            ~Deadline.met.has(),
            ~Deadline.withdrawal.has(),
        )
    )
    return tuple(settle(deadline, on, by, at) for deadline in open_ones if begins_by(deadline, on))


def begins_by(deadline: Deadline, on: date) -> bool:
    """Whether its event had come by a day; what is counted back from a day to come has always begun."""
    return deadline.now_since <= on or deadline.now_due < deadline.now_since


def settle(deadline: Deadline, on: date, by: User, at: datetime) -> DeadlineMet:
    deadline.met = DeadlineMet(on=on, by_id=by.id, at=at)
    db.session.flush()
    return deadline.met


def note_met(deadline: Deadline, on: date, by: User, today: date, at: datetime) -> DeadlineMet:
    """Note by hand that what was due was done. Raises NotPossible for a wrong day and for what is settled already."""
    must_be_open(deadline)
    must_have_come(on, today)
    if not begins_by(deadline, on):
        raise NotPossible(_("The term had not begun on this day. Check the date."))
    return settle(deadline, on, by, at)


def withdraw(deadline: Deadline, reason: str, by: User, at: datetime) -> None:
    """Say that a deadline does not apply. Raises NotPossible for what is settled already."""
    must_be_open(deadline)
    deadline.withdrawal = DeadlineWithdrawal(reason=reason, by_id=by.id, at=at)


def must_be_open(deadline: Deadline) -> None:
    deadline.case.must_be_open()
    if deadline.is_settled:
        raise NotPossible(_("This deadline is settled already. It can be read, but not changed."))


def answer(
    changes: Iterable[DeadlineChange], accepted: bool, words: str | None, by: User, at: datetime
) -> tuple[list[DeadlineChange], list[tuple[DeadlineChange, str]]]:
    """Accept or decline several proposed days at once: those done, and those left with the reason."""
    done: list[DeadlineChange] = []
    left: list[tuple[DeadlineChange, str]] = []
    for change in changes:
        try:
            must_be_open(change.deadline)
            if change.answer:
                raise NotPossible(_("This was answered already."))
        except NotPossible as reason:
            left.append((change, str(reason)))
            continue
        change.answer = DeadlineChangeAnswer(is_accepted=accepted, words=words, by_id=by.id, at=at)
        done.append(change)
    return done, left


after_case_opened.append(open_what_the_norms_ask)
after_case_edited.append(open_what_the_norms_ask)
