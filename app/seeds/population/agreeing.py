"""Synthetic partners in every region and what was agreed with them. The numbers of agreements are assumptions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from app.clock import COUNTRY
from app.offices.agreements import AgreementKind, AgreementSubject
from app.offices.partners import OrganisationKind
from app.seeds.population.places import Place
from app.seeds.population.rows import Rows

SINCE = date(2018, 1, 1)
MOST, YEARS_BACK = 8, 4  # agreements of a partner; how long ago they were signed at most
ENDED, WITHDRAWN = 0.08, 0.04
PARTNERS = {
    OrganisationKind.NGO: ("қоғамдық бірлестігі", "общественное объединение", "association"),
    OrganisationKind.BUSINESS: ("кәсіпорны", "предприятие", "business"),
}
ABOUT = {
    OrganisationKind.NGO: (
        (AgreementKind.MEMORANDUM, AgreementSubject.MINORS),
        (AgreementKind.MEMORANDUM, AgreementSubject.PROJECTS),
        (AgreementKind.SOCIAL_ORDER, AgreementSubject.PROJECTS),
    ),
    OrganisationKind.BUSINESS: ((AgreementKind.CONTRACT, AgreementSubject.EMPLOYMENT),),
}


def agree(rows: Rows, places: Sequence[Place], chance: Random, day: date) -> None:
    for place in places:
        for kind, (kk, ru, en) in PARTNERS.items():
            names = {"kk": f"Жасанды {kk} {place.id}", "ru": f"Синтетическое {ru} {place.id}",
                     "en": f"Synthetic {en} {place.id}"}  # fmt: skip
            number = rows.add(
                "organisations", code=f"syn-{kind}-{place.id}", region_code=place.region_code, kind=kind,
                address="Үлгі к-сі, 1", phone="+7 7000 00-00-00", valid_from=SINCE, version=0, folded="",
                **names, **{f"sort_{code}": name for code, name in names.items()},
            )  # fmt: skip
            for ordinal in range(1, chance.randint(1, MOST) + 1):
                agreement(rows, place, number, ordinal, (*chance.choice(ABOUT[kind]), chance, day))


def agreement(
    rows: Rows,
    place: Place,
    organisation_id: int,
    ordinal: int,
    drawn: tuple[AgreementKind, AgreementSubject, Random, date],
) -> None:
    kind, subject, chance, day = drawn
    signed_on = day - timedelta(days=1 + chance.randrange(YEARS_BACK * 365))
    at = datetime.combine(signed_on, time(11), COUNTRY)
    years = chance.choice((1, 2, 3, None))
    number = rows.add(
        "agreements", organisation_id=organisation_id, number=f"{ordinal}/{place.id}", kind=kind, subject=subject,
        signed_on=signed_on, last_on=signed_on + timedelta(days=365 * years) if years else None, by_id=place.head_id,
        at=at,
    )  # fmt: skip
    fate = chance.random()
    if fate < WITHDRAWN:
        rows.add("agreement_withdrawals", agreement_id=number, reason="Синтетическая ошибка.", by_id=place.head_id,
                 at=at)  # fmt: skip
    elif fate < WITHDRAWN + ENDED:
        rows.add(
            "agreement_endings", agreement_id=number, on=signed_on + timedelta(days=90),
            because="Синтетическая причина.", by_id=place.head_id, at=at,
        )  # fmt: skip
