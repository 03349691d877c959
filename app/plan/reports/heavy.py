"""What of the reports needs matplotlib or openpyxl, and is loaded late."""

from collections.abc import Callable
from functools import lru_cache

from app.indicators import heavy
from app.indicators.wording import Bar
from app.web.heavy import late

workbook: Callable[..., bytes] = late("app.plan.reports.spreadsheet", "workbook")


@lru_cache(maxsize=512)
def drawn(bars: tuple[Bar, ...], theme: str, in_percent: bool) -> str:
    """The picture of the bars; the public page shows the same few again and again."""
    return heavy.draw(bars, theme) if in_percent else heavy.draw(bars, theme, False)
