"""Build users, people on the register and their cases; name only what the test is about."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from app.access.models import Role, User
from app.access.sign_in import hash_password
from app.clients.cases import Assignment, Case, CaseStage, SupervisingBody
from app.clients.events import CaseEvent, EventKind
from app.clients.models import Client, ClientName
from app.clients.naming import fold
from app.clients.vocabulary import Body, Citizenship, IinUnknown, NameKind, Sex, Stage
from app.clock import now, today
from app.db import db
from app.offices.models import Office, Region, RegionName
from tests.factories.saving import saved

NUMBERS = count(1)
PASSWORD = "correct horse battery"
PASSWORD_HASH = hash_password(PASSWORD)
LONG_AGO = datetime(2026, 1, 5, 5, tzinfo=UTC)


def make_region(code: str = "710000000") -> Region:
    known = db.session.get(Region, code)
    names = [RegionName(valid_from=date(1997, 1, 1), kk="Астана қаласы", ru="город Астана", en="Astana")]
    return known or saved(Region(code=code, valid_from=date(1997, 1, 1), names=names))


def make_office(code: str = "A-1", **facts: Any) -> Office:
    known = db.session.scalar(select(Office).where(Office.code == code))
    defaults = {
        "region_code": make_region().code, "is_rural": False, "time_zone": "Asia/Almaty",
        "valid_from": date(2017, 1, 1), "kk": f"{code} бөлімі", "ru": f"Отдел {code}", "en": f"Office {code}",
    }  # fmt: skip
    return known or saved(Office(code=code, **defaults | facts))


def make_user(role: Role = Role.OFFICER, office: Office | None = None, **facts: Any) -> User:
    defaults = {
        "name": f"{role.value}{next(NUMBERS)}", "full_name": "Асанова Айгүл", "role": role, "language": "en",
        "office_id": (office or make_office()).id, "password_hash": PASSWORD_HASH, "password_changed_at": LONG_AGO,
    }  # fmt: skip
    return saved(User(**defaults | facts))


def make_client(**facts: Any) -> Client:
    defaults = {
        "surname": "Нұрғалиев", "given_name": "Ерлан", "patronymic": None, "born_on": date(1990, 5, 1),
        "sex": Sex.MALE, "citizenship": Citizenship.KZ, "language": "kk", "registered_at": LONG_AGO,
        "iin_unknown": IinUnknown.NOT_YET_ESTABLISHED,
    }  # fmt: skip
    if "registered_by_id" not in facts:
        facts["registered_by_id"] = make_user().id
    client = Client(**defaults | facts)
    client.names.append(ClientName(kind=NameKind.CURRENT, written=client.full_name, folded=fold(client.full_name)))
    return saved(client)


def make_case(officer: User | None = None, client: Client | None = None, **facts: Any) -> Case:
    """A case of a person, answered for by an officer (or by an office without one: ``officer_id=None``)."""
    officer = officer or make_user()
    number = next(NUMBERS)
    defaults = {
        "client": client or make_client(registered_by_id=officer.id), "number": f"T-{number:06d}",
        "legal_basis": "conditional_sentence", "court": "Суд № 1", "judged_on": date(2026, 1, 2),
        "articles": "188", "term_from": date(2026, 1, 5), "term_to": date(2028, 1, 5),
        "registered_on": date(2026, 1, 5), "registered_by_id": officer.id,
    }  # fmt: skip
    stage, stage_from = facts.pop("stage", Stage.SENTENCE), facts.pop("stage_from", date(2026, 1, 5))
    held = {"officer_id": facts.pop("officer_id", officer.id), "office_id": facts.pop("office_id", officer.office_id)}
    case = Case(**defaults | facts)
    case.stages.append(CaseStage(stage=stage, from_on=stage_from))
    case.bodies.append(SupervisingBody(body=Body.PROBATION, from_on=case.registered_on))
    case.assignments.append(Assignment(from_at=min(now(), LONG_AGO), **held))
    saved(case)
    db.session.refresh(case)
    return case


def make_event(
    case: Case | None = None, kind: EventKind = EventKind.LOST_WORK, on: date | None = None, **facts: Any
) -> CaseEvent:
    """Something that happened in a case on a day, today unless the test says when."""
    case = case or make_case()
    defaults = {"note": None, "recorded_at": now(), "recorded_by": case.assignment.officer or make_user()}
    return saved(CaseEvent(case=case, kind=kind, on=on or today(), **defaults | facts))
