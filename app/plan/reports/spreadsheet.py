"""A report as a spreadsheet: the same numbers as on its page and its sheets, and nothing in it that would be run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.plan.reports.vocabulary import LACKS, Section
from app.plan.reports.wording import period_named, title_of, written
from app.plan.vocabulary import Standing
from app.web.languages import text_in
from app.web.spreadsheets import Value, harmless

NARROW, WIDE = 14, 60  # characters of a column
SHORT = 18  # a longer text asks for a wide column


def workbook(content: Mapping[str, Any], number: str, at: datetime) -> bytes:
    """The report in the language spoken. A hidden figure is an empty cell with the status Q beside it, as in SDMX."""
    book = Workbook()
    first: Any = book.active
    book.remove(first)
    for name, head, rows in (
        (_("Report"), (_("What"), _("Words")), report_rows(content, number)),
        (_("Figures"), head_of_totals(), total_rows(content)),
        (_("Groups"), head_of_groups(), group_rows(content)),
        (_("Measures"), head_of_measures(), measure_rows(content)),
        (_("Words of the bodies"), head_of_words(), word_rows(content)),
    ):
        fill(book.create_sheet(name), head, rows)
    book.properties.creator, book.properties.title = "Qadam", title_of(content)
    book.properties.created = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def fill(sheet: Worksheet, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet.append([str(word) for word in head])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, column in enumerate(sheet.iter_cols(), start=1):
        longest = max((len(str(cell.value)) for cell in column[1:] if cell.value is not None), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if longest > SHORT else NARROW
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.data_type == "f":  # a text is a text, whatever it begins with
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


def report_rows(content: Mapping[str, Any], number: str) -> Iterator[Sequence[Value]]:
    yield _("Report"), title_of(content)
    yield _("Number"), number
    yield _("Plan"), text_in(content["plan"]["name"])
    for text in content["texts"]:
        found = written(text)
        yield str(Section(text["section"]).label), found[1] if found else None
    for lack in content["lacks"]:
        yield _("Missing"), lacking(content, lack)
    for source in content["sources"]:
        yield _("Figures of %(period)s", period=period_named(source["period"])), f"SHA-256 {source['sha256']}"


def lacking(content: Mapping[str, Any], lack: Mapping[str, Any]) -> str:
    return _(
        "%(period)s, %(lack)s: %(bodies)s.",
        period=period_named(lack["period"]),
        lack=LACKS[Standing(lack["standing"])],
        bodies=", ".join(text_in(content["bodies"][code]) for code in lack["bodies"]),
    )


def head_of_totals() -> Sequence[str]:
    return (
        _("Code"), _("Indicator"), _("Version"), _("Half-year"), _("Counted"), _("Of"), _("Figure"), _("Unit"),
        _("Status"),
    )  # fmt: skip


def head_of_groups() -> Sequence[str]:
    return (
        _("Code"), _("Indicator"), _("Cut"), _("Group"), _("Name of the group"), _("Half-year"), _("Counted"), _("Of"),
        _("Figure"), _("Status"),
    )  # fmt: skip


def head_of_measures() -> Sequence[str]:
    return (
        _("Number"), _("Measure"), _("Convening body"), _("Other bodies"), _("Form of completion"), _("Due on"),
        _("State"), _("Indicators"),
    )  # fmt: skip


def head_of_words() -> Sequence[str]:
    return _("Half-year"), _("Number"), _("Body"), _("State"), _("Words"), _("Evidence"), _("Accepted on")


def total_rows(content: Mapping[str, Any]) -> Iterator[Sequence[Value]]:
    for each in content["indicators"]:
        for period, version, value in zip(each["periods"], each["versions"], each["totals"], strict=True):
            if value is not None:
                counted, of, figure, status = cells(each, value)
                yield each["code"], text_in(each["name"]), version, period, counted, of, figure, each["unit"], status


def group_rows(content: Mapping[str, Any]) -> Iterator[Sequence[Value]]:
    for each in content["indicators"]:
        for cut in each["cuts"]:
            for line in cut["lines"]:
                for period, value in zip(each["periods"], line["values"], strict=True):
                    if value is not None:
                        yield (
                            each["code"], text_in(each["name"]), text_in(cut["name"]), line["code"],
                            text_in(line["name"]), period, *cells(each, value),
                        )  # fmt: skip


def cells(indicator: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[Value, Value, Value, str]:
    figure = value["count"] if indicator["unit"] == "count" else value["rate"]
    return value["count"], value["of"], None if value["hidden"] else figure, "Q" if value["hidden"] else "A"


def measure_rows(content: Mapping[str, Any]) -> Iterator[Sequence[Value]]:
    for each in content["measures"]:
        others = ", ".join(text_in(content["bodies"][code]) for code in each["with"])
        yield (
            each["no"], text_in(each["text"]), text_in(content["bodies"][each["lead"]]), others, text_in(each["form"]),
            each["due"], text_in(each["state"]["name"]), ", ".join(each["indicators"]),
        )  # fmt: skip


def word_rows(content: Mapping[str, Any]) -> Iterator[Sequence[Value]]:
    for each in content["measures"]:
        for words in each["words"]:
            found = written(words)
            yield (
                words["period"], each["no"], text_in(content["bodies"][words["body"]]), text_in(words["state"]["name"]),
                found[1] if found else None, "\n".join(words["evidence"]), words["accepted_on"],
            )  # fmt: skip
