"""What the programme of assistance holds: by direction of help, the referrals made and the steps planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.assessments.models import Assessment, Completion
from app.assistance.models import Referral, ReferralEvent
from app.assistance.models.referrals import ReferralReminder
from app.assistance.programme.planned import Planned, PlannedStep, planned_in
from app.assistance.referrals.directions import direction_of
from app.assistance.referrals.queries import needs_found, of_cases
from app.assistance.referrals.referring import clock_of
from app.assistance.vocabulary import Direction
from app.clients.cases import Assignment, Case, Deregistration
from app.db import db


@dataclass(frozen=True, slots=True)
class Asked:
    """A referral, and the day by which something is awaited, or on which it ended."""

    referral: Referral
    on: date | None


@dataclass(frozen=True, slots=True)
class Help:
    """One direction of help: whether the assessment found a need of it, what was asked for, what is planned."""

    direction: Direction
    is_need: bool
    asked: tuple[Asked, ...]
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The programme as it stands, and every moment at which anything in it changed."""

    helps: tuple[Help, ...]
    assessed_on: date | None
    changes: tuple[datetime, ...]


def content_of(case: Case) -> Content:
    """The programme of a case. A step for which a referral was made is told by the referral alone."""
    referrals = sorted(of_cases([case]), key=lambda row: (row.made_on, row.id))
    planned = planned_in(case.id)
    needs = needs_found([case])
    found = {direction for need in needs if (direction := direction_of(need.code))}
    completion = needs[0].assessment.completion if needs else None
    return Content(
        helps=helps_of(found, referrals, planned),
        assessed_on=completion.on if completion else None,
        changes=(*moments_of(case), *planned.changes),
    )


def helps_of(found: set[Direction], referrals: Sequence[Referral], planned: Planned) -> tuple[Help, ...]:
    """The directions in their order; those in which nothing is needed, asked for or planned are left out."""
    told = {row.step_thread for row in referrals if row.step_thread}
    helps = [
        Help(
            direction,
            direction in found,
            tuple(Asked(row, awaited_on(row)) for row in referrals if row.service.direction is direction),
            tuple(step for step in planned.steps if step.direction is direction and step.thread not in told),
        )
        for direction in Direction
    ]
    return tuple(one for one in helps if one.is_need or one.asked or one.steps)


def awaited_on(referral: Referral) -> date | None:
    if end := referral.end:
        return end.on
    clock = clock_of(referral)
    return clock.due_on if clock else None


def moments_of(case: Case) -> Sequence[datetime]:
    """When a referral was made, something happened to it, a provider was reminded, an assessment found needs, or the
    case came to somebody or left the register."""
    own = select(Referral.id).where(Referral.case_id == case.id)
    statements = (
        select(Referral.made_at).where(Referral.case_id == case.id),
        select(ReferralEvent.at).where(ReferralEvent.referral_id.in_(own)),
        select(ReferralReminder.at).where(ReferralReminder.referral_id.in_(own)),
        select(Completion.at).join(Assessment).where(Assessment.case_id == case.id),
        select(Assignment.from_at).where(Assignment.case_id == case.id),
        select(Deregistration.at).where(Deregistration.case_id == case.id),
    )
    return [moment for statement in statements for moment in db.session.scalars(statement)]
