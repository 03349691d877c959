"""What needs SciPy or matplotlib, loaded when it is first asked for.

With their libraries they weigh half as much as all the rest of Qadam, in each process and at each start. A process
that shows no picture and works out no such figures never loads them.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, function: str) -> Callable[..., Any]:
    """A function that stands for one of a module which is only loaded when it is called."""

    def called(*what: Any, **named: Any) -> Any:
        return getattr(import_module(module), function)(*what, **named)

    return called
