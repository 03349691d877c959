"""Partner organisations and their services as the reference file tells them, checked before anything is loaded."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.assistance.vocabulary import Direction
from app.offices.partners import OrganisationKind
from app.offices.reading import Entry, Texts, ends_after_start, read_entries, refuse_twice, settle
from app.seeds.reference_files import HERE, Region, read_regions

MOST_DAYS = 120  # working days for an answer: more is a slip of the finger


@dataclass(frozen=True, slots=True)
class Span:
    """From a day (inclusive) to a day (exclusive), and why it ended."""

    valid_from: date
    valid_to: date | None
    closed_because: str | None


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    direction: Direction
    names: Texts
    about: Texts
    answer_working_days: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Organisation:
    code: str
    kind: OrganisationKind
    region_code: str
    names: Texts
    address: str
    phone: str
    email: str | None
    span: Span
    services: tuple[Service, ...]


def read_organisations(
    path: Path = HERE / "services.yaml", regions: tuple[Region, ...] | None = None
) -> tuple[Organisation, ...]:
    """All organisations in the order of the file, each in a known region; raise BadReference with every fault."""
    faults: list[str] = []
    entries = read_entries(path, "organisations", faults)
    places = {region.code for region in regions or read_regions()}
    inner: list[tuple[Entry, str]] = []
    found = tuple(organisation_of(entry, inner) for entry in entries)
    refuse_twice([(entry, one.code) for entry, one in zip(entries, found, strict=True)])
    refuse_twice(inner)
    for entry, one in zip(entries, found, strict=True):
        if one.region_code not in places:
            entry.note("is no region", "region")
    settle(faults)
    return found


def organisation_of(entry: Entry, inner: list[tuple[Entry, str]]) -> Organisation:
    kind = entry.one_of("kind", tuple(OrganisationKind))
    parts = entry.entries("services")
    services = tuple(map(service_of, parts))
    inner.extend((part, one.code) for part, one in zip(parts, services, strict=True))
    organisation = Organisation(
        code=entry.text("code"),
        kind=OrganisationKind(kind) if kind in set(OrganisationKind) else OrganisationKind.NGO,
        region_code=entry.text("region"),
        names=entry.texts("names"),
        address=entry.text("address"),
        phone=entry.text("phone"),
        email=entry.text("email") if "email" in entry.rest else None,
        span=span_of(entry),
        services=services,
    )
    entry.end()
    return organisation


def service_of(entry: Entry) -> Service:
    direction = entry.one_of("direction", tuple(Direction))
    days: int | None = None
    if "answer_working_days" in entry.rest:
        days = entry.take("answer_working_days", int, 1)
        if not 0 < (days or 0) <= MOST_DAYS:
            entry.note(f"is not a number from 1 to {MOST_DAYS}", "answer_working_days")
    service = Service(
        code=entry.text("code"),
        direction=Direction(direction) if direction in set(Direction) else Direction.LEGAL,
        names=entry.texts("names"),
        about=entry.texts("about"),
        answer_working_days=days,
        span=span_of(entry),
    )
    entry.end()
    return service


def span_of(entry: Entry) -> Span:
    start, end = entry.day("valid_from"), entry.day_or_none("valid_to")
    ends_after_start(entry, start, end)
    because = entry.text("closed_because") if "closed_because" in entry.rest else None
    if (end is None) != (because is None):
        entry.note("and closed_because are given together or not at all", "valid_to")
    return Span(start, end, because)
