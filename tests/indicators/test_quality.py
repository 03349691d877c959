"""Notes on the data: told by released figures alone, and hidden with them."""

import pytest

from app.indicators.quality import quality_notes
from app.indicators.tables import Dimension, Figure, Quantity, Release, Table
from app.web.languages import speaking

pytestmark = pytest.mark.one_engine
DIMENSIONS = (Dimension("level", ("low", "none")), Dimension("sex", ("female", "male")))


def released(**numbers) -> Release:
    """Totals of quantities; ``unassessed`` is the register at the level none."""
    figures = [Figure("register", ("none", "_T"), numbers.pop("unassessed", None))]
    figures += [Figure(code, ("_T", "_T"), number) for code, number in numbers.items()]
    quantities = tuple(Quantity(code) for code in ("register", "I-03.able"))
    return Release(DIMENSIONS, (Table((), ("register",)),), quantities, 5, tuple(figures))


@pytest.mark.parametrize(
    ("code", "numbers", "said"),
    [
        ("I-08", {"unassessed": 123}, "123 people on the register are not assessed yet"),
        ("I-08", {}, "How many people are not assessed yet is hidden"),
        ("I-03", {"register": 1069, "I-03.able": 757}, "312 people on the register are left out"),
        ("I-03", {"register": 1069, "I-03.able": None}, "How many people are left out"),
        ("I-03", {"register": None, "I-03.able": 757}, "How many people are left out"),
        ("I-09", {}, "does not name institutions"),
        ("I-10", {}, "did not consent"),
    ],
)
def test_what_is_missing_is_said_only_as_far_as_it_is_released(app, code, numbers, said):
    with speaking("en"):
        (note,) = quality_notes(code, released(**numbers))
    assert said in note


def test_an_indicator_of_which_nothing_is_missing_has_no_note(app):
    assert quality_notes("I-13", released()) == []
