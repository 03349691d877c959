"""Build partner organisations, their services and agreements; name only what the test is about."""

from datetime import date
from itertools import count
from typing import Any

from app.access.models import Role
from app.assistance.models import Service
from app.assistance.vocabulary import Direction
from app.clock import now
from app.offices.agreements import AgreementKind, AgreementSubject, PartnerAgreement
from app.offices.partners import Organisation, OrganisationKind
from tests.factories.people import make_region, make_user
from tests.factories.saving import saved

NUMBERS = count(1)


def make_organisation(**facts: Any) -> Organisation:
    defaults = {
        "code": f"partner-{next(NUMBERS)}", "region_code": make_region().code, "kind": OrganisationKind.CAREER_CENTRE,
        "kk": "Мансап орталығы", "ru": "Карьерный центр", "en": "Career centre",
        "address": "Бірлік к-сі, 1", "phone": "+7 7172 00-00-01", "email": "mansap@ortalyq.example",
        "valid_from": date(2017, 1, 1),
    }  # fmt: skip
    return saved(Organisation(**defaults | facts))


def make_service(organisation: Organisation | None = None, **facts: Any) -> Service:
    defaults = {
        "code": f"service-{next(NUMBERS)}", "organisation": organisation or make_organisation(),
        "direction": Direction.EMPLOYMENT, "kk": "Жұмыс табуға көмек", "ru": "Помощь в поиске работы",
        "en": "Help in finding work", "about_kk": "Бос орындарды таңдау.", "about_ru": "Подбор вакансий.",
        "about_en": "Finding vacancies that fit.", "valid_from": date(2017, 1, 1),
    }  # fmt: skip
    return saved(Service(**defaults | facts))


def make_agreement(organisation: Organisation | None = None, **facts: Any) -> PartnerAgreement:
    defaults = {
        "organisation": organisation or make_organisation(), "number": f"{next(NUMBERS)}", "at": now(),
        "kind": AgreementKind.MEMORANDUM, "subject": AgreementSubject.PROJECTS, "signed_on": date(2026, 2, 2),
    }  # fmt: skip
    if "by_id" not in facts:
        facts["by_id"] = make_user(Role.SUPERVISOR).id
    return saved(PartnerAgreement(**defaults | facts))
