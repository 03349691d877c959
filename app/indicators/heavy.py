"""What needs SciPy or matplotlib, loaded when it is first asked for.

With their libraries they weigh half as much as all the rest of Qadam, in each process and at each start. A process
that shows no picture and freezes no figures never loads them.
"""

from importlib import import_module
from typing import Any

from app.indicators.tables import Release


def publish(*what: Any) -> Release:
    """As ``publication.publish``."""
    return import_module("app.indicators.publication").publish(*what)


def draw(*what: Any) -> str:
    """As ``charts.draw``."""
    return import_module("app.indicators.charts").draw(*what)
