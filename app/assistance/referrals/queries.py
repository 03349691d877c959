"""Finding referrals, never beyond the actor's reach, and the services that a person can be referred to."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assessments.models import Assessment, Completion, Need
from app.assistance.catalogue.queries import given_on, in_order
from app.assistance.models import Referral, ReferralEvent, ReferralReminder, Service
from app.assistance.referrals.statements import is_open
from app.assistance.referrals.vocabulary import Event, Result
from app.assistance.vocabulary import Direction
from app.clients.cases import Case
from app.clients.models import Address, Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.offices.partners import Organisation

OFFERED, OF_PERSON, MOST_OPEN = 50, 100, 10  # at once
IN_A_LINE = (
    joinedload(Referral.service).joinedload(Service.organisation),
    selectinload(Referral.events),
    selectinload(Referral.reminders),
)


def get_referral(actor: User, permission: Permission, referral_id: int, language: str = "") -> Referral:
    """A referral of a case within reach, with all that was told of it; otherwise 404. A language narrows nothing."""
    return one_or_404(whole(referral_id).where(cases_within(actor, permission)))


def whole(referral_id: int) -> Select[Any]:
    """A referral with its case and all that was told of it."""
    return (
        select(Referral)
        .join(Referral.case)
        .where(Referral.id == referral_id)
        .options(
            contains_eager(Referral.case).options(*AROUND_CASE),
            joinedload(Referral.service).joinedload(Service.organisation).joinedload(Organisation.region),
            joinedload(Referral.made_by),
            selectinload(Referral.events).joinedload(ReferralEvent.by),
            selectinload(Referral.reminders).joinedload(ReferralReminder.by),
        )
    )


def letter_of(referral_id: int) -> Referral:
    """A referral for its letter; whoever asks has looked after the reach."""
    return one_or_404(whole(referral_id))


def of_cases(cases: Collection[Case]) -> Sequence[Referral]:
    """The referrals of some cases, the newest first."""
    statement = (
        select(Referral)
        .where(Referral.case_id.in_([case.id for case in cases]))
        .options(joinedload(Referral.case), *IN_A_LINE)
        .order_by(Referral.made_on.desc(), Referral.id.desc())
        .limit(OF_PERSON)
    )
    return db.session.scalars(statement).unique().all()


def open_in(cases: Collection[int]) -> Sequence[Referral]:
    """The referrals that go on in some cases, those that wait longest first; the cases themselves are loaded."""
    statement = (
        select(Referral)
        .where(Referral.case_id.in_(cases), is_open())
        .options(lazyload(Referral.case), *IN_A_LINE)
        .order_by(Referral.answer_by, Referral.id)
        .limit(MOST_OPEN)
    )
    return db.session.scalars(statement).unique().all()


def services_of(referrals: Collection[int]) -> dict[int, Service]:
    """To which service each referral is, by its number."""
    if not referrals:
        return {}
    statement = select(Referral.id, Service).join(Service, Service.id == Referral.service_id)
    rows = db.session.execute(statement.where(Referral.id.in_(referrals)))
    return {row.id: row.Service for row in rows}


def results_of(cases: Collection[Case]) -> dict[Result, int]:
    """How often each result came of the referrals of some cases."""
    statement = (
        select(ReferralEvent.result, func.count())
        .join(Referral, Referral.id == ReferralEvent.referral_id)
        .where(Referral.case_id.in_([case.id for case in cases]), ReferralEvent.kind == Event.DONE)
        .group_by(ReferralEvent.result)
    )
    found = {result: count for result, count in db.session.execute(statement) if result}
    return {result: found.get(result, 0) for result in Result}


def services_for(direction: Direction, region_code: str | None, on: date, language: str) -> Sequence[Service]:
    """The services of a direction that are there on a day: of a region, or of all of them (``None``), by name."""
    statement = select(Service).join(Service.organisation).where(Service.direction == direction, given_on(on))
    if region_code:
        statement = statement.where(Organisation.region_code == region_code)
    place = (Organisation.region_code, in_order(Service, language), Service.id)
    shown = contains_eager(Service.organisation).joinedload(Organisation.region)
    return db.session.scalars(statement.options(shown).order_by(*place).limit(OFFERED)).unique().all()


def home_region(case: Case) -> str:
    """The region where the person lives by the address that goes on; before any is known, the office's."""
    code = db.session.scalar(
        select(Address.region_code)
        .where(Address.client_id == case.client_id, Address.to_on.is_(None))
        .order_by(Address.from_on.desc())
        .limit(1)
    )
    return code or case.assignment.office.region_code


def needs_found(cases: Collection[Case]) -> Sequence[Need]:
    """The needs that the latest completed assessment of some cases found, in their order."""
    latest = (
        select(Assessment.id)
        .join(Assessment.completion)
        .where(Assessment.case_id.in_([case.id for case in cases]))
        .order_by(Completion.on.desc(), Assessment.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = select(Need).where(Need.assessment_id == latest).options(joinedload(Need.assessment))
    return db.session.scalars(statement.order_by(Need.position)).all()


def reachable(referral: Referral) -> Client:
    """The person with the telephone and the address, for a letter that may name them."""
    return db.session.scalars(
        select(Client).where(Client.id == referral.about_client_id).options(selectinload(Client.addresses))
    ).one()
