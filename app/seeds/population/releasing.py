"""Releases of synthetic people from institutions: the expected day, whether somebody met them, treatment that goes on.

The shares are assumptions.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from app.assistance.release.clocks import last_visit_day
from app.assistance.release.vocabulary import ReleaseGround
from app.clients.vocabulary import Stage
from app.db import db
from app.offices.partners import Organisation, OrganisationKind
from app.seeds.population.people import Life
from app.seeds.population.rows import Rows
from app.supervision.norms import norm

RELEASED, MET, TREATED, IN_TIME, ACCEPTED = 0.7, 0.75, 0.2, 0.8, 0.9
SOONEST, LATEST = 60, 320  # days from registration
CAME, VISIT_DAYS = 0.9, 5


def clinics() -> Sequence[int]:
    """The numbers of all clinics, whatever their region."""
    found = select(Organisation.id).where(Organisation.kind == OrganisationKind.CLINIC).order_by(Organisation.id)
    return db.session.scalars(found).all()


class Gatekeeper:
    """Releases people who are prepared for it."""

    def __init__(self, rows: Rows, clinic_ids: Sequence[int]) -> None:
        self.rows, self.clinic_ids = rows, clinic_ids

    def release(self, life: Life) -> None:
        if life.stage != Stage.PENITENTIARY:
            return
        rows, chance = self.rows, life.chance
        on = life.registered_on + timedelta(days=chance.randrange(SOONEST, LATEST))
        rows.add(
            "release_days", case_id=life.case_id, on=on, ground=ReleaseGround.END_OF_TERM, is_named=False,
            by_id=life.officer_id, at=life.at(life.registered_on),
        )  # fmt: skip
        treated = bool(self.clinic_ids) and chance.random() < TREATED
        if on >= life.end or chance.random() > RELEASED:
            return
        met = chance.random() < MET
        rows.add(
            "releases", case_id=life.case_id, on=on, is_met=met, words=None if met else "Синтетическая причина.",
            visit_by=last_visit_day(on), by_id=life.officer_id, at=life.at(on),
        )  # fmt: skip
        visited_on = on + timedelta(days=chance.randrange(VISIT_DAYS))
        if visited_on < life.end and chance.random() < CAME:
            rows.add(
                "release_first_visits", case_id=life.case_id, has_come=True, on=visited_on, by_id=life.officer_id,
                at=life.at(visited_on),
            )  # fmt: skip
        if treated:
            self.treat(life, on - timedelta(days=20), on)

    def treat(self, life: Life, given_on: date, released_on: date) -> None:
        """A consent, and what the clinic was told: in time to most."""
        rows, chance = self.rows, life.chance
        consent = rows.add(
            "treatment_consents", case_id=life.case_id, given_on=given_on, until_on=given_on + timedelta(days=365),
            what="Синтетические сведения", organisation_id=chance.choice(self.clinic_ids), by_id=life.officer_id,
            representative=life.representative_on(given_on), at=life.at(given_on),
        )  # fmt: skip
        late = chance.random() > IN_TIME
        on = released_on + timedelta(days=chance.randrange(6, 30) if late else chance.randrange(-10, 5))
        if on >= life.end:
            return
        handover = rows.add(
            "treatment_handovers", consent_id=consent, words="Синтетические сведения", handed_on=on,
            answer_by=norm("health-acceptance", on).after(on), by_id=life.officer_id, at=life.at(on),
        )  # fmt: skip
        answered_on = on + timedelta(days=3)
        if answered_on < life.end:
            rows.add(
                "treatment_handover_answers", handover_id=handover, is_accepted=chance.random() < ACCEPTED,
                on=answered_on, by_id=life.officer_id, at=life.at(answered_on),
            )  # fmt: skip
