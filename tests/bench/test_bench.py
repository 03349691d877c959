"""The benchmarks run and say what they should; how fast is no matter for a test."""

import json

import pytest

from bench.__main__ import main
from bench.pages import PAGES

SCORING = ("scoring-adult-community", "scoring-ogrs3")
MORE = ("indicators", "indicators-own-sql", "indicators-reading", "print", "signals")
PROTECTING = ("protect-linked", "protect-full")
SMALL = {"region": 10, "sex": 2, "stage": 3, "age": 2}  # instead of the 640 cells, which take minutes
SIZES = {"signals-sqlite": 150, "print-sqlite": 4} | dict.fromkeys(SCORING, 50) | dict.fromkeys(PROTECTING, 1)


def test_every_page_and_the_signals_are_measured_against_their_floors(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr("bench.protecting.SIZES", SMALL)
    assert main(["--clients", "200", "--cases", "150", "--scorings", "50", "--sheets", "4", "--repeats", "2"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = [line["name"] for line in lines]
    pages = sorted(f"{name}-sqlite" for name in (*PAGES, *MORE))
    assert (tuple(names[:2]), tuple(names[2:4]), sorted(names[4:])) == (SCORING, PROTECTING, pages)
    for line in lines:
        assert set(line) >= {"name", "n", "value", "unit", "floor", "ratio"}
        assert line["unit"] == (
            "sheets/s" if line["name"].startswith("print") else "s" if line["name"] in PROTECTING else "ms"
        )
        assert line["n"] >= SIZES.get(line["name"], 200)
        assert line["value"] > 0 < line["floor"]


def test_a_benchmark_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "caseload" in capsys.readouterr().err
