"""Needs of people, as the assessment completed last found them: the composition of measure 19."""

from typing import Any

from sqlalchemy import CTE, Select, case, func, literal, select

from app.assessments.models import Need
from app.assessments.vocabulary import Domain, Level
from app.indicators.facts.asking import Ask
from app.indicators.facts.assessments import latest
from app.indicators.facts.people import people

# What stands behind a need, by the codes of the instruments; a support need that is not here is another one.
GROUPS = {
    "documents": ("documents", "registration"),
    "housing": ("housing",),
    "health": ("health", "treatment"),
    "money": ("income", "debts"),
}
OTHER = "other"
FOUND = Level.MEDIUM.value, Level.HIGH.value
CELL = ("case_id", "office_id", "region", "stage", "sex", "age", "basis")


def needed(ask: Ask) -> Select[Any]:
    """A line for each person and need; two needs of one group are one."""
    found, person = ask.once(needs_found), ask.once(people)
    cell = [person.c[name] for name in CELL]
    return (
        select(found.c.client_id, *cell, found.c.need, literal(1).label("has_need"))
        .select_from(found)
        .join(person, person.c.client_id == found.c.client_id)
    )


def needs_found(ask: Ask) -> CTE:
    """Which needs the assessment that each person completed last found, in whichever case."""
    found = ask.once(latest)
    # One for each person as it is; that each is there once is said again, or PostgreSQL makes a table of all needs.
    last = (
        select(found.c.assessment_id, func.min(found.c.client_id).label("client_id"))
        .group_by(found.c.assessment_id)
        .subquery("last_assessments")
    )
    grouped = {code: group for group, codes in GROUPS.items() for code in codes}
    domains = {domain.value: domain.value for domain in Domain}
    need = case(
        (Need.is_support, case(grouped, value=Need.code, else_=OTHER)),
        else_=case(domains, value=Need.code, else_=OTHER),
    )
    return (
        select(last.c.client_id, need.label("need"))
        .select_from(last)
        .join(Need, Need.assessment_id == last.c.assessment_id)
        .where(Need.level.in_(FOUND))  # below, the domain was looked at and no need found
        .distinct()
        .cte("needs_found")
    )
