"""A release as a spreadsheet, in the language spoken: the numbers of its tables, and nothing that would be run."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from app.indicators.bundles.grids import Grid, grid_of
from app.indicators.bundles.packing import packed
from app.indicators.bundles.shape import Meta, Sheet
from app.web.languages import text_in
from app.web.spreadsheets import harmless

LONGEST_NAME = 31  # of a sheet, as Excel has it
NARROW, WIDE = 14, 28  # characters of a column
MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def workbook(sheets: Sequence[Sheet], meta: Meta, about: Sequence[tuple[str, str]]) -> bytes:
    """A sheet of words and a sheet for each table. A hidden figure is a word, never an empty cell or a nought."""
    book = Workbook(write_only=True)
    first = book.create_sheet(_("About"))
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = WIDE, 4 * WIDE
    for name, words in about:
        first.append([_cell(first, name, bold=True), _cell(first, words)])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name.removeprefix("table-")[:LONGEST_NAME].strip("-")), grid_of(sheet, meta))
    book.properties.creator, book.properties.title = "Qadam", text_in(meta.titles)
    file = BytesIO()
    book.save(file)
    return timeless(file.getvalue(), f"{meta.created.isoformat() if meta.created else '1980-01-01'}T00:00:00Z")


def _fill(sheet: Any, grid: Grid) -> None:
    sheet.freeze_panes = f"{chr(ord('A') + min(grid.labels, 25))}2"
    for place, _word in enumerate(grid.head):
        sheet.column_dimensions[chr(ord("A") + min(place, 25))].width = WIDE if place < grid.labels else NARROW
    sheet.append([_cell(sheet, word, bold=True) for word in grid.head])
    for row in grid.rows:
        sheet.append([harmless(value) for value in row])


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, harmless(text))
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
    return cell


def timeless(content: bytes, moment: str) -> bytes:
    """The same workbook without the time of its writing."""
    with ZipFile(BytesIO(content)) as found:
        return packed(
            {name: MOMENTS.sub(rb"\g<1>" + moment.encode(), found.read(name)) for name in _in_order(found.namelist())}
        )


def _in_order(names: Iterable[str]) -> list[str]:
    """As office programs write them: what the file holds comes first."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
