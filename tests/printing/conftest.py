"""Printing a template that is given as text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.printing.pdf import pdf


@pytest.fixture
def printed(app: Flask, tmp_path: Path) -> Callable[..., bytes]:
    app.jinja_loader.searchpath.append(str(tmp_path))  # type: ignore[union-attr]

    def print_text(template: str, rows: tuple[str, ...] = ("қадам",), **options: Any) -> bytes:
        name = f"{abs(hash(template))}.html"
        (tmp_path / name).write_text(template, encoding="utf-8")
        return pdf(name, "kk", rows=rows, **options)

    return print_text
