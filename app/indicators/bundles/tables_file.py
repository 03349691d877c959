"""A table of a release as CSV, and the codes of its dimensions as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from app.indicators.bundles.shape import LANGUAGES, Meta, Sheet
from app.indicators.tables import TOTAL, Dimension

INDICATOR, VALUE, STATUS = "indicator", "value", "obs_status"
TOTAL_NAME = {"kk": "Барлығы", "ru": "Всего", "en": "Total"}


def table_csv(sheet: Sheet) -> bytes:
    """A row for each figure: its codes, its indicator, its value (nothing when hidden) and its status."""
    head = (*(each.code for each in sheet.dimensions), INDICATOR, VALUE, STATUS)
    rows = (
        (*sheet.key(each), each.quantity, "" if each.value is None else each.value, each.obs_status)
        for each in sheet.figures
    )
    return written(head, rows)


def codes_csv(dimension: Dimension, meta: Meta) -> bytes:
    """A row for each code, and one for the total, with its names."""
    named = [(code, meta.category_name(dimension.code, code)) for code in dimension.categories]
    rows = ((code, *(name[one] for one in LANGUAGES)) for code, name in (*named, (TOTAL, TOTAL_NAME)))
    return written(("code", *LANGUAGES), rows)


def written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 without a mark, commas, a line feed at the end of each line."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()
