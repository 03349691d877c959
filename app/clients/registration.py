"""Putting a person on the register: once, with the first case, and never twice."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.access.models import User
from app.clients.cases import Assignment, Case, CaseStage, SupervisingBody
from app.clients.forms.cases import CaseForm, NewCaseForm
from app.clients.forms.people import AddressForm, CircumstancesForm, IdentityForm, RepresentativeForm
from app.clients.forms.registration import RegistrationForm
from app.clients.legal_bases import legal_bases
from app.clients.models import Address, Circumstances, Client, ClientName, Representative, digest_of_iin
from app.clients.naming import fold
from app.clients.vocabulary import (
    Body,
    Citizenship,
    Education,
    Employment,
    Family,
    IinUnknown,
    Registration,
    Sex,
    Stage,
)
from app.db import db, keyed_digest
from app.web.receipts import new_token

# Rooms above take their turn here when a case comes onto the register, or when its facts are changed: they get the case
# and the moment, and act in the same transaction; they never commit. Each appends its own callable when imported.
after_case_opened: list[Callable[[Case, datetime], None]] = []
after_case_edited: list[Callable[[Case, datetime], None]] = []

ALIKE_AT_ONCE = 10
KNOWN = (
    selectinload(Client.names),
    selectinload(Client.cases).joinedload(Case.assignment).joinedload(Assignment.office),
)


def with_iin(iin: str | None, other_than: Client | None = None) -> Client | None:
    """Whoever is on the register with this IIN, wherever; reach does not narrow this, for an IIN is one person's."""
    if not iin:
        return None
    statement = select(Client).where(Client.iin_digest == digest_of_iin(iin)).options(*KNOWN)
    if other_than:
        statement = statement.where(Client.id != other_than.id)
    return db.session.scalar(statement)


def alike(surname: str, given_name: str, born_on: date) -> Sequence[Client]:
    """Those of the same birth date whose surname and given name fold to the same, with any patronymic or none."""
    folded = fold(f"{surname} {given_name}")
    same = or_(ClientName.folded == folded, ClientName.folded.startswith(f"{folded} ", autoescape=True))
    statement = select(Client).join(Client.names).where(Client.born_on == born_on, same).options(*KNOWN).distinct()
    return db.session.scalars(statement.order_by(Client.id).limit(ALIKE_AT_ONCE)).all()


def likeness(surname: str, given_name: str, born_on: date) -> str:
    """A fingerprint of what was compared: a confirmation holds for this name and date, not for another."""
    return keyed_digest(f"{fold(f'{surname} {given_name}')}:{born_on}", "likeness")[:16]


def register(form: RegistrationForm, officer: User, by: User, at: datetime) -> Client:
    """A new person with a first case, answered for by an officer. A second IIN is refused by the database."""
    client = Client(registered_at=at, registered_by_id=by.id)
    identify(client, form)
    client.addresses.append(address(form))
    client.circumstances.append(circumstances(form, form.data["registered_on"]))
    if form.representative_name.data:
        client.representatives.append(representative(form, form.data["registered_on"]))
    db.session.add(client)
    add_case(client, form, officer, by, at)
    return client


def identify(client: Client, form: IdentityForm) -> None:
    """Take over who the person is from a form that was found valid."""
    said = form.data
    client.call(said["surname"], said["given_name"], said["patronymic"])
    client.identify(said["iin"], IinUnknown(said["iin_unknown"]) if said["iin_unknown"] else None)
    client.born_on, client.sex = said["born_on"], Sex(said["sex"])
    client.citizenship, client.language = Citizenship(said["citizenship"]), said["language"]
    client.phone = said["phone"]


def address(form: AddressForm) -> Address:
    said = form.data
    return Address(
        region_code=said["region_code"], text=said["text"], from_on=said["lives_from"],
        registration=Registration(said["registration"]),
    )  # fmt: skip


def circumstances(form: CircumstancesForm, from_on: date) -> Circumstances:
    said = form.data
    return Circumstances(
        education=Education(said["education"]), employment=Employment(said["employment"]),
        workplace=said["workplace"], family=Family(said["family"]), dependants=said["dependants"], from_on=from_on,
    )  # fmt: skip


def representative(form: RepresentativeForm, from_on: date) -> Representative:
    return Representative(
        full_name=form.representative_name.data, relation=form.relation.data,
        phone=form.representative_phone.data, from_on=from_on,
    )  # fmt: skip


def add_case(client: Client, form: NewCaseForm, officer: User, by: User, at: datetime) -> Case:
    """A case on the register, with its number, first stage, supervising body, and the officer who answers for it."""
    said = form.data
    basis, on = legal_bases()[said["legal_basis"]], said["registered_on"]
    case = Case(client=client, number=new_token(), registered_by_id=by.id)
    take_facts(case, form)
    case.stages.append(CaseStage(stage=Stage(said["stage"] or basis.stages[0]), from_on=on))
    case.bodies.append(SupervisingBody(body=Body(said["body"] or basis.body_on(on)), from_on=on))
    case.assignments.append(Assignment(officer_id=officer.id, office_id=officer.office_id, from_at=at))
    db.session.add(case)
    db.session.flush()
    case.number = f"{on.year}-{case.id:06}"  # the record's own number makes it unique without a queue
    for hook in after_case_opened:
        hook(case, at)
    return case


FACTS = (
    "legal_basis", "court", "judged_on", "in_force_on", "act_number", "articles", "erdr", "term_from", "term_to",
    "registered_on",
)  # fmt: skip


def take_facts(case: Case, form: CaseForm) -> None:
    """Take over why the person is on the register from a form that was found valid."""
    for name in FACTS:
        setattr(case, name, form[name].data)
