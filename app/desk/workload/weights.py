"""Reading the file of weights: refused with every fault and its place."""

from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from app.desk.workload.points import Weight, When
from app.offices.reading import Entry, ends_after_start, read_entries, settle

FILE = Path(__file__).with_name("weights.yaml")
MOST = 100  # points for one thing: more is a slip of the finger
CHOSEN = {When.STAGE, When.BASIS, When.LEVEL}


@cache
def weights(path: Path = FILE) -> tuple[Weight, ...]:
    """All weights in the order of the file. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    entries = read_entries(path, "weights", faults)
    found = tuple(read_weight(entry) for entry in entries)
    for (_entry, one), (entry, other) in combinations(zip(entries, found, strict=True), 2):
        if one.code == other.code and meet(one, other):
            entry.note(f"holds on days on which another {one.code} holds", "valid_from")
    settle(faults)
    return found


def weights_on(day: date) -> tuple[Weight, ...]:
    """The weights that hold on a day."""
    return tuple(weight for weight in weights() if weight.holds_on(day))


def read_weight(entry: Entry) -> Weight:
    when = entry.one_of("when", tuple(When)) or When.CASE.value
    count = entry.take("points", int, 0)
    if not 0 < count <= MOST:
        entry.note(f"is not between 1 and {MOST}", "points")
    start, end = entry.day("valid_from"), entry.day_or_none("valid_to")
    ends_after_start(entry, start, end)
    which = entry.text("is") if when in CHOSEN else ""
    known = When(when) if when in set(When) else When.CASE
    found = Weight(entry.text("code"), known, which, count, entry.texts("text"), start, end)
    entry.end()
    return found


def meet(one: Weight, other: Weight) -> bool:
    return one.valid_from < (other.valid_to or date.max) and other.valid_from < (one.valid_to or date.max)
