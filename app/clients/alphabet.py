"""The order of names: Kazakh letters in their own places, as a key that every database sorts alike."""

import unicodedata

# The Kazakh Cyrillic alphabet as laid down in 1940; it holds the Russian one. Latin letters come after it.
CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
PLACES = {letter: f"{place:02}" for place, letter in enumerate(CYRILLIC + LATIN, start=1)}
BETWEEN_WORDS, UNKNOWN = "00", "99"
LONGEST = 60  # letters; people with more in common are told apart by their number


def sort_key(name: str) -> str:
    """Two digits a letter. Digits stand in one order under every collation; letters do not."""
    letters = unicodedata.normalize("NFC", name).casefold()[: 2 * LONGEST]
    return "".join(filter(None, map(place_of, letters)))[: 2 * LONGEST]


def place_of(sign: str) -> str:
    if sign in PLACES:
        return PLACES[sign]
    if sign.isspace() or sign == "-":
        return BETWEEN_WORDS
    if not sign.isalpha():
        return ""  # an apostrophe
    return PLACES.get(unicodedata.normalize("NFKD", sign)[0], UNKNOWN)
