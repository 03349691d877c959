"""What of this room needs SciPy or matplotlib, and is loaded late."""

from collections.abc import Callable
from typing import Any

from app.assessments.validation.tables import Table
from app.web.heavy import late

examine: Callable[..., dict[str, Any]] = late("app.assessments.validation.examination", "examine")
report: Callable[..., list[Table]] = late("app.assessments.validation.report", "report")
