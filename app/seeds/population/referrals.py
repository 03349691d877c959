"""Referrals for the steps of synthetic programmes, and what came of them. The shares are assumptions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import select

from app.assistance.models import Service
from app.assistance.referrals.vocabulary import DeclineReason, DropReason, Event, Result
from app.clients.working_days import calendar
from app.db import db
from app.seeds.population.people import Life
from app.seeds.population.rows import Rows
from app.supervision.norms import norm

REFERRED = 0.4  # of the steps that a service can deliver
TOLD_BY_PROVIDER = 0.3  # of the events
WHY = "Синтетическая причина: так записано в программе."
SILENT, RECEIVED, DECLINED, NEVER_STARTED, DROPPED = 0.04, 0.05, 0.08, 0.05, 0.12
RESULTS = {
    Result.HELPED: 46, Result.PARTLY_HELPED: 20, Result.CONSULTED_ONLY: 20, Result.NOT_IN_NEED: 6, Result.NOT_HELPED: 8,
}  # fmt: skip
DECLINES = tuple(reason for reason in DeclineReason if reason is not DeclineReason.OTHER)
DROPS = tuple(reason for reason in DropReason if reason is not DropReason.OTHER)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service as people are referred to it: its number, and in how many working days it answers."""

    id: int
    working_days: int | None


def services_by_direction(day: date) -> Mapping[str, Sequence[Offered]]:
    """Every service that is there on the day, whatever its region: what matters is how much there is of each."""
    found: dict[str, list[Offered]] = defaultdict(list)
    for service in db.session.scalars(select(Service).order_by(Service.id)).unique():
        if service.is_valid_on(day):
            found[service.direction].append(Offered(service.id, service.answer_working_days))
    return found


@cache
def answer_by(working_days: int | None, on: date) -> date:
    return calendar().after(on, working_days) if working_days else norm("referral-answer", on).after(on)


@dataclass
class Course:
    """What happens to one referral, step by step, until the story ends."""

    rows: Rows
    life: Life
    referral_id: int
    on: date

    def tell(self, event: Event, days: int, reason: str | None = None, result: Result | None = None) -> None:
        """The next event, so many days after the one before; nothing that would come after the end."""
        self.on += timedelta(days=days)
        if self.on >= self.life.end:
            return
        own = self.life.chance.random() < TOLD_BY_PROVIDER
        self.rows.add(
            "referral_events", referral_id=self.referral_id, kind=event, on=self.on, reason=reason, result=result,
            start_by=start_due(self.on) if event is Event.ACCEPTED else None, by_provider=own,
            by_id=None if own else self.life.officer_id, at=self.life.at(self.on),
        )  # fmt: skip

    def go_on(self) -> None:
        chance = self.life.chance
        fate = chance.random()
        if fate < SILENT:
            return
        self.tell(Event.RECEIVED, chance.randrange(1, 5))
        if fate < SILENT + RECEIVED:
            return
        if fate < SILENT + RECEIVED + DECLINED:
            self.tell(Event.DECLINED, chance.randrange(1, 8), reason=chance.choice(DECLINES))
            return
        self.tell(Event.ACCEPTED, chance.randrange(1, 8))
        if chance.random() >= NEVER_STARTED:
            self.be_helped()

    def be_helped(self) -> None:
        chance = self.life.chance
        self.tell(Event.STARTED, chance.randrange(1, 12))
        for _time in range(chance.randrange(4)):
            self.tell(Event.ATTENDED, chance.randrange(3, 15))
        if chance.random() < DROPPED:
            self.tell(Event.DROPPED, chance.randrange(3, 20), reason=chance.choice(DROPS))
        else:
            result = chance.choices(tuple(RESULTS), tuple(RESULTS.values()))[0]
            self.tell(Event.DONE, chance.randrange(3, 30), result=result)


@cache
def start_due(on: date) -> date:
    return norm("referral-start", on).after(on)


class Referrer:
    """Refers people to services, and tells what the services made of it."""

    def __init__(self, rows: Rows, services: Mapping[str, Sequence[Offered]]) -> None:
        self.rows, self.services = rows, services

    def refer(self, life: Life, need: str, step: str, direction: str, on: date) -> None:
        """Perhaps refer the person on a day, for a step of the programme by its thread."""
        known = self.services.get(direction)
        if not known or on >= life.end or life.chance.random() > REFERRED:
            return
        service = life.chance.choice(known)
        number = self.rows.add(
            "referrals", case_id=life.case_id, number="", service_id=service.id, need_code=need, step_thread=step,
            why=WHY, shares_contact=life.chance.random() < 1 / 2, made_on=on,
            answer_by=answer_by(service.working_days, on), made_at=life.at(on), made_by_id=life.officer_id,
        )  # fmt: skip
        self.rows.correct("referrals", "number", f"R-{on.year}-{number:06}")
        Course(self.rows, life, number, on).go_on()
