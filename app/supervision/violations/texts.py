"""The texts with which a draft begins, and an office's own in their place: words in braces are filled in."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.offices.reading import BadReference, Entry, read_entries, refuse_twice, settle
from app.supervision.violations.catalogue import answering

FILE = Path(__file__).with_name("texts.yaml")
OWN = Path("answers") / "texts.yaml"  # under QADAM_HOME
WORD = re.compile(r"\{(\w*)\}")
WORDS = (
    "person", "born_on", "case", "office", "court", "judged_on", "articles", "registered_on", "term_from", "term_to",
    "violations", "explanations", "warnings", "norm", "months", "missed_on", "search_on", "steps", "half_on",
    "clean",
)  # fmt: skip
LINE = "____________________"
LANGUAGES = ("kk", "ru")

Texts = Mapping[str, Mapping[str, str]]  # by measure and language


@cache
def texts() -> Texts:
    """The samples that come with the system."""
    return read_texts(FILE)


def texts_of(home: Path) -> tuple[Texts, str]:
    """The samples with an office's own in their place; and what is wrong with its file, if it cannot be used."""
    own = home / OWN
    if not own.exists():
        return texts(), ""
    try:
        return {**texts(), **read_texts(own)}, ""
    except BadReference as reason:
        return texts(), str(reason)


def read_texts(path: Path) -> Texts:
    """Raises BadReference with every fault and its place: an unknown measure, a word that nothing fills."""
    faults: list[str] = []
    entries = read_entries(path, "texts", faults)
    found = [read_text(entry) for entry in entries]
    refuse_twice([(entry, measure) for entry, (measure, _) in zip(entries, found, strict=True)])
    settle(faults)
    return dict(found)


def read_text(entry: Entry) -> tuple[str, Mapping[str, str]]:
    measure = entry.one_of("measure", tuple(answering().measures))
    told = {language: entry.text(language) for language in LANGUAGES}
    for language, text in told.items():
        for word in WORD.findall(text):
            if word not in WORDS:
                entry.note(f"asks for {{{word}}}, which nothing fills", language)
    entry.end()
    return measure, told


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its words filled in; a line to write on where nothing is known."""
    return WORD.sub(lambda found: words.get(found[1]) or LINE, text)
