"""Programmes: who is covered by one (I-04)."""

from sqlalchemy import CTE, and_, case, func, or_, select

from app.clients.cases import Case
from app.db.days import days_after
from app.indicators.facts.asking import Ask
from app.indicators.facts.people import reference, spans
from app.indicators.facts.shapes import Flag
from app.programs.models import Approval, Closure, Program, Version


def approved() -> CTE:
    """Each programme and the day on which its first version was approved."""
    return (
        select(Program.id, Program.case_id, func.min(Approval.on).label("on"))
        .join(Version, Version.program_id == Program.id)
        .join(Approval, Approval.version_id == Version.id)
        .group_by(Program.id, Program.case_id)
        .cte("approved")
    )


def covered(ask: Ask) -> CTE:
    """Whether a programme in any of the person's cases is approved and not closed on the reference day.

    In time: the first programme in the cases of that day, or the one that covers, was approved within the term after
    the earliest registration of those cases.
    """
    person, span, program = ask.once(reference), ask.once(spans), approved()
    covers = or_(Closure.program_id.is_(None), Closure.on >= person.c.until)
    counts = or_(covers, span.c.until == person.c.until)
    found = (
        select(
            person.c.client_id,
            person.c.first_registered_on,
            func.max(case((covers, 1), else_=0)).label("is_covered"),
            func.min(case((counts, program.c.on))).label("first_on"),
        )
        .join(Case, Case.client_id == person.c.client_id)
        .join(program, and_(program.c.case_id == Case.id, program.c.on < person.c.until))
        .outerjoin(Closure, Closure.program_id == program.c.id)
        .outerjoin(span, span.c.id == Case.id)
        .group_by(person.c.client_id, person.c.first_registered_on)
        .cte("programmes_of_people")
    )
    latest = days_after(found.c.first_registered_on, ask.term("I-04", "days_to_approval"))
    in_time = case((and_(found.c.is_covered == 1, found.c.first_on <= latest), 1), else_=0)
    return select(found.c.client_id, found.c.is_covered, in_time.label("is_in_time")).cte("covered")


COVERED = Flag(covered, {"is_covered": 0, "is_in_time": 0})
