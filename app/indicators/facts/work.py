"""Work: who is able to work and seeks it, and who has it (I-03)."""

from sqlalchemy import CTE, and_, case, or_, select

from app.clients.models import Circumstances
from app.clients.vocabulary import Employment
from app.indicators.facts.asking import Ask, following, text_of
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
    order = row.from_on, row.id
    noted = (
        select(
            row.client_id, row.employment, row.from_on, row.to_on,
            following(row.from_on, row.client_id, *order).label("next_on"),
        )
        .where(*ask.only(row.client_id))
        .cte("circumstances")
    )  # fmt: skip
    going_on = and_(
        noted.c.client_id == person.c.client_id,
        noted.c.from_on < person.c.until,
        or_(noted.c.to_on.is_(None), noted.c.to_on >= person.c.until),
        or_(noted.c.next_on.is_(None), noted.c.next_on >= person.c.until),
    )
    return (
        select(
            person.c.client_id,
            text_of(noted.c.employment).label("outside"),
            case((noted.c.employment.in_(OUTSIDE), 1), else_=0).label("is_outside"),
            case((noted.c.employment == Employment.UNKNOWN, 0), else_=1).label("is_work_known"),
            case((noted.c.employment.in_(SEEKING), 1), else_=0).label("is_able"),
            case((noted.c.employment.in_(WORKING), 1), else_=0).label("is_working"),
        )
        .join(noted, going_on)
        .cte("employment")
    )


EMPLOYMENT = Flag(
    employment,
    {"is_able": 0, "is_working": 0, "is_outside": 0, "outside": Employment.UNKNOWN.value, "is_work_known": 0},
)
