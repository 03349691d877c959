"""Putting the reference files into the database: regions, their names, offices. As often as one likes."""

from sqlalchemy import select

from app.db import db
from app.offices.models import Office, Region, RegionName
from app.seeds.reference_files import read_offices, read_regions
from app.web.languages import LANGUAGES


def load() -> None:
    """Add what is missing and mend what differs; nothing is ever taken away."""
    load_regions()
    load_offices()
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
