"""Paper: the same words give the same bytes, quickly, with small fonts and without the network."""

import os
import subprocess
import sys
import textwrap
from io import BytesIO

import pytest
from pypdf import PdfReader
from weasyprint.text import ffi

from app.printing.pdf import LetterMissing
from tests.printing.papers import PAPER

pytestmark = pytest.mark.one_engine


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
            print(sha256(pdf("one.html", "kk", rows=["қадам"])).hexdigest())
    """)
    (tmp_path / "one.html").write_text(PAPER, encoding="utf-8")

    def digest(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code, str(tmp_path)]
        return subprocess.run(run, env=environment, capture_output=True, check=True, text=True).stdout.split()[-1]

    assert digest("1") == digest("2") != ""


def test_paper_never_opens_an_address(printed, caplog):
    content = printed(PAPER.replace("<p>", '<img src="http://192.0.2.1/spy.png" alt=""><p>', 1))

    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert not PdfReader(BytesIO(content)).pages[0].images


def test_a_letter_that_no_font_has_stops_the_sheet_and_is_named(printed):
    """A reader would see an empty box. U+E000 is nobody's letter, so no font has it."""
    with pytest.raises(LetterMissing, match=r"U\+E000"):
        printed(PAPER.replace("Ұзақ", "Ұз\ue000ақ"))
    assert printed(PAPER)
