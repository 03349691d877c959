"""Referring a person to a service, recording what happened, and noting that the provider was reminded."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.assistance.models import Referral, ReferralEvent, ReferralReminder, Service
from app.assistance.referrals.clocks import Clock, clock
from app.assistance.referrals.course import ENDS, Fact, obstacle
from app.assistance.referrals.vocabulary import REASONS, DeclineReason, DropReason, Event, Means, Obstacle, Result
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.working_days import calendar
from app.clock import COUNTRY
from app.db import db
from app.supervision.norms import norm
from app.web.formats import format_date
from app.web.languages import text_in


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer asks a service for."""

    why: str
    made_on: date
    need_code: str | None = None
    step_thread: str | None = None
    shares_contact: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of a referral: the event, its day, and what it needs to be complete."""

    event: Event
    on: date
    reason: DeclineReason | DropReason | None = None
    result: Result | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """When and how the provider was reminded."""

    how: Means
    on: date
    words: str | None = None


def refer(case: Case, service: Service, asked: Asked, by: User, at: datetime) -> Referral:
    """Refer the person of a case to a service. The caller holds the case.

    Raises NotPossible on a closed case, for a day before the registration or after today, for a service that was not
    there on that day, and while another referral to the same service is open.
    """
    case.must_be_open()
    on = asked.made_on
    if on > day_of(at):
        raise NotPossible(str(Obstacle.IN_THE_FUTURE.label))
    case.must_be_registered_by(on)
    must_be_given(service, on)
    if (open_one := open_referral(case, service)) is not None:
        raise NotPossible(
            _("Referral %(number)s to this service is still open. Record what came of it first.",
              number=open_one.number)
        )  # fmt: skip
    referral = Referral(
        case=case, service=service, number=token_hex(8), why=asked.why, need_code=asked.need_code,
        step_thread=asked.step_thread, shares_contact=asked.shares_contact, made_on=on,
        answer_by=answer_by(service, on), made_by=by, made_at=at,
    )  # fmt: skip
    db.session.add(referral)
    db.session.flush()
    referral.number = f"R-{on.year}-{referral.id:06d}"
    return referral


def must_be_given(service: Service, on: date) -> None:
    """The service and its organisation are there on that day."""
    for one in (service, service.organisation):
        if one.valid_to and one.valid_to <= on:
            raise NotPossible(
                _("“%(service)s” closed on %(date)s. Choose another service.",
                  service=text_in(one), date=format_date(one.valid_to))
            )  # fmt: skip
        if not one.is_valid_on(on):
            raise NotPossible(
                _("“%(service)s” opens on %(date)s. Choose another service, or a later date.",
                  service=text_in(one), date=format_date(one.valid_from))
            )  # fmt: skip


def answer_by(service: Service, made_on: date) -> date:
    """The last day of the service's own term, or of the norm's."""
    if service.answer_working_days:
        return calendar().after(made_on, service.answer_working_days)
    return norm("referral-answer", made_on).after(made_on)


def open_referral(case: Case, service: Service) -> Referral | None:
    ended = Referral.events.any(ReferralEvent.kind.in_(ENDS))
    return db.session.scalars(
        select(Referral).where(Referral.case_id == case.id, Referral.service_id == service.id, ~ended).limit(1)
    ).first()


def record(referral: Referral, told: Told, by: User | None, at: datetime) -> ReferralEvent:
    """Write down what happened; ``by`` is empty when the provider tells it through its own link.

    The caller holds the referral. A case off the register takes what happened before it left. Raises NotPossible when
    the event cannot follow what is known, and when its reason, outcome or words are missing.
    """
    departure = referral.case.deregistration
    if departure and told.on > departure.on:
        raise NotPossible(_("This case is off the register since %(date)s. Only what happened until then is recorded.",
                            date=format_date(departure.on)))  # fmt: skip
    if (found := obstacle(referral.made_on, referral.facts, Fact(told.event, told.on), day_of(at))) is not None:
        raise NotPossible(str(found.label))
    must_be_complete(told)
    accepted = told.event is Event.ACCEPTED
    event = ReferralEvent(
        kind=told.event, on=told.on, reason=told.reason, result=told.result, words=told.words, by=by, at=at,
        by_provider=by is None, start_by=norm("referral-start", told.on).after(told.on) if accepted else None,
    )  # fmt: skip
    referral.events.append(event)
    return event


def must_be_complete(told: Told) -> None:
    """A refusal has its reason, an end its outcome; and what no code says is said in words."""
    if told.event in REASONS and told.reason is None:
        raise NotPossible(_("Choose the reason."))
    if told.event is Event.DONE and told.result is None:
        raise NotPossible(_("Choose what came of it."))
    if told.words is None and told.event is Event.WITHDRAWN:
        raise NotPossible(_("Write why the referral is withdrawn."))
    if told.words is None and "other" in {told.reason, told.result}:
        raise NotPossible(_("“Other” alone says nothing. Write it in words."))


def remind(referral: Referral, told: Reminded, by: User, at: datetime) -> ReferralReminder:
    """Note that the provider was reminded; it is late again after the norm's term.

    Raises NotPossible when nobody waits for the provider, and for a day before the referral or after today.
    """
    running = clock_of(referral)
    if running is None:
        raise NotPossible(_("Nobody waits for this provider now, so there is nothing to remind it of."))
    if told.on > day_of(at):
        raise NotPossible(str(Obstacle.IN_THE_FUTURE.label))
    if told.on < referral.made_on:
        raise NotPossible(str(Obstacle.BEFORE_THE_REFERRAL.label))
    reminder = ReferralReminder(
        about=running.about, how=told.how, on=told.on, words=told.words, by=by, at=at,
        next_on=norm("referral-reminder", told.on).after(told.on),
    )  # fmt: skip
    referral.reminders.append(reminder)
    return reminder


def clock_of(referral: Referral) -> Clock | None:
    """What the referral waits for, and by when; nothing once its case left the register."""
    if not referral.case.is_open:
        return None
    accepted = referral.event(Event.ACCEPTED)
    reminders = [(row.about, row.next_on) for row in referral.reminders]
    return clock(referral.standing, referral.answer_by, accepted.start_by if accepted else None, reminders)


def day_of(at: datetime) -> date:
    """The day of a moment on the clocks of the country."""
    return at.astimezone(COUNTRY).date()


def hold(referral: Referral) -> None:
    """Keep everybody else from this referral until this is saved, and see it as it is now."""
    db.session.execute(select(Referral.id).where(Referral.id == referral.id).with_for_update())
    db.session.refresh(referral, ["events", "reminders"])
