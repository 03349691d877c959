"""What of this room needs SciPy or matplotlib, and is loaded late."""

from collections.abc import Callable

from app.indicators.tables import Release
from app.web.heavy import late

protect: Callable[..., Release] = late("app.indicators.suppression", "protect")
publish: Callable[..., Release] = late("app.indicators.publication", "publish")
draw: Callable[..., str] = late("app.indicators.charts", "draw")
