"""A release on paper: its tables, in one language, with names for codes."""

from collections.abc import Sequence
from typing import Any

from app.indicators.bundles.about import about, defined, heading
from app.indicators.bundles.grids import paper_grids
from app.indicators.bundles.shape import Meta, Sheet
from app.indicators.tables import Release
from app.printing.pdf import pdf
from app.web.languages import speaking


def paper(release: Release, sheets: Sequence[Sheet], meta: Meta, language: str) -> bytes:
    """The PDF of the tables. Raises LetterMissing (app.printing.pdf) when no font has a letter of a code."""
    with speaking(language):
        what: dict[str, Any] = {
            "official": bool(meta.period),
            "titles": meta.titles,
            "rows": about(release, meta)[1:],
            "grids": [grid for sheet in sheets for grid in paper_grids(sheet, meta)],
            "definitions": [(heading(each), defined(each)) for each in meta.definitions],
        }
    return pdf("indicators/bundles/figures_paper.html", language, **what)
