"""Keeping agreements: entered once, ended early with the reason, and withdrawn when they were entered by mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.db import db
from app.offices.agreements import (
    AgreementEnding,
    AgreementKind,
    AgreementSubject,
    AgreementWithdrawal,
    PartnerAgreement,
)
from app.offices.partners import Organisation
from app.web.refusals import WrongDay, must_have_come


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed: ``last_on`` is the last day in force, None while no end is set."""

    number: str
    kind: AgreementKind
    subject: AgreementSubject
    signed_on: date
    last_on: date | None = None
    words: str | None = None


def enter(organisation: Organisation, agreed: Agreed, by: User, today: date, at: datetime) -> PartnerAgreement:
    """Keep an agreement that was signed.

    Raises WrongDay for a day of signing after today, or before the organisation was there; NotPossible for a number
    that an agreement of this organisation bears already.
    """
    must_have_come(agreed.signed_on, today)
    if agreed.signed_on < organisation.valid_from or (
        organisation.valid_to is not None and agreed.signed_on >= organisation.valid_to
    ):
        raise WrongDay(_("The organisation was not there on this day. Check the date."))
    same = db.select(PartnerAgreement.id).where(
        PartnerAgreement.organisation_id == organisation.id,
        PartnerAgreement.number == agreed.number,
        ~PartnerAgreement.withdrawal.has(),
    )
    if db.session.scalar(same.limit(1)):
        raise NotPossible(_("An agreement with this number is entered already. Check the number."))
    agreement = PartnerAgreement(
        organisation=organisation, number=agreed.number, kind=agreed.kind, subject=agreed.subject,
        signed_on=agreed.signed_on, last_on=agreed.last_on, words=agreed.words, by=by, at=at,
    )  # fmt: skip
    db.session.add(agreement)
    return agreement


def end(agreement: PartnerAgreement, on: date, because: str, by: User, at: datetime) -> None:
    """End an agreement before its time: from ``on`` it is not in force.

    Raises WrongDay for a day that is not after the signing or lies after its last day, NotPossible when it has ended.
    """
    must_stand(agreement)
    if agreement.ending:
        raise NotPossible(_("This has ended already."))
    if on <= agreement.signed_on:
        raise WrongDay(_("It cannot end before it began. Enter a later date."))
    if agreement.last_on and on > agreement.last_on:
        raise WrongDay(_("It ends by itself before this day. Enter an earlier date."))
    agreement.ending = AgreementEnding(on=on, because=because, by=by, at=at)


def withdraw(agreement: PartnerAgreement, reason: str, by: User, at: datetime) -> None:
    """Say that an agreement was entered by mistake: it stays on the page, struck, and counts nowhere."""
    must_stand(agreement)
    agreement.withdrawal = AgreementWithdrawal(reason=reason, by=by, at=at)


def must_stand(agreement: PartnerAgreement) -> None:
    if agreement.withdrawal:
        raise NotPossible(_("This agreement was withdrawn already."))
