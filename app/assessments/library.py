"""The instruments on offer: read from their files once, found by code and version, and checked by digest."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from app.assessments.instrument import Instrument, load_instrument
from app.assessments.vocabulary import Stage, Use

FOLDER = Path(__file__).parent / "instruments"


class Named(Protocol):
    """A record that says under which wording of which instrument it was made."""

    instrument_code: str
    instrument_version: str
    instrument_digest: str


class InstrumentLost(LookupError):
    """The very wording that an assessment was made under is not there: its file is gone, or was changed since.

    A published file never changes; a correction is a new file with the next version.
    """


@cache
def shelf(folder: Path = FOLDER) -> Mapping[tuple[str, int], Instrument]:
    """Every instrument of a folder by code and version. Raises InstrumentFault when one of them is faulty."""
    loaded = (load_instrument(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml")))
    return MappingProxyType({(instrument.code, instrument.version): instrument for instrument in loaded})


def find(code: str, version: int, folder: Path = FOLDER) -> Instrument:
    """Raises InstrumentLost when there is no such file."""
    instrument = shelf(folder).get((code, version))
    if instrument is None:
        raise InstrumentLost(f"{code}-{version} is not among the instruments")
    return instrument


def of(record: Named, folder: Path = FOLDER) -> Instrument:
    """The instrument of a record, to the letter. Raises InstrumentLost when its file is gone or was changed."""
    instrument = find(record.instrument_code, int(record.instrument_version), folder)
    if instrument.digest != record.instrument_digest:
        raise InstrumentLost(f"{instrument.code}-{instrument.version} was changed after it had been used")
    return instrument


def offered(on: date, folder: Path = FOLDER, use: Use = Use.ASSESSMENT) -> tuple[Instrument, ...]:
    """The newest version in force of each instrument for a use on a day."""
    newest: dict[str, Instrument] = {}
    for instrument in sorted(shelf(folder).values(), key=lambda one: one.version):
        if instrument.use is use and instrument.valid_from <= on:
            newest[instrument.code] = instrument
    return tuple(newest.values())


def fitting(age: int, stage: Stage, on: date, folder: Path = FOLDER, use: Use = Use.ASSESSMENT) -> Instrument | None:
    """The instrument for somebody of an age (full years) at a stage; None when none applies."""
    return next((one for one in offered(on, folder, use) if one.applies_to(age, stage)), None)
