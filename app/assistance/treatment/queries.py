"""Finding consents and handovers: only for the officer of the case."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assistance.treatment.models import Handover, HandoverAnswer, TreatmentConsent, TreatmentWithdrawal
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.offices.partners import Organisation, OrganisationKind

MOST = 25  # lines of a desk
CLINICS = 500  # to choose from

AROUND_CONSENT = (
    joinedload(TreatmentConsent.organisation),
    joinedload(TreatmentConsent.by),
    joinedload(TreatmentConsent.withdrawal).joinedload(TreatmentWithdrawal.by),
    selectinload(TreatmentConsent.handovers).options(
        joinedload(Handover.by),
        joinedload(Handover.answer).joinedload(HandoverAnswer.by),
        selectinload(Handover.arrivals),
    ),
)


def get_consent(actor: User, permission: Permission, treatment_consent_id: int) -> TreatmentConsent:
    """A consent in the actor's own case; otherwise 404."""
    return one_or_404(
        select(TreatmentConsent)
        .join(TreatmentConsent.case)
        .where(TreatmentConsent.id == treatment_consent_id, cases_within(actor, permission))
        .options(contains_eager(TreatmentConsent.case).options(*AROUND_CASE), *AROUND_CONSENT)
    )


def get_handover(actor: User, permission: Permission, handover_id: int) -> Handover:
    """A handover in the actor's own case; otherwise 404."""
    inside = TreatmentConsent.handovers.any(Handover.id == handover_id)
    consent = one_or_404(
        select(TreatmentConsent)
        .join(TreatmentConsent.case)
        .where(inside, cases_within(actor, permission))
        .options(contains_eager(TreatmentConsent.case).options(*AROUND_CASE), *AROUND_CONSENT)
    )
    return next(row for row in consent.handovers if row.id == handover_id)


def hold(consent: TreatmentConsent) -> None:
    """Keep everybody else from acting on the consent until this act is saved, and see it as it is now."""
    db.session.execute(select(Case.id).where(Case.id == consent.case_id).with_for_update())
    db.session.refresh(consent, ["withdrawal", "handovers"])
    for handover in consent.handovers:
        db.session.refresh(handover, ["answer", "arrivals"])


def consents_of(case: Case) -> Sequence[TreatmentConsent]:
    """The consents of a case with what was handed over, newest first."""
    statement = select(TreatmentConsent).where(TreatmentConsent.case_id == case.id)
    return db.session.scalars(statement.order_by(TreatmentConsent.id.desc()).options(*AROUND_CONSENT)).unique().all()


def clinics_on(day: date) -> Sequence[Organisation]:
    """The clinics that are there on a day."""
    return db.session.scalars(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.CLINIC,
            Organisation.valid_from <= day,
            (Organisation.valid_to.is_(None)) | (Organisation.valid_to > day),
        )
        .order_by(Organisation.sort_kk, Organisation.id)
        .limit(CLINICS)
    ).all()


def silent_since(actor: User, today: date) -> Sequence[Row[int, int, str, str, date]]:
    """The actor's own cases in which a clinic has been silent past its day: the case, whose it is, and the day."""
    statement = (
        select(Case.id, Case.client_id, Client.surname, Client.given_name, Handover.answer_by)
        .join(TreatmentConsent, TreatmentConsent.case_id == Case.id)
        .join(Handover, Handover.consent_id == TreatmentConsent.id)
        .join(Client, Client.id == Case.client_id)
        .where(
            cases_within(actor, Permission.HAND_OVER_TREATMENT),
            ~Case.deregistration.has(),
            TreatmentConsent.until_on > today,
            ~TreatmentConsent.withdrawal.has(),
            ~Handover.answer.has(),
            Handover.answer_by < today,
        )
        .order_by(Handover.answer_by, Handover.id)
        .limit(MOST)
    )
    return db.session.execute(statement).all()
