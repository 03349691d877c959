"""Cut-offs that come after an instrument: read from files of their own, and never for what was begun before."""

from datetime import date
from pathlib import Path

import pytest

from app.assessments import library
from app.assessments.completing import standing
from app.assessments.cutoffs import load_cutoffs
from app.assessments.instrument import InstrumentFault
from app.clients.vocabulary import Sex
from app.db import db
from tests.factories.assessments import answer, make_assessment, make_completed
from tests.factories.people import make_case, make_client

ADULT = library.find("adult-community", 1)
LATER = date(2026, 11, 1)
BY_SEX = """\
instrument: adult-community
instrument_version: 1
version: 2
valid_from: 2026-11-01
reason: {kk: к, ru: р, en: Outcomes of the first year}
bands_by_sex:
  male: [{level: low, first: 0, last: 9}, {level: medium, first: 10, last: 40}, {level: high, first: 41, last: 61}]
  female: [{level: low, first: 0, last: 0}, {level: medium, first: 1, last: 40}, {level: high, first: 41, last: 61}]
"""


def fault_of(text: str) -> str:
    with pytest.raises(InstrumentFault) as caught:
        load_cutoffs(text)
    return str(caught.value)


@pytest.fixture
def bring(tmp_path, monkeypatch):
    """Put a file of cut-offs into the installation's folder and read it."""
    monkeypatch.setattr(library, "FOLDERS", [library.FOLDER])

    def brought(text: str) -> Path:
        folder = tmp_path / f"instruments-{len(list(tmp_path.iterdir()))}"
        (folder / library.CUTOFFS).mkdir(parents=True)
        (folder / library.CUTOFFS / "adult-community-1-2.yaml").write_text(text, encoding="utf-8")
        library.read_also(folder)
        return folder

    return brought


@pytest.mark.one_engine
def test_cutoffs_hold_from_their_day_on_and_leave_the_questions_alone(bring):
    bring(BY_SEX)
    cutoffs = library.cutoffs_in_force(ADULT, LATER)

    assert library.cutoffs_in_force(ADULT, date(2026, 10, 31)) is None
    assert cutoffs.version == 2
    assert cutoffs.on(ADULT, cutoffs.group_of(Sex.FEMALE)).level_at(1) == "medium"
    assert cutoffs.on(ADULT, cutoffs.group_of(Sex.MALE)).level_at(1) == "low"
    assert cutoffs.on(ADULT, cutoffs.group_of(Sex.MALE)).sections == ADULT.sections


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BY_SEX.replace("last: 9}", "last: 11}"), "overlaps: starts at 10, not at 12"),
        (BY_SEX.replace("last: 9}", "last: 8}"), "leaves a gap: starts at 10, not at 9"),
        (BY_SEX.replace("last: 61}", "last: 60}"), "ends at 60, but the most points possible are 61"),
        (BY_SEX.replace("instrument_version: 1", "instrument_version: 7"), "is not on the shelf: adult-community-7"),
        (BY_SEX.replace("2026-11-01", "2020-11-01"), "is before the instrument itself"),
        (BY_SEX.replace("version: 2", "version: 1"), "is less than 2"),
    ],
)
def test_cutoffs_that_do_not_fit_their_instrument_are_refused(bring, text, reason):
    with pytest.raises(library.InstrumentRefused, match=reason):
        bring(text)

    assert library.FOLDERS == [library.FOLDER]


@pytest.mark.one_engine
def test_cutoffs_are_for_everybody_or_for_each_sex():
    both = BY_SEX + "bands: [{level: low, first: 0, last: 1}]\n"

    assert "has either bands or bands_by_sex" in fault_of(both)
    assert "lacks the key: female" in fault_of(BY_SEX[: BY_SEX.index("  female")])


def test_an_assessment_keeps_the_cutoffs_under_which_it_was_begun(app, bring):
    woman = make_case(client=make_client(sex=Sex.FEMALE))
    before = answer(make_completed(woman) and make_assessment(woman), earlier_convictions="one")
    points = standing(before).points
    bring(BY_SEX)
    after = answer(make_assessment(make_case(client=make_client(sex=Sex.FEMALE))), earlier_convictions="one")
    db.session.expire_all()

    assert points == standing(after).points > 0
    assert (before.cutoffs_version, standing(before).level) == (None, "low")
    assert (after.cutoffs_version, after.cutoffs_sex, standing(after).level) == (2, "female", "medium")


def test_an_assessment_under_cutoffs_that_were_changed_since_is_not_scored_otherwise(app, bring):
    bring(BY_SEX)
    assessment = answer(make_assessment())
    bring(BY_SEX.replace("last: 9}", "last: 8}").replace("first: 10", "first: 9"))

    with pytest.raises(library.InstrumentLost):
        standing(assessment)
