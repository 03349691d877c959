"""Putting the reference files into the database: regions, offices, services. As often as one likes."""

from sqlalchemy import select

from app.assistance.catalogue.naming import give_names
from app.assistance.models import Service
from app.db import db
from app.offices.models import Office, Region, RegionName
from app.offices.partners import Organisation, Valid
from app.seeds import reference_services as partners
from app.seeds.reference_files import read_offices, read_regions
from app.web.languages import LANGUAGES


def load() -> None:
    """Add what is missing and mend what differs; nothing is ever taken away."""
    load_regions()
    load_offices()
    load_services()
    db.session.commit()


def load_regions() -> None:
    known = {region.code: region for region in db.session.scalars(select(Region))}
    for entry in read_regions():
        region = known.get(entry.code) or Region(code=entry.code)
        region.valid_from, region.valid_to = entry.valid_from, entry.valid_to
        names = {name.valid_from: name for name in region.names}
        for spelled in entry.names:
            name = names.get(spelled.valid_from) or RegionName(valid_from=spelled.valid_from)
            name.kk, name.ru, name.en = (spelled.texts[code] for code in LANGUAGES)
            if name not in region.names:
                region.names.append(name)
        db.session.add(region)
    db.session.flush()


def load_offices() -> None:
    known = {office.code: office for office in db.session.scalars(select(Office))}
    for entry in read_offices():
        office = known.get(entry.code) or Office(code=entry.code)
        office.region_code, office.is_rural, office.time_zone = entry.region_code, entry.is_rural, entry.time_zone
        office.valid_from, office.valid_to = entry.valid_from, entry.valid_to
        office.kk, office.ru, office.en = (entry.names[code] for code in LANGUAGES)
        db.session.add(office)
    db.session.flush()


def load_services() -> None:
    """Partner organisations with their services; what somebody changed on a page stays as it was changed."""
    organisations = {row.code: row for row in db.session.scalars(select(Organisation))}
    services = {row.code: row for row in db.session.scalars(select(Service))}
    for entry in partners.read_organisations():
        organisation = organisations.get(entry.code) or Organisation(code=entry.code)
        if organisation.kept_at is None:
            fill_organisation(organisation, entry)
        for inner in entry.services:
            service = services.get(inner.code) or Service(code=inner.code, organisation=organisation)
            if service.kept_at is None:
                fill_service(service, inner)
            db.session.add(service)
        db.session.add(organisation)
    db.session.flush()


def fill_organisation(row: Organisation, entry: partners.Organisation) -> None:
    give_names(row, entry.names)
    row.kind, row.region_code = entry.kind, entry.region_code
    row.address, row.phone, row.email = entry.address, entry.phone, entry.email
    fill_span(row, entry.span)


def fill_service(row: Service, entry: partners.Service) -> None:
    give_names(row, entry.names)
    row.direction, row.answer_working_days = entry.direction, entry.answer_working_days
    row.about_kk, row.about_ru, row.about_en = (entry.about[code] for code in LANGUAGES)
    fill_span(row, entry.span)


def fill_span(row: Valid, span: partners.Span) -> None:
    row.valid_from, row.valid_to, row.closed_because = span.valid_from, span.valid_to, span.closed_because
