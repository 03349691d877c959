"""People who do not exist, their circumstances, and the case for which they are on the register."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.clients.alphabet import sort_key
from app.clients.iin import WrongIin, for_demonstration
from app.clients.legal_bases import legal_bases
from app.clients.models import ADULT, digest_of_iin
from app.clients.naming import fold, full_name
from app.clients.vocabulary import (
    Citizenship,
    DocumentKind,
    DocumentState,
    Education,
    Employment,
    Family,
    Ground,
    IinUnknown,
    NameKind,
    Registration,
    Sex,
)
from app.clock import COUNTRY
from app.seeds.population.names import name_of
from app.seeds.population.places import Place
from app.seeds.population.rows import Rows
from app.web.dates import age_on

# Shares of domain.md §3.2: 66 of 100 restriction, 19 conditional (one region, 2025); the rest divided by guess.
BASES = {
    "restriction_of_liberty": 66.0, "conditional_sentence": 19.0, "community_service": 5.0, "corrective_works": 3.0,
    "deferral": 2.0, "ban_on_office": 1.0, "parole": 1.0, "administrative_supervision": 1.0, "pre_trial": 1.0,
    "release_preparation": 3.0, "post_release": 0.5,
}  # fmt: skip
WOMEN, MINORS = 0.12, 0.02  # assumptions, like the median age of 33
MIDDLE_AGE, SPREAD = 15, 0.55  # years above 18: the median, and how far the logarithms lie apart
DAYS_BACK = 5 * 365
# What is over sooner: nobody stays long before trial, and preparation begins a year before release.
SHORTER = {"pre_trial": 240, "release_preparation": 350}
FIRST_SERIAL = 5000  # below lie the people of the demonstration office
GROUNDS = {Ground.TERM_ENDED: 80, Ground.REPLACED_BY_CUSTODY: 9, Ground.EARLY_CANCELLATION: 8, Ground.DEATH: 3}
ARTICLES = (
    "ст. 188 ч. 2 УК",
    "ст. 190 ч. 2 УК",
    "ст. 293 ч. 1 УК",
    "ст. 106 ч. 1 УК",
    "ст. 297 ч. 1 УК",
    "ст. 345 ч. 1 УК",
)
MARKS = {(1900, Sex.MALE): "3", (1900, Sex.FEMALE): "4", (2000, Sex.MALE): "5", (2000, Sex.FEMALE): "6"}


@dataclass
class Life:
    """What the history of a case is drawn from."""

    chance: Random
    place: Place
    day: date  # until when it is told
    client_id: int
    case_id: int
    officer_id: int
    born_on: date
    language: str
    basis: str
    registered_on: date
    gone_on: date | None
    sex: Sex = Sex.MALE
    in_force_on: date = date.max  # the judgment's entry into force
    representative: str | None = None  # of a minor
    ground: Ground | None = None  # on which the case left the register

    @property
    def stage(self) -> str:
        return legal_bases()[self.basis].stages[0]

    @property
    def end(self) -> date:
        return self.gone_on or self.day

    def representative_on(self, day: date) -> str | None:
        return self.representative if age_on(self.born_on, day) < ADULT else None

    def at(self, day: date) -> datetime:
        """A moment of that day in office hours."""
        return datetime.combine(day, time(9 + self.chance.randrange(8), self.chance.randrange(60)), COUNTRY)


class Registrar:
    """Puts one person after another on the register; keeps which serial numbers of a birth date are taken."""

    def __init__(self, rows: Rows, places: list[Place], weights: list[float], day: date) -> None:
        self.rows, self.places, self.weights, self.day = rows, places, weights, day
        self.taken: dict[str, int] = {}

    def register(self, chance: Random) -> Life:
        place = chance.choices(self.places, self.weights)[0]
        officer_id = chance.choice(place.officers)
        basis = chance.choices(tuple(BASES), tuple(BASES.values()))[0]
        registered_on = self.day - timedelta(days=1 + chance.randrange(SHORTER.get(basis, DAYS_BACK)))
        sex = Sex.FEMALE if chance.random() < WOMEN else Sex.MALE
        born_on = birth_date(chance, registered_on)
        language = chance.choices(("kk", "ru", "en"), (62, 37, 1))[0]
        life = Life(chance, place, self.day, 0, 0, officer_id, born_on, language, basis, registered_on, None, sex)
        self.person(life, sex)
        self.surroundings(life)
        self.case(life)
        return life

    def person(self, life: Life, sex: Sex) -> None:
        chance, rows = life.chance, self.rows
        surname, given_name, patronymic = name_of(chance, sex)
        written = full_name(surname, given_name, patronymic)
        iin = None if chance.random() < 0.02 else self.number(life.born_on, sex)  # noqa: PLR2004 - two in a hundred
        life.client_id = rows.add(
            "clients", surname=surname, given_name=given_name, patronymic=patronymic, sort_key=sort_key(written),
            iin=iin, iin_digest=digest_of_iin(iin) if iin else None,
            iin_unknown=None if iin else chance.choice(tuple(IinUnknown)), born_on=life.born_on, sex=sex,
            citizenship=Citizenship.KZ, language=life.language, phone=f"+7700{chance.randrange(10**7):07}",
            registered_at=life.at(life.registered_on), registered_by_id=life.officer_id, version=1,
        )  # fmt: skip
        rows.add("client_names", client_id=life.client_id, kind=NameKind.CURRENT, written=written, folded=fold(written))

    def number(self, born_on: date, sex: Sex) -> str:
        start = f"{born_on:%y%m%d}{MARKS[born_on.year // 100 * 100, sex]}"
        while True:
            serial = self.taken[start] = self.taken.get(start, FIRST_SERIAL - 1) + 1
            try:
                return for_demonstration(f"{start}{serial:04}")
            except WrongIin:  # never issued: the next serial
                continue

    def surroundings(self, life: Life) -> None:
        chance, rows = life.chance, self.rows
        moved = chance.random() < 0.2  # noqa: PLR2004 - one in five
        moved_on = life.registered_on + timedelta(days=chance.randrange(1, 200))
        rows.add(
            "client_addresses", client_id=life.client_id, region_code=life.place.region_code, text=address(chance),
            registration=chance.choices(tuple(Registration), (80, 15, 5))[0],
            from_on=life.registered_on - timedelta(days=chance.randrange(30, 4000)), to_on=moved_on if moved else None,
        )  # fmt: skip
        if moved:
            rows.add(
                "client_addresses", client_id=life.client_id, region_code=life.place.region_code,
                text=address(chance), registration=Registration.TEMPORARY, from_on=moved_on,
            )  # fmt: skip
        rows.add(
            "client_circumstances", client_id=life.client_id, education=chance.choice(tuple(Education)),
            employment=chance.choices(tuple(Employment), (40, 12, 22, 4, 5, 3, 4, 8, 2))[0],
            family=chance.choice(tuple(Family)), dependants=chance.choices((0, 1, 2, 3, 4), (50, 20, 17, 9, 4))[0],
            from_on=life.registered_on,
        )  # fmt: skip
        state = chance.choices(tuple(DocumentState), (92, 5, 3))[0]
        rows.add(
            "client_documents", client_id=life.client_id, kind=DocumentKind.IDENTITY_CARD, state=state,
            noted_on=life.registered_on,
        )  # fmt: skip
        if age_on(life.born_on, life.registered_on) < ADULT:
            surname, given_name, _patronymic = name_of(chance, Sex.FEMALE)
            life.representative = f"{surname} {given_name}"
            rows.add(
                "client_representatives", client_id=life.client_id, full_name=life.representative, relation="мать",
                from_on=life.registered_on,
            )  # fmt: skip

    def case(self, life: Life) -> None:
        chance, rows, on = life.chance, self.rows, life.registered_on
        basis = legal_bases()[life.basis]
        term_to = on + timedelta(days=chance.randrange(180, 1460))
        if life.basis != "pre_trial" and term_to < life.day:
            life.gone_on = term_to
        judged_on = on - timedelta(days=chance.randrange(5, 40))
        life.in_force_on = judged_on + (on - judged_on) // 2
        life.case_id = rows.add(
            "cases", client_id=life.client_id, number=f"S-{on.year}-{life.client_id:07}", legal_basis=life.basis,
            court="Синтетический районный суд", judged_on=judged_on, in_force_on=life.in_force_on,
            articles=chance.choice(ARTICLES), term_from=on, term_to=term_to, registered_on=on,
            registered_by_id=life.officer_id, version=1,
        )  # fmt: skip
        rows.add("case_stages", case_id=life.case_id, stage=life.stage, from_on=on)
        rows.add("case_bodies", case_id=life.case_id, body=basis.body_on(on), from_on=on)
        self.assignments(life)
        if life.gone_on:
            life.ground = chance.choices(tuple(GROUNDS), tuple(GROUNDS.values()))[0]
            rows.add(
                "case_deregistrations", case_id=life.case_id, ground=life.ground, on=life.gone_on,
                by_id=life.officer_id, at=life.at(life.gone_on),
            )  # fmt: skip

    def assignments(self, life: Life) -> None:
        """Every sixth case once had another officer of the same office."""
        began, others = life.at(life.registered_on), life.place.officers
        days = (life.end - life.registered_on).days
        if life.chance.random() < 1 / 6 and len(others) > 1 and days > 1:
            changed = life.at(life.registered_on + timedelta(days=life.chance.randrange(1, days)))
            self.assign(life, life.chance.choice(others), began, changed)
            began = changed
        self.assign(life, life.officer_id, began, None)

    def assign(self, life: Life, officer_id: int, from_at: datetime, to_at: datetime | None) -> None:
        self.rows.add(
            "case_assignments", case_id=life.case_id, officer_id=officer_id, office_id=life.place.id,
            from_at=from_at, to_at=to_at,
        )  # fmt: skip


def birth_date(chance: Random, on: date) -> date:
    """Two in a hundred are 14 to 17 years old; the others' ages have their median at 33."""
    if chance.random() < MINORS:
        return on - timedelta(days=chance.randrange(14 * 366, 18 * 365))
    years = min(MIDDLE_AGE * chance.lognormvariate(0, SPREAD), 62)
    return on - timedelta(days=int((18 + years) * 365.25) + 2)


def address(chance: Random) -> str:
    return f"Синтетический район, ул. Примерная, д. {chance.randint(1, 200)}, кв. {chance.randint(1, 120)}"
