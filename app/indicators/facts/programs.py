"""Programmes: who is covered by one (I-04)."""

from sqlalchemy import CTE, and_, case, func, or_, select

from app.clients.cases import Case
from app.db.days import days_after
from app.indicators.facts.asking import Ask, following
from app.indicators.facts.people import cases_of_people, spans
from app.indicators.facts.shapes import Flag
from app.programs.models import Approval, Closure, Program, Version


def approved(ask: Ask) -> CTE:
    """Each programme and the day before the end of the period on which a version of it was first approved."""
    version = ask.once(versions_in_force)
    return (
        select(Program.id, Program.case_id, func.min(version.c.on).label("on"))
        .join(version, version.c.program_id == Program.id)
        .group_by(Program.id, Program.case_id)
        .cte("approved")
    )


def versions_in_force(ask: Ask) -> CTE:
    """Approved versions, each with the day on which the next one took its place."""
    asked_about = select(Program.id).join(Case, Case.id == Program.case_id).where(*ask.only(Case.client_id))
    return (
        select(
            Version.id,
            Version.program_id,
            Approval.on,
            following(Approval.on, Version.program_id, Version.ordinal).label("next_on"),
        )
        .join(Approval, Approval.version_id == Version.id)
        .where(Approval.on < ask.period.end, *ask.within(Version.program_id, asked_about))
        .cte("versions_in_force")
    )


def covered(ask: Ask) -> CTE:
    """Whether a programme in any of the person's cases is approved and not closed on the reference day.

    In time: the first programme in the cases of that day, or the one that covers, was approved within the term after
    the earliest registration of those cases.
    """
    case_of, span, program = ask.once(cases_of_people), ask.once(spans), ask.once(approved)
    covers = or_(Closure.program_id.is_(None), Closure.on >= case_of.c.until)
    counts = or_(covers, span.c.until == case_of.c.until)
    found = (
        select(
            case_of.c.client_id,
            case_of.c.first_registered_on,
            func.max(case((covers, 1), else_=0)).label("is_covered"),
            func.min(case((counts, program.c.on))).label("first_on"),
        )
        .join(program, and_(program.c.case_id == case_of.c.case_id, program.c.on < case_of.c.until))
        .outerjoin(Closure, Closure.program_id == program.c.id)
        .outerjoin(span, span.c.id == case_of.c.case_id)
        .group_by(case_of.c.client_id, case_of.c.first_registered_on)
        .cte("programmes_of_people")
    )
    latest = days_after(found.c.first_registered_on, ask.term("I-04", "days_to_approval"))
    in_time = case((and_(found.c.is_covered == 1, found.c.first_on <= latest), 1), else_=0)
    return select(found.c.client_id, found.c.is_covered, in_time.label("is_in_time")).cte("covered")


COVERED = Flag(covered, {"is_covered": 0, "is_in_time": 0})
