"""The demonstration office as a filling of databases: made once for all workers of a run, by a clock that stands."""

import pytest

from app.seeds import demo, reference_data
from tests.stopped_clock import StoppedClock


def demonstration_office() -> None:
    with pytest.MonkeyPatch.context() as standing:
        standing.setattr("app.clock.source", StoppedClock())
        reference_data.load()
        demo.load()
