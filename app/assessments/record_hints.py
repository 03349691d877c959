"""What the register itself says beside a question: a reminder for the officer, never an answer and never a score."""

from collections.abc import Callable, Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from app.access.models import User
from app.access.policy import Permission, allows
from app.assessments.models import Assessment
from app.assessments.section import Section
from app.clients.cases import Case
from app.clients.events import CaseEvent
from app.clients.vocabulary import DocumentState, EventKind, Ground, Stage
from app.db import db
from app.web.dates import age_on
from app.web.formats import format_date


def hints(assessment: Assessment, section: Section, by: User, on: date) -> dict[str, str]:
    """By item code: what the record holds of the matter, for the items of the section of which it holds anything."""
    asked = {item.code: HINTS[item.code] for item in section.items if item.code in HINTS}
    found = {code: say(assessment.case, by, on) for code, say in asked.items()}
    return {code: words for code, words in found.items() if words}


def earlier_cases(case: Case) -> list[Case]:
    """The person's cases that were decided before this one, the first first."""
    others = (one for one in case.client.cases if one.id != case.id and one.judged_on < case.judged_on)
    return sorted(others, key=lambda one: (one.judged_on, one.id))


def in_reach(cases: Iterable[Case], by: User) -> list[Case]:
    """Of a case elsewhere only that it exists is known here."""
    return [case for case in cases if allows(by, Permission.VIEW_CLIENT, case)]


def number_of_cases(case: Case, _by: User, _on: date) -> str:
    known = len(earlier_cases(case))
    if not known:
        return _("no earlier case")
    return ngettext("%(num)d earlier case", "%(num)d earlier cases", known)


def age_at_first_case(case: Case, _by: User, _on: date) -> str:
    first = [*earlier_cases(case), case][0]
    age = age_on(case.client.born_on, first.judged_on)
    return ngettext(
        "%(num)d year old at the decision in the first case known here",
        "%(num)d years old at the decision in the first case known here",
        age,
    )


def articles(case: Case, by: User, _on: date) -> str:
    said = [one.articles for one in (*in_reach(earlier_cases(case), by), case)]
    return _("articles %(articles)s", articles="; ".join(dict.fromkeys(said)))


def custody(case: Case, by: User, _on: date) -> str:
    for one in in_reach(earlier_cases(case), by):
        if one.deregistration and one.deregistration.ground is Ground.REPLACED_BY_CUSTODY:
            return _("case %(number)s ended with custody on %(date)s", number=one.number,
                     date=format_date(one.deregistration.on))  # fmt: skip
        if any(row.stage is Stage.PENITENTIARY for row in one.stages):
            return _("case %(number)s came through an institution", number=one.number)
    return ""


def earlier_breaches(case: Case, by: User, _on: date) -> str:
    return breaches(in_reach(earlier_cases(case), by))


def all_breaches(case: Case, by: User, _on: date) -> str:
    return breaches(in_reach((*earlier_cases(case), case), by))


def breaches(cases: list[Case]) -> str:
    """How many breaches and missed appointments are noted in some cases; nothing where none is."""
    if not cases:
        return ""
    kinds = (EventKind.BREACH, EventKind.MISSED_APPOINTMENT, EventKind.NEW_OFFENCE)
    noted = db.session.execute(
        select(CaseEvent.kind, func.count().label("times"))
        .where(CaseEvent.case_id.in_([one.id for one in cases]), CaseEvent.kind.in_(kinds), ~CaseEvent.withdrawal.has())
        .group_by(CaseEvent.kind)
    )
    counts = {row.kind: row.times for row in noted}
    return "; ".join(f"{kind.label}: {counts[kind]}" for kind in kinds if kind in counts)


def documents(case: Case, _by: User, _on: date) -> str:
    lacking = [str(row.kind.label) for row in case.client.documents if row.state is not DocumentState.HELD]
    return _("not held: %(documents)s", documents=", ".join(lacking)) if lacking else ""


def registration(case: Case, _by: User, _on: date) -> str:
    address = case.client.address
    return str(address.registration.label) if address else ""


def occupation(case: Case, _by: User, _on: date) -> str:
    row = case.client.situation
    return _("%(what)s since %(date)s", what=row.employment.label, date=format_date(row.from_on)) if row else ""


# By item: the codes keep their meaning in every instrument of ours.
HINTS: dict[str, Callable[[Case, User, date], str]] = {
    "earlier_convictions": number_of_cases,
    "earlier_judgments": number_of_cases,
    "first_age": age_at_first_case,
    "kinds_of_offence": articles,
    "earlier_custody": custody,
    "earlier_breaches": earlier_breaches,
    "earlier_duties": earlier_breaches,
    "keeping_calls": all_breaches,
    "documents": documents,
    "registration": registration,
    "occupation": occupation,
}
