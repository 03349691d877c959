"""Keeping the catalogue: naming, changing, closing and opening again, each by somebody at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.access.models import User
from app.assistance.models import Service
from app.clients.models import NotPossible
from app.offices.partners import Organisation

Record = Service | Organisation


@dataclass(frozen=True, slots=True)
class Ending:
    """From which day on something is not there any more, why, and who says so when."""

    on: date
    because: str
    by: User
    at: datetime


def touch(record: Record, by: User, at: datetime) -> None:
    """From now on the record is this catalogue's, and no longer the reference file's."""
    record.kept_by_id, record.kept_at = by.id, at


def close(record: Record, ending: Ending) -> None:
    """End it, with the reason. It stays in the catalogue's history."""
    if record.valid_to is not None:
        raise NotPossible(_("This has ended already."))
    if ending.on <= record.valid_from:
        raise NotPossible(_("It cannot end before it began. Enter a later date."))
    end(record, ending, ending.on)


def close_organisation(organisation: Organisation, services: Iterable[Service], ending: Ending) -> None:
    """End an organisation and whatever it still gives."""
    close(organisation, ending)
    for service in services:
        if service.valid_to is None or service.valid_to > ending.on:
            end(service, ending, max(ending.on, service.valid_from + timedelta(days=1)))


def end(record: Record, ending: Ending, on: date) -> None:
    record.valid_to, record.closed_because = on, ending.because
    touch(record, ending.by, ending.at)


def reopen(record: Record, by: User, at: datetime) -> None:
    """Undo an end: it was closed by mistake, or is there again."""
    if record.valid_to is None:
        raise NotPossible(_("This has not ended."))
    if isinstance(record, Service) and record.organisation.valid_to is not None:
        raise NotPossible(_("The organisation itself has ended. Open the organisation again first."))
    record.valid_to = record.closed_because = None
    touch(record, by, at)
