"""A sheet is tagged for reading aloud (PDF/UA-1) and made to last (PDF/A-3u): read back with two other libraries.

No validator runs here; these are the points of both standards that the sheet touches, one by one.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, parse_content_stream
from pypdf import PdfReader

from app.printing.stamp import Stamp
from tests.printing.papers import PAPER

pytestmark = pytest.mark.one_engine
AT = datetime(2026, 3, 18, 6, tzinfo=UTC)
DATA = {"number": "№ 1", "on": date(2026, 3, 18), "goals": ["Тұрақты жұмыс"]}
ROOT = Path(__file__).parents[2]


PRINTED: list[bytes] = []


@pytest.fixture
def sheet(request) -> bytes:
    """One sheet of several pages, printed for the first test and read by them all."""
    if not PRINTED:
        stamp = Stamp("7KQM2XNP94RT", AT, "https://qadam.example.kz")
        printed = request.getfixturevalue("printed")
        PRINTED.append(printed(PAPER, rows=("ұзын қадам " * 30,) * 30, data=DATA, stamp=stamp))
    return PRINTED[0]


def elements(node: Any) -> Iterator[Any]:
    """The tree of tags in reading order."""
    yield node
    below = node.get("/K", Array())
    for child in below if isinstance(below, Array) else [below]:
        if isinstance(child, Dictionary):
            yield from elements(child)


def tags(node: Any) -> list[str]:
    return [str(one.S) for one in elements(node)]


def test_the_file_says_what_it_is(sheet):
    file = Pdf.open(BytesIO(sheet))
    metadata = file.Root.Metadata.read_bytes().decode()

    assert file.pdf_version == "1.7"
    assert file.Root.Lang == "kk"
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert (file.docinfo["/Title"], file.docinfo["/CreationDate"]) == ("Қағаз", "D:20260318060000Z")
    assert "/ID" in file.trailer
    assert "/Encrypt" not in file.trailer
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="U"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert metadata.index("pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/")
    with file.open_metadata() as read:
        assert read["dc:title"] == "Қағаз"
        assert read["pdfaid:part"] == "3"
        assert read["xmp:CreateDate"] == "2026-03-18T06:00:00Z"
    intent = file.Root.OutputIntents[0]
    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.read_bytes()[12:20] == b"mntrRGB "


def test_the_content_is_attached_as_data(sheet):
    file = Pdf.open(BytesIO(sheet))
    (attached,) = file.Root.AF

    assert attached.AFRelationship == Name.Data
    assert attached.UF == "content.json"
    assert attached.EF.F.Subtype == Name("/application/json")
    assert json.loads(attached.EF.F.read_bytes()) == DATA | {"on": "2026-03-18"}
    assert list(PdfReader(BytesIO(sheet)).attachments) == ["content.json"]


def test_everything_is_tagged_in_the_order_of_reading(sheet):
    file = Pdf.open(BytesIO(sheet))
    root = file.Root.StructTreeRoot
    found = tags(root.K[0])

    assert found[0] == "/Document"
    assert [tag for tag in found if re.match("/H[1-6]", tag)] == ["/H1", "/H2", "/H2"]
    assert found.count("/LI") == found.count("/Lbl") == found.count("/LBody") == 2
    heads = [one for one in elements(root.K[0]) if one.S == Name.TH]
    assert {str(one.A.Scope) for one in heads} == {"/Column", "/Row"}
    assert [str(one.A.Scope) for one in heads][-1] == "/Row"
    named = {str(one.ID): one.objgen for one in heads}
    tree = root.IDTree.Kids[0].Names
    assert {str(key): one.objgen for key, one in zip(tree[::2], tree[1::2], strict=True)} == named
    assert sorted(map(str, tree[::2])) == [str(key) for key in tree[::2]]
    cells = [one for one in elements(root.K[0]) if one.S == Name.TD]
    assert all(set(map(str, cell.A.Headers)) <= named.keys() and len(cell.A.Headers) for cell in cells)
    outline = PdfReader(BytesIO(sheet)).outline
    assert [outline[0].title, *(one.title for one in outline[1])] == ["Қағаз", "Сөз", "Кесте"]


def test_each_mark_on_a_page_is_read_or_set_apart(sheet):
    """What is drawn is in the tree, or an artifact: running heads, the code and the page are not read aloud."""
    file = Pdf.open(BytesIO(sheet))
    root = file.Root.StructTreeRoot
    reached = {one.objgen for one in elements(root.K[0])}
    assert len(file.pages) > 2
    for number, page in enumerate(file.pages):
        parents, depth, apart = root.ParentTree.Nums[number * 2 + 1], [], 0
        for operands, operator in parse_content_stream(page):
            match str(operator):
                case "BDC" if "/MCID" in operands[1]:
                    assert parents[int(operands[1].MCID)].objgen in reached
                    depth.append("read")
                case "BDC" | "BMC":
                    assert operands[0] == Name.Artifact
                    depth.append("artifact")
                    apart += 1
                case "EMC":
                    depth.pop()
                case "Tj" | "TJ" | "f" | "S" | "f*" | "B" | "Do":
                    assert depth, "drawn outside of any mark"
        assert apart > 2
        assert [str(image.Interpolate) for image in page.Resources.XObject.values()] == ["False"], "as PDF/A has it"
        assert page.Tabs == Name.S


def test_fonts_are_embedded_and_every_sign_can_be_copied(sheet):
    for page in PdfReader(BytesIO(sheet)).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in described["/FontDescriptor"]
            assert described["/CIDToGIDMap"] == "/Identity"
            assert "/ToUnicode" in font.get_object()


def test_the_margins_say_the_number_the_code_and_the_page(sheet):
    pages = [page.extract_text() for page in PdfReader(BytesIO(sheet)).pages]

    assert all("№ 1" in page and "7KQM-2XNP-94RT" in page and "qadam.example.kz/verify" in page for page in pages)
    assert all(re.search(rf"\b{number}\b.*\b{len(pages)}\b", page) for number, page in enumerate(pages, start=1))
    assert all("Қашан" in page for page in pages[:-1]), "the head of the table is repeated"
    assert "Қол қойылды" in pages[-1]
    assert "30" in pages[-1], "the signatures do not stand alone on a page"


def test_a_draft_is_marked_on_each_page_and_bears_no_code(printed):
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed(PAPER, ("сөз",) * 90, draft=True))).pages]

    assert len(pages) > 1
    assert all(page.upper().count("DRAFT") + page.upper().count("ЖОБА") >= 2 for page in pages)
    assert not any("verify" in page for page in pages)


def test_the_fonts_have_every_sign_of_our_own_texts():
    """A text that comes with Qadam never stops a sheet: the build fails instead."""
    sources = [*ROOT.glob("app/translations/*/*/*.po"), *ROOT.glob("app/**/*.yaml"), *ROOT.glob("templates/**/*.html")]
    signs = {sign for source in sources for sign in source.read_text(encoding="utf-8") if sign.isprintable()}
    fonts = Path("/usr/share/fonts/truetype")
    for family in ("PTF55F", "PTS55F"):
        files = (fonts / f"paratype/{family}.ttf", fonts / "dejavu/DejaVuSans.ttf")
        has = {sign for file in files for sign in TTFont(file).getBestCmap()}
        assert {sign for sign in signs if ord(sign) not in has} == set()
    letters = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя«»№–—…·"
    for family in ("PTF55F", "PTF75F", "PTS55F", "PTS75F"):
        has = set(TTFont(fonts / f"paratype/{family}.ttf").getBestCmap())
        assert {letter for letter in letters if ord(letter) not in has} == set(), family
