"""Synthetic offices in the real regions, and those who work and help there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from sqlalchemy import select

from app.access.models import Role
from app.access.sign_in import hash_password
from app.clients.vocabulary import Sex
from app.clock import COUNTRY
from app.db import db
from app.offices.models import Region, RegionName
from app.seeds.population.names import name_of
from app.seeds.population.rows import Rows

CODE = "SYN-{:02}"
CASELOAD = 60  # people for each officer, about
RURAL_SHARE = 0.38  # assumption of the domain brief (§3.2), not a statistic
HELPED_BY_ONE = 12
SINCE = date(2018, 1, 1)
HIRED_AT = datetime(2018, 1, 8, 9, 0, tzinfo=COUNTRY)


@dataclass
class Place:
    """An office as people are sent to it: its region, its officers, its head, its helpers."""

    id: int
    region_code: str
    is_rural: bool
    head_id: int = 0
    officers: list[int] = field(default_factory=list)
    helpers: list[int] = field(default_factory=list)


def regions_of(day: date) -> list[tuple[str, RegionName]]:
    """Code and name of every region of the day."""
    standing = (Region.valid_from <= day) & (Region.valid_to.is_(None) | (Region.valid_to > day))
    regions = db.session.scalars(select(Region).where(standing).order_by(Region.code)).unique()
    return [(region.code, region.name_on(day)) for region in regions]


def open_offices(rows: Rows, chance: Random, clients: int, regions: list[tuple[str, RegionName]]) -> list[Place]:
    """One office in each region, every second one rural, with staff in proportion to the people."""
    secret = hash_password(f"{chance.getrandbits(128):032x}")  # nobody signs in with it
    places = []
    for number, (code, name) in enumerate(regions, start=1):
        rural = number % 2 == 0
        office_id = rows.add(
            "offices", code=CODE.format(number), region_code=code, is_rural=rural, time_zone="Asia/Almaty",
            valid_from=SINCE, kk=f"{name.kk}: жасанды пробация қызметі", ru=f"{name.ru}: синтетическая служба пробации",
            en=f"{name.en}: synthetic probation service",
        )  # fmt: skip
        places.append(Place(office_id, code, rural))
    for place, share in zip(places, shares(places), strict=True):
        employ(place, max(1, round(clients * share / CASELOAD)), secret, rows, chance)
    return places


def shares(places: Sequence[Place]) -> list[float]:
    """Which part of the people each office has; the rural ones together have RURAL_SHARE."""
    rural = sum(place.is_rural for place in places)
    return [RURAL_SHARE / rural if place.is_rural else (1 - RURAL_SHARE) / (len(places) - rural) for place in places]


def employ(place: Place, officers: int, secret: str, rows: Rows, chance: Random) -> None:
    helpers = max(2, officers * CASELOAD // (HELPED_BY_ONE * 10))
    roles = [Role.SUPERVISOR, *[Role.OFFICER] * officers, *[Role.VOLUNTEER, Role.MENTOR] * (helpers // 2)]
    for number, role in enumerate(roles):
        sex = Sex.FEMALE if chance.random() < 0.5 else Sex.MALE  # noqa: PLR2004 - one in two
        user_id = rows.add(
            "users", name=f"syn{place.id}-{role.value}{number}", full_name=" ".join(filter(None, name_of(chance, sex))),
            role=role, office_id=place.id, language=chance.choice(("kk", "ru")), password_hash=secret,
            password_changed_at=HIRED_AT, sign_in_epoch=0, version=1,
        )  # fmt: skip
        if role == Role.SUPERVISOR:
            place.head_id = user_id
        elif role == Role.OFFICER:
            place.officers.append(user_id)
        else:
            born_on = date(chance.randint(1960, 2000), chance.randint(1, 12), chance.randint(1, 28))
            rows.add("helpers", user_id=user_id, born_on=born_on, undertaking_on=HIRED_AT.date(), version=1)
            place.helpers.append(user_id)
