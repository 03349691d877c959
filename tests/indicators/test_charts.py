"""The picture says what the table says, in the same bytes each time, for either theme."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.indicators.charts import THEMES, draw
from app.indicators.wording import Bar

BARS = [
    Bar("Көктоғай ауданының пробация қызметі", 62.5, "62,5 %", heading="Ақмола"),
    Bar('Әйелдер <және> "ерлер" & басқалар', None, "жасырылған"),
    Bar("барлығы", 100.0, "100,0 %", is_total=True),
]


def words(picture: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314


def bars(picture: str, theme: str) -> int:
    colours = THEMES[theme]
    return len(re.findall(rf'fill="(?:{colours["bar"]}|{colours["total"]})"', picture))


@pytest.mark.parametrize("theme", THEMES)
def test_the_same_lines_give_the_same_bytes(theme):
    assert draw(BARS, theme) == draw(BARS, theme)


def test_every_word_is_text_in_its_own_letters():
    said = words(draw(BARS, "light"))

    for bar in BARS:
        assert bar.label in said
        assert bar.said in said
    assert "Ақмола" in said


def test_what_is_hidden_has_no_bar():
    assert bars(draw(BARS, "light"), "light") == 2
    assert bars(draw(BARS[1:2], "light"), "light") == 0


def test_a_picture_tells_no_time_and_no_maker():
    picture = draw(BARS, "dark")

    assert "<dc:date>" not in picture
    assert "matplotlib.org" not in picture.lower()


def test_a_picture_has_no_styles_which_the_headers_forbid():
    assert "style" not in draw(BARS, "light").replace("font-style", "")


def test_colours_are_those_of_the_page():
    tokens = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text()
    light, dark = tokens.split("prefers-color-scheme: dark", 1)
    names = {"ink": "ink", "soft": "ink-soft", "line": "line", "bar": "control-fill", "total": "line-strong"}

    for theme, part in (("light", light), ("dark", dark)):
        for name, token in names.items():
            assert f"--{token}: {THEMES[theme][name]};" in part


def test_a_long_name_takes_more_lines():
    long = "Служба пробации района с очень длинным названием, которое не помещается на одной строке картинки"
    said = words(draw([Bar(long, 10.0, "10,0 %")], "light"))

    assert long not in said
    assert " ".join(line for line in said if line in long) == long
