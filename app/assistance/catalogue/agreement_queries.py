"""Finding agreements: one, those of an organisation, or a list over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from app.access.models import User
from app.access.policy import Permission
from app.assistance.catalogue.queries import AT_ONCE, MOST
from app.db import db, one_or_404
from app.offices.agreements import (
    AgreementEnding,
    AgreementKind,
    AgreementSubject,
    PartnerAgreement,
)
from app.offices.partners import Organisation

WHO = (joinedload(PartnerAgreement.by), joinedload(PartnerAgreement.organisation))


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Some agreements, the one signed last first; ``older`` is the number of the last one where more follow."""

    rows: Sequence[PartnerAgreement]
    older: int | None


@dataclass(frozen=True, slots=True)
class Agreements:
    """A list of agreements; an empty filter narrows nothing."""

    on: date
    kind: AgreementKind | None = None
    subject: AgreementSubject | None = None
    region_code: str = ""
    in_force: bool = False

    def statement(self) -> Select[Any]:
        statement = (
            select(PartnerAgreement)
            .join(PartnerAgreement.organisation)
            .options(contains_eager(PartnerAgreement.organisation))
        )
        if self.kind:
            statement = statement.where(PartnerAgreement.kind == self.kind)
        if self.subject:
            statement = statement.where(PartnerAgreement.subject == self.subject)
        if self.region_code:
            statement = statement.where(Organisation.region_code == self.region_code)
        if self.in_force:
            statement = statement.where(*in_force_on(self.on))
        return statement

    def page(self, after: int | None = None) -> AgreementPage:
        statement = self.statement()
        edge = db.session.get(PartnerAgreement, after) if after else None
        if edge is not None:
            place: Any = tuple_(PartnerAgreement.signed_on, PartnerAgreement.id)
            statement = statement.where(place < tuple_(edge.signed_on, edge.id))
        newest_first = PartnerAgreement.signed_on.desc(), PartnerAgreement.id.desc()
        found = list(db.session.scalars(statement.order_by(*newest_first).limit(AT_ONCE + 1)).unique())
        rows = found[:AT_ONCE]
        return AgreementPage(rows, rows[-1].id if len(found) > AT_ONCE else None)


def in_force_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions that an agreement is in force on a day."""
    return (
        PartnerAgreement.signed_on <= day,
        or_(PartnerAgreement.last_on.is_(None), PartnerAgreement.last_on >= day),
        ~PartnerAgreement.withdrawal.has(),
        ~PartnerAgreement.ending.has(AgreementEnding.on <= day),
    )


def agreements_of(organisation: Organisation) -> Sequence[PartnerAgreement]:
    """All that was ever agreed with an organisation, the newest first."""
    own = select(PartnerAgreement).where(PartnerAgreement.organisation_id == organisation.id)
    newest_first = PartnerAgreement.signed_on.desc(), PartnerAgreement.id.desc()
    return db.session.scalars(own.order_by(*newest_first).limit(MOST)).unique().all()


def get_agreement(_actor: User, _permission: Permission, agreement_id: int) -> PartnerAgreement:
    """Any agreement; whoever reads the catalogue reads all of it."""
    return one_or_404(select(PartnerAgreement).where(PartnerAgreement.id == agreement_id).options(*WHO))
