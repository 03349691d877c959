"""Violations and what followed (I-13): events of the period, in the cell in which the person counts.

One person, one cell, for all that is counted of them: so a group's events are those of its own people, a list behind
a figure lies with the office that holds the case, and where nobody is counted nothing happened.
"""

from typing import Any

from sqlalchemy import CTE, Select, case, literal, select, union_all

from app.clients.cases import Deregistration
from app.clients.vocabulary import Ground
from app.indicators.facts.asking import Ask
from app.indicators.facts.people import people, spans
from app.indicators.facts.shapes import Flag
from app.supervision.violations.catalogue import answering
from app.supervision.violations.models import (
    Answer,
    AnswerSignature,
    AnswerWithdrawal,
    Excuse,
    Violation,
    ViolationWithdrawal,
)
from app.supervision.violations.vocabulary import AnswerKind

VIOLATIONS, WARNINGS, REPRESENTATIONS = "violations", "warnings", "representations"
CELL = ("office_id", "region", "stage", "sex", "age", "basis")


def happened(ask: Ask) -> CTE:
    """Each violation that stands, and each warning and representation that was signed and not taken back.

    A violation counts on its own day, an answer on the day of its signature, while its case is on the register. What
    was withdrawn or excused is no violation, and a representation that speaks well of the person answers none.
    """
    return union_all(violations(ask), answers(ask)).cte("happened")


def violations(ask: Ask) -> Select[Any]:
    span, period = ask.once(spans), ask.period
    return (
        select(
            span.c.client_id, span.c.id.label("case_id"), literal(1).label(VIOLATIONS), literal(0).label(WARNINGS),
            literal(0).label(REPRESENTATIONS),
        )
        .select_from(span)
        .join(Violation, Violation.case_id == span.c.id)
        .outerjoin(ViolationWithdrawal, ViolationWithdrawal.violation_id == Violation.id)
        .outerjoin(Excuse, Excuse.violation_id == Violation.id)
        .where(ViolationWithdrawal.violation_id.is_(None), Excuse.violation_id.is_(None))
        .where(Violation.on >= period.start, Violation.on >= span.c.registered_on, Violation.on < span.c.until)
    )  # fmt: skip


def answers(ask: Ask) -> Select[Any]:
    span, period = ask.once(spans), ask.period
    rewards = [measure.code for measure in answering().measures.values() if measure.is_reward]
    return (
        select(
            span.c.client_id, span.c.id.label("case_id"), literal(0).label(VIOLATIONS),
            case((Answer.kind == AnswerKind.WARNING, 1), else_=0).label(WARNINGS),
            case((Answer.kind == AnswerKind.REPRESENTATION, 1), else_=0).label(REPRESENTATIONS),
        )
        .select_from(span)
        .join(Answer, Answer.case_id == span.c.id)
        .join(AnswerSignature, AnswerSignature.answer_id == Answer.id)
        .outerjoin(AnswerWithdrawal, AnswerWithdrawal.answer_id == Answer.id)
        .where(AnswerWithdrawal.answer_id.is_(None), Answer.measure.not_in(rewards))
        .where(Answer.kind.in_((AnswerKind.WARNING, AnswerKind.REPRESENTATION)))
        .where(AnswerSignature.on >= period.start)
        .where(AnswerSignature.on >= span.c.registered_on, AnswerSignature.on < span.c.until)
    )  # fmt: skip


def control(ask: Ask) -> Select[Any]:
    """A line for each event, in the person's cell."""
    event, person = ask.once(happened), ask.once(people)
    cell = [person.c[name] for name in CELL]
    kinds = [event.c[name] for name in (VIOLATIONS, WARNINGS, REPRESENTATIONS)]
    return (
        select(event.c.client_id, event.c.case_id, *cell, *kinds)
        .select_from(event)
        .join(person, person.c.client_id == event.c.client_id)
    )


def in_custody(ask: Ask) -> CTE:
    """Whose sentence the court replaced by custody: counted on the last day of the case on the register."""
    span, period = ask.once(spans), ask.period
    return (
        select(span.c.client_id, literal(1).label("is_in_custody"))
        .select_from(span)
        .join(Deregistration, Deregistration.case_id == span.c.id)
        .where(Deregistration.ground == Ground.REPLACED_BY_CUSTODY)
        .where(Deregistration.on > period.start, Deregistration.on <= period.end)
        .distinct()
        .cte("in_custody")
    )


IN_CUSTODY = Flag(in_custody, {"is_in_custody": 0})
