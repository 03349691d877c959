"""Regions and offices as the reference files tell them, checked before anything is loaded."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from zoneinfo import available_timezones

from app.offices.reading import Entry, Texts, ends_after_start, read_entries, refuse_twice, settle

HERE = Path(__file__).parent / "reference"
KATO = re.compile(r"[0-9]{9}")


@dataclass(frozen=True, slots=True)
class RegionName:
    """A name that a region bore from a day on, until the next one."""

    valid_from: date
    texts: Texts


@dataclass(frozen=True, slots=True)
class Region:
    """A region of KATO's top level, valid from a day (inclusive) to a day (exclusive).

    ``successors`` took over all of its land, or, where the region goes on, a part. Where ``sure`` is false, ``doubt``
    says what has to be checked against the text of the law.
    """

    code: str
    valid_from: date
    valid_to: date | None
    names: tuple[RegionName, ...]
    successors: tuple[str, ...]
    sure: bool
    doubt: str


@dataclass(frozen=True, slots=True)
class Office:
    code: str
    names: Texts
    region_code: str
    is_rural: bool
    time_zone: str
    valid_from: date
    valid_to: date | None


def read_regions(path: Path = HERE / "regions.yaml") -> tuple[Region, ...]:
    """All regions in the order of the file; raise BadReference with every fault and its place."""
    faults: list[str] = []
    entries = read_entries(path, "regions", faults)
    regions = tuple(map(region_of, entries))
    refuse_twice([(entry, region.code) for entry, region in zip(entries, regions, strict=True)])
    codes = {region.code for region in regions}
    for entry, region in zip(entries, regions, strict=True):
        for code in region.successors:
            if code not in codes or code == region.code:
                entry.note(f"names {code}, which is no other region", "successors")
    settle(faults)
    return regions


def region_of(entry: Entry) -> Region:
    region = Region(
        code=entry.text("code"),
        valid_from=(valid_from := entry.day("valid_from")),
        valid_to=entry.day_or_none("valid_to"),
        names=tuple(map(name_of, entry.entries("names"))),
        successors=tuple(map(str, entry.take("successors", list, []))) if "successors" in entry.rest else (),
        sure=(sure := entry.flag("sure")),
        doubt=entry.doubt(sure),
    )
    if not KATO.fullmatch(region.code):
        entry.note("is not nine digits in quotes", "code")
    ends_after_start(entry, valid_from, region.valid_to)
    if region.names and region.names[0].valid_from != valid_from:
        entry.note("do not begin with the region", "names")
    if any(later.valid_from <= earlier.valid_from for earlier, later in pairwise(region.names)):
        entry.note("are not in the order of their days", "names")
    entry.end()
    return region


def name_of(entry: Entry) -> RegionName:
    name = RegionName(entry.day("valid_from"), entry.texts())
    entry.end()
    return name


def read_offices(path: Path = HERE / "offices.yaml", regions: tuple[Region, ...] | None = None) -> tuple[Office, ...]:
    """All offices in the order of the file, each in a region that existed when it opened; or raise BadReference."""
    faults: list[str] = []
    entries = read_entries(path, "offices", faults)
    offices = tuple(map(office_of, entries))
    refuse_twice([(entry, office.code) for entry, office in zip(entries, offices, strict=True)])
    places = {region.code: region for region in regions or read_regions()}
    for entry, office in zip(entries, offices, strict=True):
        region = places.get(office.region_code)
        if region is None or not existed(region, office.valid_from):
            entry.note("is no region of that day", "region")
    settle(faults)
    return offices


def existed(region: Region, day: date) -> bool:
    return region.valid_from <= day and (region.valid_to is None or day < region.valid_to)


def office_of(entry: Entry) -> Office:
    office = Office(
        code=entry.text("code"),
        names=entry.texts("names"),
        region_code=entry.text("region"),
        is_rural=entry.flag("rural"),
        time_zone=entry.text("time_zone"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.day_or_none("valid_to"),
    )
    if office.time_zone not in available_timezones():
        entry.note("is no zone of the IANA database", "time_zone")
    ends_after_start(entry, office.valid_from, office.valid_to)
    entry.end()
    return office
