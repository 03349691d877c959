"""Orders to freeze a period: one at a time for each, and the second one is told whose the first is."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError

from app.access.models import User
from app.db import db
from app.indicators.freezing import refuse_too_soon
from app.indicators.models import Freezing, Step
from app.indicators.periods import Period
from app.indicators.queries import open_freezing, people_in, snapshot_of
from app.web.formats import format_moment
from app.web.languages import language
from app.web.refusals import NotPossible

FEW_PEOPLE = 100  # fewer are not five in each of the twenty regions: nearly everything about them would be hidden


class TooFew(NotPossible):
    """So few people are on the register that somebody has to say that they are all."""


def order(period: Period, by: User | None, at: datetime, because: str = "", *, even_so: bool = False) -> Freezing:
    """Ask for a period to be frozen, or to be revised for a reason; the caller commits, and has it worked off.

    Raises NotPossible for a period that is not over, and while another order for the
    period is open: then it says whose. Raises TooFew where a register that is nearly empty would be frozen for the
    first time, unless it is to be done ``even_so``: what is hidden then stays hidden when the records have come.
    """
    refuse_too_soon(period, at)
    if not even_so and (warning := warning_of(period)):
        raise TooFew(warning)
    if known := open_freezing(period):
        raise NotPossible(being_frozen(known))
    wanted = Freezing(
        period=period.code,
        because=because.strip() or None,
        asked_by_id=by.id if by else None,
        asked_at=at,
        spoken=language(),
        step=Step.WAITING,
    )
    try:
        with db.session.begin_nested():
            db.session.add(wanted)
    except IntegrityError as clash:  # two at once: both looked, neither saw the other's
        known = open_freezing(period)
        raise NotPossible(being_frozen(known) if known else _("Try again in a moment.")) from clash
    return wanted


def warning_of(period: Period) -> str | None:
    """What is lost by freezing a period that is not frozen yet; nothing where enough people are on the register.

    Nor is there anything to say of a year whose halves have to be frozen first.
    """
    if not all(map(snapshot_of, period.halves())):
        return None
    if snapshot_of(period) or (people := people_in(period)) >= FEW_PEOPLE:
        return None
    if not people:
        return _("Nobody was on the register in %(period)s. What is frozen now hides nearly everything, for good.",
                 period=period)  # fmt: skip
    return ngettext(
        "Only %(num)s person was on the register in %(period)s. Nearly every figure would be hidden, and would stay"
        " hidden for good, also when more records are entered later.",
        "Only %(num)s people were on the register in %(period)s. Nearly every figure would be hidden, and would stay"
        " hidden for good, also when more records are entered later.",
        people,
        period=period,
    )


def being_frozen(known: Freezing) -> str:
    moment = format_moment(known.asked_at)
    if known.asked_by is None:
        return _("%(period)s is being frozen already, since %(moment)s.", period=known.period, moment=moment)
    return _(
        "%(period)s is being frozen already: %(name)s asked for it on %(moment)s.",
        period=known.period,
        name=known.asked_by.full_name,
        moment=moment,
    )
