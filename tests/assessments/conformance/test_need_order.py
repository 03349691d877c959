"""Ten areas of need come in the documented order: group, linkage, distance from the threshold, alphabet."""

from dataclasses import replace
from itertools import islice, permutations

import pytest

from app.assessments.needs import Group, Linkage, order_needs
from app.assessments.scoring import score
from app.assessments.section import Band, Item, Option, Section
from app.assessments.vocabulary import Kind, Level, Text
from tests.assessments.answering import ADULT

pytestmark = pytest.mark.one_engine

TEXT = Text("к", "р", "e")
HARM, REOFFENDING, BOTH = Linkage(harm=True), Linkage(reoffending=True), Linkage(harm=True, reoffending=True)
# Items of 0 to 2 points, threshold, points here (None: could not be found out; -1: an item is not answered), linkage.
AREAS = {
    "accommodation": (4, 2, 3, REOFFENDING),
    "alcohol": (4, 4, 8, REOFFENDING),
    "attitudes": (4, 2, 2, BOTH),
    "drugs": (5, 2, 10, Linkage()),
    "education_work": (4, 3, 2, BOTH),
    "emotional": (3, 2, None, HARM),
    "finance": (3, 2, None, Linkage()),
    "lifestyle": (3, 2, 1, BOTH),
    "relationships": (3, 2, -1, Linkage()),
    "thinking": (4, 4, 8, REOFFENDING),
}
IN_ORDER = [
    ("relationships", Group.INCOMPLETE),
    ("attitudes", Group.HIGH_SCORING),  # linked to both, though it only reaches its threshold
    ("alcohol", Group.HIGH_SCORING),  # reoffending, 4 above; before thinking by the alphabet
    ("thinking", Group.HIGH_SCORING),
    ("accommodation", Group.HIGH_SCORING),  # reoffending, 1 above
    ("drugs", Group.HIGH_SCORING),  # 8 above, but linked to nothing
    ("education_work", Group.LOW_SCORING),  # both, 1 below; before lifestyle by the alphabet
    ("lifestyle", Group.LOW_SCORING),
    ("emotional", Group.NO_SCORE),  # harm
    ("finance", Group.NO_SCORE),
]


def section(code):
    items, threshold, *_ = AREAS[code]
    options = tuple(Option(f"p{points}", TEXT, points) for points in range(3))
    bands = (Band(Level.LOW, 0, threshold - 1), Band(Level.MEDIUM, threshold, 2 * items - 1))
    return Section(
        code=code,
        kind=Kind.DYNAMIC,
        name=TEXT,
        explanation=TEXT,
        items=tuple(Item(f"{code}_{number}", TEXT, TEXT, options, may_be_unknown=True) for number in range(items)),
        bands=(*bands, Band(Level.HIGH, 2 * items, 2 * items)),
    )


def needs_of(codes):
    instrument = replace(ADULT, sections=tuple(map(section, codes)), bands=(), allow_unknown=0)
    answers, unknown = {}, []
    for code in codes:
        items, _, points, _ = AREAS[code]
        names = [f"{code}_{number}" for number in range(items)]
        if points is None:
            unknown += names
        elif points < 0:
            answers |= dict.fromkeys(names[1:], "p2")
        else:
            answers |= {name: f"p{min(2, max(0, points - 2 * at))}" for at, name in enumerate(names)}
    return order_needs(instrument, score(instrument, answers, unknown), {code: AREAS[code][3] for code in codes})


def test_ten_areas_come_in_the_documented_order():
    assert [(need.domain_code, need.group) for need in needs_of(AREAS)] == IN_ORDER


def test_the_order_does_not_depend_on_the_order_in_the_instrument():
    for codes in islice(permutations(AREAS), 0, 3_000_000, 60_000):
        assert [(need.domain_code, need.group) for need in needs_of(codes)] == IN_ORDER
