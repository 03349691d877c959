"""Work: who is able to work and seeks it, and who has it (I-03)."""

from sqlalchemy import CTE, and_, case, func, or_, select

from app.clients.models import Circumstances
from app.clients.vocabulary import Employment
from app.indicators.facts.asking import FIRST, Ask, text_of
from app.indicators.facts.people import reference
from app.indicators.facts.shapes import Flag

WORKING = Employment.EMPLOYED, Employment.SELF_EMPLOYED
SEEKING = (*WORKING, Employment.SEEKING)
OUTSIDE = tuple(each for each in Employment if each not in (*SEEKING, Employment.UNKNOWN))


def employment(ask: Ask) -> CTE:
    """What was known of the person's work on the reference day. What begins ends what went on before it.

    Nothing known is a state of its own: it counts as neither able nor working.
    """
    person = ask.once(reference)
    row = Circumstances
    newest = row.from_on.desc(), row.id.desc()
    noted = (
        select(
            row.client_id,
            row.employment,
            or_(row.to_on.is_(None), row.to_on >= person.c.until).label("goes_on"),
            func.row_number().over(partition_by=row.client_id, order_by=newest).label("place"),
        )
        .join(person, and_(person.c.client_id == row.client_id, row.from_on < person.c.until))
        .subquery("circumstances_noted")
    )
    return (
        select(
            noted.c.client_id,
            text_of(noted.c.employment).label("outside"),
            case((noted.c.employment.in_(OUTSIDE), 1), else_=0).label("is_outside"),
            case((noted.c.employment == Employment.UNKNOWN, 0), else_=1).label("is_work_known"),
            case((noted.c.employment.in_(SEEKING), 1), else_=0).label("is_able"),
            case((noted.c.employment.in_(WORKING), 1), else_=0).label("is_working"),
        )
        .where(noted.c.place <= FIRST, noted.c.goes_on)
        .cte("employment")
    )


EMPLOYMENT = Flag(
    employment,
    {"is_able": 0, "is_working": 0, "is_outside": 0, "outside": Employment.UNKNOWN.value, "is_work_known": 0},
)
