"""The instruments on offer: read from their files once, found by code and version, and checked by digest.

Besides the product's own there is a folder of the installation, for instruments that the service brings itself.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar, runtime_checkable

from app.assessments.cutoffs import Cutoffs, Sex, check_against, load_cutoffs
from app.assessments.instrument import Fault, Instrument, InstrumentFault, load_instrument
from app.assessments.vocabulary import Stage, Use

FOLDER = Path(__file__).parent / "instruments"
CUTOFFS = "cutoffs"  # the folder beside the instruments for cut-offs that came after them
FOLDERS = [FOLDER]  # all that is read, the most preferred first; set once, when the application starts
MOST_FAULTS = 20  # said at once about a file; a file with more is better read beside the format's description


class Named(Protocol):
    """A record that says under which wording of which instrument it was made."""

    instrument_code: str
    instrument_version: str
    instrument_digest: str


@runtime_checkable
class Placed(Protocol):
    """A record that says by which cut-offs its level was found, where these came after the instrument."""

    cutoffs_version: int | None
    cutoffs_sex: str | None
    cutoffs_digest: str | None


class InstrumentLost(LookupError):
    """The very wording that an assessment was made under is not there: its file is gone, or was changed since.

    A published file never changes; a correction is a new file with the next version.
    """


class InstrumentRefused(ValueError):
    """A file on the shelf cannot be offered; the message is one sentence with its name, the lines and the reasons."""


def read_also(folder: Path) -> None:
    """Offer an installation's instruments too, before the product's own where both fit somebody.

    The folder may be missing. Raises InstrumentRefused for a file that is no instrument, or that repeats a code and
    version of the product's own.
    """
    repeated = _read(folder).keys() & _read(FOLDER).keys() if _read(folder) else ()
    for code, version in sorted(repeated):
        raise InstrumentRefused(
            f"{folder.name} holds {code}, version {version}, which the product brings itself:"
            " give it a code of its own."
        )
    _read_cutoffs(folder)
    FOLDERS[:] = [folder, FOLDER]


def shelf(folder: Path | None = None) -> Mapping[tuple[str, int], Instrument]:
    """Every instrument by code and version, of one folder or of all. Raises InstrumentRefused for a faulty one."""
    together = dict(item for one in ([folder] if folder else FOLDERS) for item in _read(one).items())
    return MappingProxyType(together)


@cache
def _read(folder: Path) -> Mapping[tuple[str, int], Instrument]:
    found: dict[tuple[str, int], Instrument] = {}
    for path in sorted(folder.glob("*.yaml")):
        instrument = _from_file(path, load_instrument)
        key = (instrument.code, instrument.version)
        if key in found:
            raise InstrumentRefused(
                f"{folder.name}/{path.name} repeats {instrument.code}, version {instrument.version}, of another file:"
                " give it the next version."
            )
        found[key] = instrument
    return MappingProxyType(found)


Loaded = TypeVar("Loaded")


def _from_file(path: Path, load: Callable[[str], Loaded]) -> Loaded:
    name = f"{path.parent.name}/{path.name}"
    try:
        return load(path.read_text(encoding="utf-8"))
    except InstrumentFault as fault:
        reasons = "; ".join(map(_with_line, fault.faults[:MOST_FAULTS]))
        raise InstrumentRefused(f"{name} is not an instrument: {reasons}.") from fault
    except UnicodeDecodeError as error:
        raise InstrumentRefused(f"{name} is not an instrument: it is not text in UTF-8.") from error
    except OSError as error:
        raise InstrumentRefused(f"{name} cannot be read: {error.strerror}.") from error


def _with_line(fault: Fault) -> str:
    words = f"{fault.place} {fault.reason}".strip()
    return f"line {fault.line}, {words}" if fault.line else words


def find(code: str, version: int, folder: Path | None = None) -> Instrument:
    """Raises InstrumentLost when there is no such file."""
    instrument = shelf(folder).get((code, version))
    if instrument is None:
        raise InstrumentLost(f"{code}-{version} is not among the instruments")
    return instrument


def of(record: Named, folder: Path | None = None) -> Instrument:
    """The instrument of a record with its cut-offs, to the letter.

    Raises InstrumentLost when a file of theirs is gone or was changed.
    """
    instrument = find(record.instrument_code, int(record.instrument_version), folder)
    if instrument.digest != record.instrument_digest:
        raise InstrumentLost(f"{instrument.code}-{instrument.version} was changed after it had been used")
    if not isinstance(record, Placed) or record.cutoffs_version is None:
        return instrument
    cutoffs = next((one for one in cutoffs_of(instrument, folder) if one.version == record.cutoffs_version), None)
    if cutoffs is None or cutoffs.digest != record.cutoffs_digest:
        raise InstrumentLost(f"cut-offs {record.cutoffs_version} of {instrument.code} are gone or were changed")
    return cutoffs.on(instrument, Sex(record.cutoffs_sex) if record.cutoffs_sex else None)


def cutoffs_of(instrument: Instrument, folder: Path | None = None) -> tuple[Cutoffs, ...]:
    """The cut-offs that came after an instrument, oldest first. Raises InstrumentRefused for a faulty file."""
    found = [one for place in ([folder] if folder else FOLDERS) for one in _read_cutoffs(place)]
    of_it = [
        one for one in found if (one.instrument_code, one.instrument_version) == (instrument.code, instrument.version)
    ]
    return tuple(sorted(of_it, key=lambda one: (one.valid_from, one.version)))


def cutoffs_in_force(instrument: Instrument, on: date, folder: Path | None = None) -> Cutoffs | None:
    """The newest cut-offs in force on a day; None where the instrument's own still hold."""
    return next((one for one in reversed(cutoffs_of(instrument, folder)) if one.valid_from <= on), None)


@cache
def _read_cutoffs(folder: Path) -> tuple[Cutoffs, ...]:
    found: dict[tuple[str, int, int], Cutoffs] = {}
    for path in sorted((folder / CUTOFFS).glob("*.yaml")):
        cutoffs = _from_file(path, lambda text: _checked_cutoffs(text, folder))
        key = (cutoffs.instrument_code, cutoffs.instrument_version, cutoffs.version)
        if key in found:
            raise InstrumentRefused(f"{CUTOFFS}/{path.name} repeats the version of another file: give it the next one.")
        found[key] = cutoffs
    return tuple(found.values())


def _checked_cutoffs(text: str, beside: Path) -> Cutoffs:
    cutoffs = load_cutoffs(text)
    for folder in (beside, FOLDER):
        instrument = _read(folder).get((cutoffs.instrument_code, cutoffs.instrument_version))
        if instrument:
            check_against(cutoffs, instrument)
            return cutoffs
    code = f"{cutoffs.instrument_code}-{cutoffs.instrument_version}"
    raise InstrumentFault([Fault("instrument", f"is not on the shelf: {code}")])


def offered(on: date, folder: Path | None = None, use: Use = Use.ASSESSMENT) -> tuple[Instrument, ...]:
    """The newest version in force of each instrument for a use on a day, the installation's own first."""
    in_force = [one for one in shelf(folder).values() if one.use is use and one.valid_from <= on]
    newest = {one.code: one for one in sorted(in_force, key=lambda one: one.version)}
    return tuple(newest[code] for code in dict.fromkeys(one.code for one in in_force))


def fitting(
    age: int, stage: Stage, on: date, folder: Path | None = None, use: Use = Use.ASSESSMENT
) -> Instrument | None:
    """The instrument for somebody of an age (full years) at a stage; None when none applies."""
    return next((one for one in offered(on, folder, use) if one.applies_to(age, stage)), None)
