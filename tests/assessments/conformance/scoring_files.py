"""The instruments that only test the engine, and what comes out of them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.assessments.calculation.evaluation import AnswersRefused
from app.assessments.instrument import Instrument, load_instrument
from app.assessments.outcome import outcome

FIXTURES = Path(__file__).parent.parent / "instruments"


@cache
def fixture(name: str) -> Instrument:
    return load_instrument((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))


def told(name: str, answers: Mapping[str, object]) -> dict[str, Any]:
    """All that is told about the answers."""
    return outcome(fixture(name), answers).to_json()


def scores_of(name: str, answers: Mapping[str, object]) -> dict[str, tuple[Any, str | None]]:
    """Value and level by score."""
    return {score: (one["value"], one["level"]) for score, one in told(name, answers)["scores"].items()}


def steps_of(name: str, answers: Mapping[str, object]) -> dict[str, Any]:
    return {step["name"]: step["value"] for step in told(name, answers)["steps"]}


def reasons_against(name: str, answers: Mapping[str, object]) -> list[str]:
    with pytest.raises(AnswersRefused) as caught:
        outcome(fixture(name), answers)
    return list(caught.value.reasons)
