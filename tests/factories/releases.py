"""Build release plans and treatment that is handed over; name only what the test is about."""

from datetime import date, timedelta
from typing import Any

from app.access.models import User
from app.assistance.release import planning
from app.assistance.release.models import ItemDecision, ReleaseDay
from app.assistance.release.plan import Plan, plan_of
from app.assistance.release.planning import Expected
from app.assistance.release.vocabulary import ItemState, ReleaseGround
from app.assistance.treatment import handing_over
from app.assistance.treatment.models import Handover, TreatmentConsent
from app.clients.cases import Case
from app.clients.vocabulary import Stage
from app.clock import now, today
from app.db import db
from app.offices.partners import Organisation, OrganisationKind
from tests.factories.people import make_case, make_user
from tests.factories.services import make_organisation

TERM = {"term_from": date(2024, 1, 5), "term_to": date(2028, 1, 5), "judged_on": date(2023, 12, 20),
        "registered_on": date(2024, 1, 5), "stage_from": date(2024, 1, 5)}  # fmt: skip


def make_prisoner(officer: User | None = None, **facts: Any) -> Case:
    """A case at the penitentiary stage since January 2024."""
    return make_case(officer, stage=Stage.PENITENTIARY, **TERM | facts)


def make_day(case: Case | None = None, on: date | None = None, by: User | None = None, **facts: Any) -> ReleaseDay:
    """The expected day of a release, in 200 days unless the test says when."""
    case = case or make_prisoner()
    expected = Expected(
        on or today() + timedelta(days=200), facts.pop("ground", ReleaseGround.PAROLE), facts.pop("is_named", False),
        facts.pop("words", None),
    )  # fmt: skip
    day = planning.set_day(plan_of(case), expected, by or officer_of(case), today(), now())
    db.session.commit()
    return day


def make_plan(officer: User | None = None, on: date | None = None) -> Plan:
    case = make_prisoner(officer)
    make_day(case, on)
    return plan_of(case)


def make_decision(case: Case, code: str = "identity-card", state: ItemState = ItemState.DONE) -> ItemDecision:
    plan = plan_of(case)
    words = "The register is closed" if state == ItemState.NOT_POSSIBLE else None
    made = ItemDecision(item_code=code, state=state, on=today(), words=words, by=officer_of(case), at=now())
    line = plan.line(code)
    assert line
    planning.decide(plan, line.item, made, today())
    db.session.commit()
    return made


def make_clinic(**facts: Any) -> Organisation:
    defaults = {"kind": OrganisationKind.CLINIC, "kk": "Емхана", "ru": "Поликлиника", "en": "Clinic"}
    return make_organisation(**defaults | facts)


def make_consent(case: Case, clinic: Organisation | None = None, **facts: Any) -> TreatmentConsent:
    defaults = {
        "given_on": today(), "until_on": today() + timedelta(days=180), "what": "which medicine and until when",
        "organisation": clinic or make_clinic(), "by": officer_of(case), "at": now(),
    }  # fmt: skip
    consent = TreatmentConsent(**defaults | facts)
    handing_over.give_consent(case, consent, today())
    db.session.commit()
    return consent


def make_handover(consent: TreatmentConsent, **facts: Any) -> Handover:
    defaults = {"words": "medicine for a month", "handed_on": today(), "by": consent.by, "at": now()}
    handover = Handover(**defaults | facts)
    handing_over.hand_over(consent, handover, today())
    db.session.commit()
    return handover


def officer_of(case: Case) -> User:
    return case.assignment.officer or make_user()
