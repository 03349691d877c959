"""Paper: the same words give the same bytes, quickly, with small fonts and without the network."""

import os
import subprocess
import sys
import textwrap
from hashlib import sha256
from io import BytesIO

import pytest
from flask import Flask, render_template_string
from pypdf import PdfReader
from weasyprint.text import ffi

from app.printing import pdf as printing

PAPER = """{% extends "_layout/paper.html" %}
{% block title %}Қағаз{% endblock %}{% block mark %}№ 1{% endblock %}
{% block content %}<p>Ұзақ сөз: өң, һәм, ғұн, үкі, іні, қаң, әже</p>{% endblock %}"""


@pytest.fixture
def printed(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """Prints a template given as text."""

    def print_text(template: str) -> bytes:
        monkeypatch.setattr(printing, "render_template", lambda _name, **context: render_template_string(template, **context))
        return printing.pdf("any", "kk")

    return print_text


def test_fonts_are_cut_down_by_harfbuzz(printed):
    assert ffi.harfbuzz_subset is not None
    assert len(printed(PAPER)) < 40_000


def test_the_same_words_give_the_same_bytes_in_any_process(tmp_path):
    code = textwrap.dedent("""
        import sys, pathlib
        from hashlib import sha256
        from app import create_app
        from app.printing.pdf import pdf
        from tests.databases import TestConfig
        home = pathlib.Path(sys.argv[1])
        app = create_app(TestConfig(f"sqlite:///{home}/none.db", home))
        app.jinja_loader.searchpath.append(str(home))
        with app.test_request_context():
            print(sha256(pdf("one.html", "kk")).hexdigest())
    """)
    (tmp_path / "one.html").write_text(PAPER, encoding="utf-8")

    def digest(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code, str(tmp_path)]
        return subprocess.run(run, env=environment, capture_output=True, check=True, text=True).stdout.split()[-1]

    assert digest("1") == digest("2")
    assert len(digest("3")) == sha256().digest_size * 2


def test_paper_never_opens_an_address(printed, caplog):
    content = printed(PAPER.replace("<p>", '<img src="http://192.0.2.1/spy.png" alt=""><p>'))

    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert not PdfReader(BytesIO(content)).pages[0].images


def test_pages_are_numbered_and_marked(printed):
    pages = PdfReader(BytesIO(printed(PAPER.replace("<p>", "<p>сөз</p>" * 200 + "<p>")))).pages

    assert len(pages) > 1
    assert all("№ 1" in page.extract_text() for page in pages)
    assert all(str(number) in page.extract_text() for number, page in enumerate(pages, start=1))
