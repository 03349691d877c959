"""What of this room needs SciPy, matplotlib or openpyxl, and is loaded late."""

from collections.abc import Callable
from typing import Any

from app.indicators.tables import Release
from app.web.heavy import late

alternatives: Callable[..., list[Any]] = late("app.indicators.alternatives", "alternatives")
prepare: Callable[..., Any] = late("app.indicators.suppression", "prepare")
protect: Callable[..., Release] = late("app.indicators.suppression", "protect")
draw: Callable[..., str] = late("app.indicators.charts", "draw")
audit: Callable[..., Any] = late("app.indicators.bundles.findings", "audit")
workbook: Callable[..., bytes] = late("app.indicators.bundles.workbook", "workbook")
