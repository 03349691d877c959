import re
from datetime import date
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest

from app.assessments import library
from app.assessments.vocabulary import Stage
from tests.assessments.answering import ADULT, TEXT

ROOT = Path(__file__).parents[2]
MINISTRY = TEXT.replace("code: adult-community", "code: ministry-90", 1)
# A published instrument never changes: what was scored under it must score the same for ever.
# A correction is a new file with the next version, and one more line here.
PUBLISHED = {
    "acute-1": "089be8463eeb0669cd1b2bd1c7d1b6b3211034c7a2a9ab53083c68dc4f7350c5",
    "adult-community-1": "3c362d5c73ef115638183c78a4233d1c88ad403253e3b64ad888ff64a92c1b74",
    "minors-1": "037541d6392c8add6a7d5313e46d41bebbafcaf1ed8d85e62de807a96cf00aa7",
    "pre-release-1": "1fc501e54668035ee2828224bb187c96d66d221eaac04519c56c67f5353014f6",
    "pre-trial-screen-1": "b16c148138e08b924d5dc955084d5690e0c7c88a3d71b58751d9040ea9dc24fb",
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


def test_nobody_finds_an_instrument_before_the_age_of_14():
    assert all(library.fitting(13, stage, date(2026, 11, 20)) is None for stage in Stage)


@pytest.fixture
def brought(tmp_path, monkeypatch):
    """A function that puts a text into the installation's folder under a name."""
    monkeypatch.setattr(library, "FOLDERS", [library.FOLDER])
    folder = tmp_path / "instruments"
    folder.mkdir()

    def put(text, name="ministry-90-1.yaml"):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return put


def test_an_instrument_of_the_installation_goes_before_the_products_own(brought):
    library.read_also(brought(MINISTRY))

    assert library.fitting(18, Stage.SENTENCE, date(2026, 11, 20)).code == "ministry-90"
    assert library.find("ministry-90", 1).maximum == ADULT.maximum
    assert library.of(record_of(ADULT)) == ADULT


def test_before_it_is_in_force_the_products_own_is_used(brought):
    library.read_also(brought(re.sub(r"valid_from: .*", "valid_from: 2027-01-01", MINISTRY)))

    assert library.fitting(18, Stage.SENTENCE, date(2026, 12, 31)) == ADULT
    assert library.fitting(18, Stage.SENTENCE, date(2027, 1, 1)).code == "ministry-90"


def test_an_installation_without_the_folder_has_the_products_own(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "FOLDERS", [library.FOLDER])
    library.read_also(tmp_path / "instruments")

    assert set(library.shelf()) == set(library.shelf(library.FOLDER))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (MINISTRY.replace("kind: static", "kind: statik", 1), r"line 39, sections\[0\].kind is not one of static"),
        (MINISTRY.replace("version: 1", "version: 0", 1), r"line 8, version is less than 1"),
        ("a: [", "instruments/ministry-90-1.yaml is not an instrument: line 2, is not YAML"),
        ("", "instruments/ministry-90-1.yaml is not an instrument: is empty."),
        (b"\xff\xfe\x00", "instruments/ministry-90-1.yaml is not an instrument: it is not text in UTF-8."),
        (TEXT, "instruments holds adult-community, version 1, which the product brings itself"),
    ],
)
def test_a_file_that_cannot_be_offered_is_refused_in_one_sentence(brought, text, sentence):
    with pytest.raises(library.InstrumentRefused, match=sentence) as refused:
        library.read_also(brought(text))

    assert "\n" not in str(refused.value)
    assert library.FOLDERS == [library.FOLDER]


def test_two_files_of_one_version_are_refused(brought):
    brought(MINISTRY, "ministry-90-1.yaml")

    with pytest.raises(library.InstrumentRefused, match=r"second.yaml repeats ministry-90, version 1"):
        library.read_also(brought(MINISTRY + "# mended", "second.yaml"))


def test_a_faulty_file_stops_the_start_with_its_sentence(brought, tmp_path, monkeypatch, capsys):
    brought(MINISTRY.replace("kind: static", "kind: statik", 1))
    monkeypatch.setenv("QADAM_HOME", str(tmp_path))

    with pytest.raises(SystemExit) as stopped:
        run_path(str(ROOT / "wsgi.py"))

    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said.startswith("instruments/ministry-90-1.yaml is not an instrument: line 39,")
    assert said.count("\n") == 1
