"""docs/open-data.md describes what the bundles hold, and no more."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.indicators.bundles.commands import MOST_ON_PAPER, OUTSIDE, protect, release
from app.indicators.bundles.facts_file import MOST_CELLS
from app.indicators.bundles.files import files_of
from app.indicators.bundles.package import FILE
from app.indicators.bundles.shape import FORMAT, Earlier
from app.indicators.unknowns import MOST_CELLS as MOST_PROTECTED
from tests.applications import application
from tests.indicators.bundles.frozen import protected

pytestmark = pytest.mark.one_engine
GUIDE = (Path(__file__).parents[3] / "docs" / "open-data.md").read_text(encoding="utf-8")
STANDARD = {"name", "title", "created", "licenses", "resources"}


def keys_in(heading):
    """The keys that a table of the guide names in its first column, and in a row those of one entry."""
    table = GUIDE.partition(heading)[2].partition("\n\n")[2].partition("\n\n")[0].splitlines()[2:]
    return [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table], [re.findall(r"`(\w+)`", row) for row in table]


@pytest.fixture(scope="module")
def package():
    meta = replace(OUTSIDE, earlier=(Earlier("2026H1", "2026H1", 0),))
    with application().app_context():
        return json.loads(files_of(protected(), meta, ())[FILE])


def test_every_key_is_described(package):
    beside, _ = keys_in("Beside the keys of the standard")
    block, rows = keys_in("The block `qadam`:")

    assert {key for keys in beside for key in keys} == package.keys() - STANDARD
    assert {key for keys in block for key in keys} == package["qadam"].keys()
    entries = {keys[0]: set(row[1:]) for keys, row in zip(block, rows, strict=True)}
    for name in ("dimensions", "quantities", "tables", "earlier", "files"):
        assert entries[name] == package["qadam"][name][0].keys()


def test_numbers_and_options_are_those_of_the_code():
    assert f"| `format` | {FORMAT} |" in GUIDE
    assert f"{MOST_ON_PAPER:,} figures" in GUIDE
    assert f"Up to {MOST_CELLS:,} unknown cells" in GUIDE
    assert MOST_CELLS == MOST_PROTECTED
    options = {
        option
        for command in (protect, release)
        for each in command.params
        for option in (*each.opts, *each.secondary_opts)
    }
    assert {option for option in options if option.startswith("--")} == set(re.findall(r"--[a-z][a-z-]*", GUIDE)) - {
        "--facts",
        "--with",
    }
