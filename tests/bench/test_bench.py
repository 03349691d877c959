"""The benchmarks run and say what they should; how fast is no matter for a test."""

import json

import pytest

from bench.__main__ import main
from bench.pages import PAGES


def test_every_page_is_measured_against_its_floor(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    assert main(["--clients", "200", "--repeats", "2"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in lines] == [f"{page}-sqlite" for page in PAGES]
    for line in lines:
        assert set(line) == {"name", "n", "value", "unit", "floor", "ratio"}
        assert (line["n"], line["unit"]) == (200, "ms")
        assert line["value"] > 0 < line["floor"]


def test_a_benchmark_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "caseload" in capsys.readouterr().err
