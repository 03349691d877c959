"""Answers that cannot all be true: an instrument's checks, and what an officer is told."""

from pathlib import Path

import pytest

from app.assessments import library
from app.assessments.completing import complete
from app.assessments.instrument import load_instrument
from app.assessments.outcome import contradictions
from app.clients.models import NotPossible
from app.clock import now, today
from tests.factories.assessments import CONCLUSION, answer, make_assessment

CHECKS = """\
checks:
  - refuse_when: {all: [{equal: [past, "yes"]}, {equal: [{points: free_time}, 0]}]}
    reason: {kk: к, ru: р, en: Both cannot be true.}
"""
CHECKED = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8") + CHECKS


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"past": "yes", "idle": "no"}, ["Both cannot be true."]),
        ({"past": "some", "idle": "no"}, []),
        ({"past": "yes", "idle": "yes"}, []),
        ({"past": "yes"}, []),  # nothing is known of free time yet
        ({}, []),
    ],
)
def test_a_check_speaks_once_everything_it_asks_about_is_known(answers, found):
    assert [text["en"] for text in contradictions(load_instrument(CHECKED), answers)] == found


def test_contradicting_answers_cannot_be_concluded_from(app, tmp_path, monkeypatch):
    (tmp_path / "small-2.yaml").write_text(CHECKED, encoding="utf-8")
    monkeypatch.setattr(library, "FOLDERS", [tmp_path])
    assessment = answer(make_assessment(), past="yes")

    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(NotPossible, match="Both cannot"):
        complete(assessment, CONCLUSION, by=assessment.started_by, on=today(), at=now())

    answer(assessment, past="some")
    assert complete(assessment, CONCLUSION, by=assessment.started_by, on=today(), at=now())
