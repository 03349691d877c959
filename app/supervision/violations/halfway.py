"""Conditional sentences of which half is served without violations: early cancellation may be put to the court."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Select, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from app.access.policy import Reach
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.reach import held_within
from app.db import db
from app.supervision.norms import Facts, Fraction, NoNorm, norm
from app.supervision.searches.models import Search, SearchEnd
from app.supervision.searches.suspension import suspensions_of
from app.supervision.violations.catalogue import When, answering
from app.supervision.violations.models import (
    Answer,
    AnswerWithdrawal,
    Dismissal,
    Excuse,
    Violation,
    ViolationWithdrawal,
)
from app.supervision.violations.proposing import REPEAT, half_on
from app.supervision.violations.situation import Situation

RULE = next(rule for rule in answering().rules if rule.when is When.HALF)
DAY, CLEAN_SINCE = bindparam("day", type_=Date), bindparam("clean_since", type_=Date)


@lru_cache(maxsize=5)
def candidates(extent: Reach | None) -> Select[int, str, date, date | None]:
    """Open cases within reach to which nothing stands in the way: what is left to ask is how much was served."""
    answer, search = aliased(Answer), aliased(Search)
    return (
        select(Case.id, Case.legal_basis, Case.term_from, Case.term_to)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(
            held_within(extent),
            Case.legal_basis.in_(RULE.bases),
            Case.term_to.is_not(None),
            ~exists().where(Deregistration.case_id == Case.id),
            ~exists().where(
                answer.case_id == Case.id,
                answer.measure == RULE.measure,
                ~exists().where(AnswerWithdrawal.answer_id == answer.id),
            ),
            ~exists().where(search.case_id == Case.id, ~exists().where(SearchEnd.search_id == search.id)),
            ~exists().where(
                Violation.case_id == Case.id,
                Violation.on >= CLEAN_SINCE,
                ~exists().where(ViolationWithdrawal.violation_id == Violation.id),
                ~exists().where(Excuse.violation_id == Violation.id),
            ),
            ~exists().where(
                Dismissal.case_id == Case.id,
                Dismissal.rule == RULE.code,
                or_(Dismissal.again_on.is_(None), Dismissal.again_on > DAY),
            ),
        )
        .order_by(Case.id)
    )


def half_served(extent: Reach | None, values: Mapping[str, Any], day: date) -> dict[int, date]:
    """The cases within reach for which ``early-half`` is proposed on a day, with the day on which half was reached.

    For the reach of one officer: it looks at each of the officer's conditional sentences.
    """
    try:
        clean = norm(REPEAT, day).term.before(day)
        rows = db.session.execute(candidates(extent), dict(values) | {"day": day, "clean_since": clean}).all()
    except NoNorm:
        return {}
    suspended = suspensions_of([row.id for row in rows])
    found = {}
    for number, basis, start, end in rows:
        facts = Facts(basis)
        part = norm(RULE.limit, day, facts).value
        term = (start, end) if end else None
        case = Situation(facts=facts, term=term, suspended=suspended.get(number, ()))
        reached = half_on(part, case) if isinstance(part, Fraction) else None
        if reached and reached <= day:
            found[number] = reached
    return found
