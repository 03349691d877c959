"""The facts behind a bundle, for whoever has them: the true number of each figure, to be set beside its interval."""

import csv
from collections import Counter
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from app.indicators.bundles.reading import INDICATOR, MOST, ONLY, WHOLE, Bundle, Unreadable
from app.indicators.tables import TOTAL

COUNT = "count"


class Truth:
    """``number`` of an indicator at a key of dimensions and codes; a dimension that is left out is summed."""

    def __init__(self, columns: tuple[str, ...], counted: Mapping[tuple[str, ...], int], bundle: Bundle) -> None:
        self.columns, self.counted, self.groups = columns, counted, bundle.groups
        self.sums: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}

    def number(self, indicator: str, key: Mapping[str, str]) -> int:
        wanted = {name: code for name, code in key.items() if code != TOTAL}
        used = tuple(name for name in self.columns if name in wanted)
        places = [self.columns.index(name) for name in used]
        if used not in self.sums:
            self.sums[used] = Counter()
            for (of, *codes), number in self.counted.items():
                self.sums[used][of, *(codes[place] for place in places)] += number
        cells: list[tuple[str, ...]] = [(indicator,)]
        for name in used:
            members = self.groups.get(name, {}).get(wanted[name], (wanted[name],))
            cells = [(*cell, member) for cell in cells for member in members]
        return sum(self.sums[used][cell] for cell in cells)


def read_truth(path: Path, bundle: Bundle) -> Truth:
    """A CSV with ``count``, a column for each dimension, and ``indicator`` if there are several. Raises Unreadable."""
    try:
        text = path.read_text("utf-8-sig")
        separator = max(",;\t", key=text.lstrip().partition("\n")[0].count)
        lines = csv.reader(StringIO(text), delimiter=separator, strict=True)
        head, *rows = [[field.strip() for field in row] for row in lines if any(map(str.strip, row))] or [[]]
    except (OSError, ValueError, csv.Error) as fault:
        raise Unreadable([f"{path} cannot be read as CSV in UTF-8."]) from fault
    columns = tuple(name for name in head if name not in (COUNT, INDICATOR))
    lacking = [name for name in (*bundle.dimensions, COUNT) if name not in head]
    if lacking or len(set(head)) < len(head):
        raise Unreadable(
            [f"{path.name} has no column “{each}”." for each in lacking] or [f"{path.name}: a column twice."]
        )
    indicators = {line.indicator for line in bundle.lines}
    only = indicators.pop() if len(indicators) == 1 else ONLY
    counted: Counter[tuple[str, ...]] = Counter()
    for number, row in enumerate(rows, start=2):
        fields = dict(zip(head, row, strict=False))
        count = fields.get(COUNT, "").strip()
        if len(row) != len(head) or not WHOLE.fullmatch(count) or len(count) > len(str(MOST)):
            raise Unreadable([f"{path.name}, row {number}: “{count[:40]}” is no whole number of nought or more."])
        of = fields.get(INDICATOR) or only
        counted[of, *(fields[name].strip() for name in columns)] += int(count.partition(".")[0])
    return Truth(columns, counted, bundle)
