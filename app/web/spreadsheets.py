"""Tables as CSV that a spreadsheet opens as they are: in UTF-8, and with nothing in them that it would run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
MARK = "\ufeff"  # without it Excel takes UTF-8 for something else

Value = str | float | int | None


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The whole file. An empty value is left empty; a text that looks like a formula gets an apostrophe before it."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return MARK + file.getvalue()


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Response:
    """The same to be kept under a name, which tells nothing of a person."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(as_csv(head, rows), mimetype="text/csv", headers=headers)


def harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
