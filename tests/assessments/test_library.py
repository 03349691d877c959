import re
from datetime import date
from types import SimpleNamespace

import pytest

from app.assessments import library
from app.assessments.vocabulary import Stage
from tests.assessments.answering import ADULT, TEXT

# A published instrument never changes: what was scored under it must score the same for ever.
# A correction is a new file with the next version, and one more line here.
PUBLISHED = {
    "acute-1": "089be8463eeb0669cd1b2bd1c7d1b6b3211034c7a2a9ab53083c68dc4f7350c5",
    "adult-community-1": "3c362d5c73ef115638183c78a4233d1c88ad403253e3b64ad888ff64a92c1b74",
}


def record_of(instrument, digest=None):
    return SimpleNamespace(
        instrument_code=instrument.code,
        instrument_version=str(instrument.version),
        instrument_digest=digest or instrument.digest,
    )


def test_the_published_instruments_are_the_ones_that_were_published():
    assert {f"{code}-{version}": one.digest for (code, version), one in library.shelf().items()} == PUBLISHED


def test_an_instrument_is_found_by_the_wording_that_a_record_names():
    assert library.of(record_of(ADULT)) == ADULT


def test_a_file_changed_under_the_same_version_is_an_error(tmp_path):
    (tmp_path / "adult-community-1.yaml").write_text(TEXT + "\n# mended\n")

    with pytest.raises(library.InstrumentLost, match="was changed"):
        library.of(record_of(ADULT), tmp_path)


def test_a_lost_file_is_an_error(tmp_path):
    with pytest.raises(library.InstrumentLost, match="adult-community-1"):
        library.of(record_of(ADULT), tmp_path)


def test_the_newest_version_in_force_is_offered(tmp_path):
    for version, start in ((1, "2026-01-01"), (2, "2026-06-01"), (10, "2027-01-01")):
        text = re.sub(r"valid_from: .*", f"valid_from: {start}", TEXT.replace("version: 1", f"version: {version}", 1))
        (tmp_path / f"adult-community-{version}.yaml").write_text(text)

    def versions(on):
        return [one.version for one in library.offered(on, tmp_path)]

    assert versions(date(2025, 12, 31)) == []
    assert versions(date(2026, 5, 31)) == [1]
    assert versions(date(2026, 6, 1)) == [2]
    assert versions(date(2027, 1, 1)) == [10]


def test_the_instrument_on_offer_fits_age_and_stage():
    day = date(2026, 11, 20)

    assert library.fitting(18, Stage.SENTENCE, day) == ADULT
    assert library.fitting(17, Stage.SENTENCE, day) is None
    assert library.fitting(40, Stage.PRE_TRIAL, day) is None
