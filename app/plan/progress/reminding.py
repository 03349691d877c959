"""Reminding those who speak for a body, by e-mail, of a report that is not submitted: each notice at most once.

Whoever calls commits after ``begin`` and after ``finish``: what breaks between the two is never repeated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access.accounts import suspended
from app.access.models import Role, User
from app.clock import COUNTRY
from app.db import db
from app.indicators.periods import HalfYear
from app.indicators.wording import half_year
from app.plan.library import plans
from app.plan.models import BodyMember, ProgressReminder, ProgressReminderResult
from app.plan.plan import Plan
from app.plan.progress.queries import board
from app.plan.vocabulary import Notice
from app.supervision.messages.gateways.promise import Answer, Gateway, Parcel
from app.supervision.messages.vocabulary import Channel, Result
from app.web.formats import format_date
from app.web.languages import speaking, text_in

# Days before the last one from which a notice goes out, and after it until which one does.
SOON, LAST_DAYS, LATE = timedelta(days=14), timedelta(days=3), timedelta(days=14)
REFERENCE_BYTES = 16
GatewayOf = Callable[[Channel], Gateway]


@dataclass(frozen=True, slots=True)
class Due:
    """A report that somebody is to be reminded of."""

    plan: Plan
    period: HalfYear
    member: BodyMember
    notice: Notice


def notice_on(due_on: date, on: date) -> Notice | None:
    """Which notice goes out on a day, for a report with this last day."""
    if due_on - SOON <= on < due_on - LAST_DAYS:
        return Notice.SOON
    if due_on - LAST_DAYS <= on <= due_on:
        return Notice.LAST_DAYS
    return Notice.LATE if due_on < on <= due_on + LATE else None


def waiting(at: datetime) -> list[Due]:
    """Who is to be reminded now: of bodies whose report is not in, those with an address, without the same notice."""
    on, found = at.astimezone(COUNTRY).date(), []
    for plan in plans().values():
        for period in plan.periods:
            notice = notice_on(plan.due_on(period), on)
            if notice and period.is_over(on):
                found += [Due(plan, period, member, notice) for member in to_remind(plan, period, notice, on)]
    return found


def to_remind(plan: Plan, period: HalfYear, notice: Notice, on: date) -> list[BodyMember]:
    silent = {row.body.code for row in board(plan, period, on) if row.submitted_on is None}
    told = select(ProgressReminder.member_id).where(
        ProgressReminder.plan == plan.code, ProgressReminder.period == period.code, ProgressReminder.notice == notice
    )
    statement = (
        select(BodyMember)
        .join(BodyMember.user)
        .where(BodyMember.body.in_(silent), BodyMember.email.is_not(None), ~BodyMember.end.has())
        .where(BodyMember.id.not_in(told), User.role == Role.BODY, ~suspended())
        .options(contains_eager(BodyMember.user))
        .order_by(BodyMember.id)
    )
    return list(db.session.scalars(statement))


def begin(due: Due, gateway_of: GatewayOf, at: datetime) -> ProgressReminder:
    """The reminder, to be saved before it is sent; the database takes one of each."""
    reminder = ProgressReminder(
        member_id=due.member.id, plan=due.plan.code, period=due.period.code, notice=due.notice,
        gateway=gateway_of(Channel.EMAIL).name, reference=token_hex(REFERENCE_BYTES), at=at,
    )  # fmt: skip
    db.session.add(reminder)
    return reminder


def parcel_of(due: Due, reminder: ProgressReminder) -> Parcel:
    """The letter, in the language of whom it goes to. It names the body and the plan, and nobody else."""
    with speaking(due.member.user.language):
        named = {
            "body": text_in(due.plan.named(due.member.body).name),
            "period": half_year(due.period),
            "plan": text_in(due.plan.short),
            "date": format_date(due.plan.due_on(due.period)),
        }
        if due.notice == Notice.LATE:
            text = _("%(plan)s. %(period)s: the report of %(body)s was due on %(date)s and has not come in.", **named)
        else:
            text = _("%(plan)s. %(period)s: the report of %(body)s is due on %(date)s.", **named)
        subject = _("Report on the plan of measures")
    return Parcel(reminder.reference, Channel.EMAIL, due.member.email or "", subject, text)


def finish(reminder: ProgressReminder, answer: Answer, at: datetime) -> None:
    why = answer.why.value if answer.why else None
    reminder.result = ProgressReminderResult(taken=answer.kind == Result.TAKEN, why=why, at=at)
