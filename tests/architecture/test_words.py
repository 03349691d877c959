"""Every word a person reads is marked, and is there in all three languages."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
# Words that are the same in every language: the product's name, and signs.
SAME = {
    "Qadam", "n", "m", "SHA-256", "%(language)s (PDF)", "%(service)s: %(what)s", "%(area)s: %(strength)s",
    "%(who)s: %(step)s.", "%(number)s: %(state)s", "%(state)s: %(goal)s", "SMS",
    "%(norm)s – %(source)s", "%(sentence)s (%(source)s)", "%(what)s (%(source)s)", "%(date)s: %(what)s",
    "%(date)s, %(act)s", "%(what)s, %(to)s", "%(what)s, %(date)s", "%(what)s: %(state)s", "%(kind)s: %(whom)s",
    "%(short)s: %(name)s", "%(outer)s, %(inner)s: %(value)s", "%(number)s, %(share)s", "%(label)s: %(number)s",
    "%(period)s. %(standing)s", "%(state)s: %(count)d", "%(cut)s, %(period)s", "%(indicator)s: %(cut)s",
    "%(number)s. %(measure)s", "PDF, %(language)s", "%(period)s, %(lack)s: %(bodies)s.", "%(year)s",
    "%(report)s: %(period)s", "%(start)s – %(end)s", "%(month)s %(year)s",
}  # fmt: skip
READ_OUT = {"placeholder", "title", "aria-label", "alt", "label"}


@cache
def said() -> dict[str, str | tuple[str, ...]]:
    """Every message of the code and the templates, by its (first) words."""
    found = {}
    for folder, methods in ((ROOT / "app", [("**.py", "python")]), (ROOT / "templates", [("**.html", "jinja2")])):
        options = {"**.html": {"trimmed": "true"}}
        for _file, _line, message, *_rest in extract_from_dir(
            folder, methods, options, keywords=KEYWORDS, directory_filter=lambda name: "__" not in name
        ):
            found[message if isinstance(message, str) else message[0]] = message
    return found


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "app" / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_message_is_translated(language):
    words = catalogue(language)
    missing = []
    for first in said():
        message = words.get(first)
        strings = [] if message is None else [message.string] if isinstance(message.string, str) else message.string
        if not strings or not all(strings) or message.fuzzy:
            missing.append(first)

    assert missing == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_translation_is_left_over(language):
    assert [
        str(message.id) for message in catalogue(language) if message.id and first_of(message.id) not in said()
    ] == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_translation_keeps_the_places_for_names_and_numbers(language):
    broken = []
    for message in catalogue(language):
        if not message.id:
            continue
        asked = set(PLACEHOLDER.findall(" ".join(message.id) if isinstance(message.id, tuple | list) else message.id))
        strings = [message.string] if isinstance(message.string, str) else message.string
        optional = {"%(num)d"} if not isinstance(message.id, str) else set()
        for string in strings:
            kept = set(PLACEHOLDER.findall(string))
            if kept - asked or (asked - optional) - kept:
                broken.append(string)

    assert broken == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_translation_is_only_the_english_again(language):
    """A sentence left in English is the commonest way to forget one."""
    letters = re.compile(r"[a-z]{4}")
    same = [
        first
        for first in said()
        if (message := catalogue(language).get(first)) and message.string == first and letters.search(first)
    ]

    assert [words for words in same if words not in SAME] == []


def first_of(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


class Unmarked(HTMLParser):
    """Collects the letters that a template would show in one language only."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += [word for word in re.findall(r"[^\W\d_]{2,}[^\s]*", data) if word not in SAME]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_OUT and re.search(r"[^\W\d_]{2,}", value or "") and value not in SAME:
                self.words.append(value or "")


def without_classes(page: str) -> str:
    """The page without the one block that names a class for the style sheet."""
    return re.sub(r"{% block body_class %}.*?{% endblock %}", "", page)


def test_no_word_of_a_template_is_unmarked():
    found = {str(template.relative_to(ROOT / "templates")): unmarked(template.read_text()) for template in TEMPLATES}

    assert "_layout/page.html" in found
    assert {template: words for template, words in found.items() if words} == {}


def unmarked(template: str) -> list[str]:
    tokens = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(without_classes(template))
    page = Unmarked()
    shown = (value if kind == "data" else " " for _line, kind, value in tokens if kind in {"data", "variable_end"})
    page.feed("".join(shown))
    return page.words


@pytest.mark.parametrize(("language", "words"), [("kk", "Жүйеге кіру"), ("ru", "Войти"), ("en", "Sign in")])
def test_the_compiled_words_are_spoken(app, language, words):
    """A catalogue that is not compiled, or is marked as unfinished, is a page in English."""
    page = app.test_client().get("/sign-in", headers={"Accept-Language": language}).text

    assert f'<html lang="{language}">' in page
    assert f"<h1>{words}" in page
