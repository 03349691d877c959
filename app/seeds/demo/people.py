"""The person of a story: identity, addresses, circumstances, documents, representatives."""

from app.access.models import User
from app.clients.iin import for_demonstration
from app.clients.models import Address, Circumstances, Client, Document, Representative, follow
from app.clients.vocabulary import (
    Citizenship,
    DocumentKind,
    DocumentState,
    Education,
    Employment,
    Family,
    IinUnknown,
    Registration,
    Sex,
)
from app.offices.reading import Entry
from app.seeds.demo.telling import Hours, maybe_text, number, pairs, parts, word
from app.web.phones import normalise

CENTURY_AND_SEX = {(1900, Sex.MALE): "3", (1900, Sex.FEMALE): "4", (2000, Sex.MALE): "5", (2000, Sex.FEMALE): "6"}


def introduce(entry: Entry, by: User, hours: Hours) -> Client:
    """The person as they were registered; nothing is saved yet."""
    client = Client(
        born_on=entry.day("born_on"), sex=word(entry, "sex", Sex),
        language=entry.one_of("language", ("kk", "ru", "en")),
        citizenship=word(entry, "citizenship", Citizenship, Citizenship.KZ), phone=phone_of(entry),
        registered_at=hours.on(entry.day("met_on")), registered_by_id=by.id,
    )  # fmt: skip
    surname, given_name, patronymic = entry.text("surname"), entry.text("given_name"), maybe_text(entry, "patronymic")
    if former := maybe_text(entry, "former_surname"):
        client.call(former, given_name, patronymic)
    client.call(surname, given_name, patronymic)
    identify(client, entry)
    live(client, entry)
    return client


def identify(client: Client, entry: Entry) -> None:
    """The story gives the four digits that tell apart people of one birth date, or why there is no number."""
    if "iin_unknown" in entry.rest:
        client.identify(None, word(entry, "iin_unknown", IinUnknown))
        return
    mark = CENTURY_AND_SEX[client.born_on.year // 100 * 100, client.sex]
    client.identify(for_demonstration(f"{client.born_on:%y%m%d}{mark}{entry.text('serial')}"), None)


def phone_of(entry: Entry) -> str | None:
    said = maybe_text(entry, "phone")
    return normalise(said) if said else None


def live(client: Client, entry: Entry) -> None:
    for row in parts(entry, "addresses"):
        address = Address(from_on=row.day("from"), region_code=row.text("region"), text=row.text("text"))
        address.registration = word(row, "registration", Registration)
        follow(client.addresses, address)
    for row in parts(entry, "circumstances"):
        follow(client.circumstances, circumstances_of(row))
    for row in parts(entry, "representatives"):
        person = Representative(from_on=row.day("from"), full_name=row.text("full_name"), relation=row.text("relation"))
        person.phone = phone_of(row)
        client.representatives.append(person)
    for kind, state in pairs(entry, "documents").items():
        noted_on = client.registered_at.date()
        client.documents.append(Document(kind=DocumentKind(kind), state=DocumentState(state), noted_on=noted_on))


def circumstances_of(row: Entry) -> Circumstances:
    return Circumstances(
        from_on=row.day("from"), education=word(row, "education", Education),
        employment=word(row, "employment", Employment), workplace=maybe_text(row, "workplace"),
        family=word(row, "family", Family), dependants=number(row, "dependants"),
    )  # fmt: skip
