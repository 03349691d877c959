"""A report on paper: two sheets, one in Kazakh and one in Russian, with one number and one date."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.plan.reports import heavy
from app.plan.reports.pictures import bars_of, in_percent
from app.printing.pdf import pdf

LANGUAGES = ("kk", "ru")  # a document speaks one language
TEMPLATE = "plan/reports/paper.html"


def sheet(  # noqa: PLR0913 – what stands on the sheet, and how it is to be printed
    content: Mapping[str, Any],
    language: str,
    number: str,
    on: date,
    because: Mapping[str, str] | None = None,
    *,
    draft: bool = False,
) -> bytes:
    """The report as a PDF in one language, with its content attached. Raises LetterMissing."""
    return pdf(TEMPLATE, language, data=content, draft=draft, content=content, number=number, on=on, because=because)


def picture_on_paper(indicator: Mapping[str, Any], name: str) -> str:
    """The same picture as on the screen, in ink, as an address that needs no other file."""
    drawn = heavy.drawn(bars_of(indicator, name), "paper", in_percent(indicator))
    return "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()
