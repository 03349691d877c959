"""Cut-offs of an instrument that came after it: files of their own, so that its questions need no new version.

A file places the same total in other bands from a day on, for everybody or for each sex apart (the cut-offs of one
instrument change by date, place and sex: LSI-R in Idaho before and after 23 July 2020).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from app.assessments.instrument import Instrument
from app.assessments.reading import InstrumentFault, Reader, parse
from app.assessments.section import Band, check_bands, read_bands
from app.assessments.vocabulary import Text, Use

KEYS = ("instrument", "instrument_version", "version", "valid_from", "reason")
OWN = 1  # the version of the cut-offs that an instrument brings itself


class Sex(StrEnum):
    """By the same words as in the room of clients."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Cutoffs:
    instrument_code: str
    instrument_version: int
    version: int  # from 2 on
    valid_from: date
    reason: Text  # why these and not the ones before
    bands: Mapping[Sex | None, tuple[Band, ...]]  # under None for everybody, else for both sexes
    digest: str  # sha256 of the text, 64 hexadecimal digits

    def group_of(self, sex: str) -> Sex | None:
        """Under which key the bands for a person stand."""
        return None if None in self.bands else Sex(sex)

    def on(self, instrument: Instrument, group: Sex | None) -> Instrument:
        """The instrument with these cut-offs in place of its own."""
        return replace(instrument, bands=self.bands[group])


def load_cutoffs(text: str) -> Cutoffs:
    """The cut-offs that a YAML text describes. Raises InstrumentFault with every fault, its place, line and reason."""
    read = Reader()
    fields = read.mapping(parse(text), "", KEYS, optional=("bands", "bands_by_sex"))
    if len(fields.keys() & {"bands", "bands_by_sex"}) != 1:
        read.note("", "has either bands or bands_by_sex")
    by_sex = read.mapping(fields.get("bands_by_sex"), "bands_by_sex", tuple(Sex)) if "bands_by_sex" in fields else {}
    bands: dict[Sex | None, tuple[Band, ...]] = {
        Sex(sex): read_bands(read, node, f"bands_by_sex.{sex}") for sex, node in by_sex.items()
    }
    if "bands" in fields:
        bands = {None: read_bands(read, fields["bands"], "bands")}
    cutoffs = Cutoffs(
        instrument_code=read.code(fields.get("instrument"), "instrument"),
        instrument_version=read.whole(fields.get("instrument_version"), "instrument_version", least=1),
        version=read.whole(fields.get("version"), "version", least=OWN + 1),
        valid_from=read.day(fields.get("valid_from"), "valid_from"),
        reason=read.text(fields.get("reason"), "reason"),
        bands=bands,
        digest=sha256(text.encode()).hexdigest(),
    )
    if read.faults:
        raise InstrumentFault(read.faults)
    return cutoffs


def check_against(cutoffs: Cutoffs, instrument: Instrument) -> None:
    """Raises InstrumentFault when the bands do not hold each total of the instrument once, or it has no level."""
    read = Reader()
    if instrument.use is not Use.ASSESSMENT:
        read.note("instrument", f"has no level: {instrument.code}")
    if cutoffs.valid_from < instrument.valid_from:
        read.note("valid_from", "is before the instrument itself")
    for group, bands in cutoffs.bands.items():
        check_bands(read, bands, instrument.maximum, f"bands_by_sex.{group}" if group else "bands")
    if read.faults:
        raise InstrumentFault(read.faults)
