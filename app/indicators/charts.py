"""Drawing bars as SVG: the same lines give the same bytes. Only this module knows matplotlib, without its pyplot."""

import logging
import re
from collections.abc import Sequence
from io import StringIO
from textwrap import wrap

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from app.indicators.wording import Bar

# The browser sets the text in its own fonts; ours only measure it, so a missing one is no matter.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
rcParams.update(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "qadam",
        "font.family": ["PT Sans", "sans-serif"],
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": 9.5,  # points; 12.7 pixels of the picture
    }
)

WIDTH = 4.2  # inches: 403 pixels, so that the text stays readable on a telephone
LINE = 0.2  # inches a line of text takes
BAR = 0.16
GAP = 0.12
FOOT = 0.3
REST = 1.32  # the axis in hundreds of per cent: room for the words beside a full bar
SAID = 20  # on that axis: the room of the words
LETTERS = 48  # of a label on one line
MARKS = (0, 25, 50, 75, 100)

STYLE = re.compile(r'style="([^"]*)"')
STYLE_SHEET = re.compile(r"<style.*?</style>", re.DOTALL)  # how lines join, which no bar shows

# As in static/css/tokens.css, and for paper that may be printed or copied without colours.
THEMES = {
    "light": {"ink": "#17262b", "soft": "#4c5b61", "line": "#dcdad3", "bar": "#0b6a71", "total": "#76848a"},
    "dark": {"ink": "#e7ecea", "soft": "#adb9bb", "line": "#2d3b40", "bar": "#23868a", "total": "#7c8d92"},
    "paper": {"ink": "#000000", "soft": "#333333", "line": "#bbbbbb", "bar": "#444444", "total": "#888888"},
}


def draw(bars: Sequence[Bar], theme: str, in_percent: bool = True) -> str:
    """The picture as SVG on nothing, for a page of that theme or for paper. Raises KeyError for an unknown theme.

    ``in_percent`` marks the axis; otherwise the bars are only as long as each other.
    """
    colours = THEMES[theme]
    height = sum(height_of(bar) for bar in bars) + FOOT
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0.0, FOOT / height, 1.0, 1 - FOOT / height))
    set_up(axes, height - FOOT, colours, MARKS if in_percent else ())
    top = 0.0
    for bar in bars:
        draw_bar(axes, bar, top, colours, MARKS if in_percent else ())
        top += height_of(bar)
    file = StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return without_styles(file.getvalue())


def without_styles(picture: str) -> str:
    """The same picture with attributes in place of styles, which the headers of our answers forbid."""
    return STYLE.sub(lambda found: attributes(found[1]), STYLE_SHEET.sub("", picture))


def attributes(style: str) -> str:
    pairs = (part.split(":", 1) for part in style.split(";") if part.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in pairs)


def height_of(bar: Bar) -> float:
    lines = len(wrapped(bar.label)) + (len(wrapped(bar.heading)) if bar.heading else 0)
    return lines * LINE + BAR + GAP + (GAP if bar.heading else 0)


def set_up(axes: Axes, height: float, colours: dict[str, str], places: Sequence[int]) -> None:
    """An axis in per cent along the foot, marked at the places, and one in inches downwards, which is not shown."""
    axes.set_xlim(-1, 100 * REST)
    axes.set_ylim(height, 0)
    axes.set_frame_on(False)
    axes.set_yticks([])
    axes.set_xticks(places, [f"{mark} %" for mark in places], color=colours["soft"])
    axes.tick_params(length=0)
    for label in axes.get_xticklabels()[:1]:
        label.set_horizontalalignment("left")


def draw_bar(axes: Axes, bar: Bar, top: float, colours: dict[str, str], places: Sequence[int]) -> None:
    """Heading, label, and under them the bar with its words beside it."""
    if bar.heading:
        top += GAP
        for line in wrapped(bar.heading):
            axes.text(0, top + LINE / 2, line, color=colours["ink"], weight="bold", va="center")
            top += LINE
    for line in wrapped(bar.label):
        axes.text(0, top + LINE / 2, line, color=colours["ink"], va="center")
        top += LINE
    middle = top + BAR / 2
    if bar.rate is not None:
        marks = [mark for mark in places if not bar.rate < mark < bar.rate + SAID]
        axes.vlines(marks, top, top + BAR, colors=colours["line"], linewidth=0.8, zorder=0)
        axes.barh(middle, bar.rate, height=BAR, color=colours["total" if bar.is_total else "bar"], zorder=2)
    tone, style = (colours["ink"], "normal") if bar.rate is not None else (colours["soft"], "italic")
    axes.text(0 if bar.rate is None else bar.rate + 1.5, middle, bar.said, color=tone, style=style, va="center")


def wrapped(text: str) -> list[str]:
    return wrap(text, LETTERS) or [""]
