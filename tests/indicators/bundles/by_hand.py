"""Bundles written by hand: any table as it is typed, whoever may have made it."""

import csv
import io
import json
from pathlib import Path

from app.indicators.bundles.findings import audit
from app.indicators.bundles.reading import read_bundle

COUNT = {"code": "count", "within": None, "shown_with": None, "unit": 1, "dims": None, "at": []}


def bundle(to: Path, *tables: str, about: dict | None = None, **package) -> Path:
    """A directory with the tables (words between blanks, ``.`` for an empty field) and their package."""
    to.mkdir(parents=True, exist_ok=True)
    resources = []
    for number, table in enumerate(tables, start=1):
        lines = [[word if word != "." else "" for word in line.split()] for line in table.strip().splitlines()]
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(lines)
        (to / f"table-{number}.csv").write_text(written.getvalue(), "utf-8")
        resources.append({"name": f"table-{number}", "path": f"table-{number}.csv"})
    package = {"name": to.name, "resources": resources} | package | ({"qadam": about} if about else {})
    (to / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return to


def audited(folder: Path, *earlier: Path):
    return audit(read_bundle(folder, 5), [read_bundle(each, 5) for each in earlier])


def intervals(found) -> dict:
    """``{(codes of the key): (low, high)}`` of the hidden figures."""
    return {tuple(each["key"].values()): (each["low"], each["high"]) for each in found.hidden}
