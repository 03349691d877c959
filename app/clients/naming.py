"""Names of people: how they are kept and shown, and one skeleton for all their spellings.

A folded name has plain Latin letters in which every sound that Kazakh, Russian and Latin spellings write differently
has one spelling: қ, к, q and k are all "k"; ы, и, й, i and y are all "i"; ж, zh and j are all "j". So each finds the
others, and folding a folded name changes nothing. Three choices need a reason. х, kh and h become "ks", as does x:
passports write кс in Алексей with an x, and "ks" keeps "Алек" a part of "Александр". An е after a vowel is spelled
"ie", so that "Жумабай" is a part of "Жумабаев" as it is of "Zhumabayev". And ң is a plain "n", not "ng", or Жангали
would lose the г of Ғали.
"""

import re
import unicodedata
from enum import StrEnum, auto
from functools import lru_cache

LONGEST = 100  # characters in one part of a name
QUERY_SIGNS, QUERY_WORDS = 200, 8  # more than the longest full name; the rest of a query is not searched

LETTERS = dict(
    zip("абвгдезийклмнопрстуфыэёіәөүұғқңєїґўӯӣ", "abvgdeziyklmnoprstufieeiaouugkneiguui", strict=True)
) | {
    "ж": "zh", "җ": "zh", "ҷ": "zh", "х": "x", "һ": "x", "ҳ": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ю": "yu", "я": "ya", "ь": "", "ъ": "", "ı": "i", "ş": "sh", "ș": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh",
    "ł": "l", "ø": "o", "đ": "d", "æ": "ae",
}  # fmt: skip

STEPS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?:kh|(?<![scgz])h|x)+", "ks"),
        (r"sh?(?:ch)+", "sh"),  # Shcherbakov, Scherbakov
        (r"d*(?:zh|j)", "j"),  # Djumabaev, Dzhumabaev
        (r"gh", "g"),
        (r"c(?!h)|q", "k"),
        (r"w", "v"),
        (r"(?<![aeouy])y[eo]", "e"),  # Yerlan, Fyodor, Vasilyev; and Nurgaliyev, whose i stays
        (r"y", "i"),
        (r"(?<=[aeou])e", "ie"),  # Zhumabaev
        (r"([a-z])\1+", r"\1"),  # Khassenov, Yuriy
    )
)


APOSTROPHES = str.maketrans(dict.fromkeys("'`´ʹʻʼʽˈ‘‛′＇", "’"))
HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


class NameFault(StrEnum):
    """Why a text is not a part of a person's name."""

    BLANK = auto()
    TOO_LONG = auto()
    DIGIT = auto()
    SCRIPT = auto()
    SIGN = auto()


def clean_name(text: str) -> str:
    """A part of a name as it is kept: composed letters, single spaces, one kind of apostrophe and of hyphen.

    Signs that nobody sees (soft hyphens, marks of direction) come along when a name is copied, and go.
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.translate(APOSTROPHES).translate(HYPHENS).split())


def name_fault(text: str) -> NameFault | None:
    """The first thing wrong with a cleaned part of a name: Latin or Cyrillic letters, spaces, hyphens, apostrophes."""
    if len(text) > LONGEST:
        return NameFault.TOO_LONG
    if fault := next(filter(None, map(sign_fault, text)), None):
        return fault
    return None if any(map(str.isalpha, text)) else NameFault.BLANK


def sign_fault(sign: str) -> NameFault | None:
    category = unicodedata.category(sign)
    if sign in " -’" or category == "Mn":
        return None
    if category[0] == "N":
        return NameFault.DIGIT
    if category[0] != "L":
        return NameFault.SIGN
    return None if unicodedata.name(sign, "").startswith(("LATIN", "CYRILLIC")) else NameFault.SCRIPT


def full_name(surname: str, name: str, patronymic: str | None = None) -> str:
    return " ".join(filter(None, (surname, name, patronymic)))


def fold(text: str) -> str:
    """The skeleton: words of a to z, single spaces between; empty for a text in other scripts. Never raises."""
    plain = "".join(map(plain_letter, unicodedata.normalize("NFKC", text).casefold()))
    return " ".join(filter(None, map(fold_word, plain.split())))


def fold_query(text: str) -> tuple[str, ...]:
    """The words to look for, each folded; the parts of a double name are words of their own here."""
    words = (fold(word) for word in re.split(r"[\s\-\u2010-\u2015]+", text[:QUERY_SIGNS]))
    return tuple(dict.fromkeys(filter(None, words)))[:QUERY_WORDS]


@lru_cache(maxsize=1024)
def plain_letter(sign: str) -> str:
    """A letter in plain Latin, what parts words as a space, and nothing for any other sign."""
    if sign.isspace() or sign in ",;/":
        return " "
    if sign in LETTERS:
        return LETTERS[sign]
    bare = unicodedata.normalize("NFKD", sign)
    return "".join(letter if "a" <= letter <= "z" else LETTERS.get(letter, "") for letter in bare)


def fold_word(word: str) -> str:
    for pattern, spelling in STEPS:
        word = pattern.sub(spelling, word)
    return word
