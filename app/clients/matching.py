"""Which case numbers and names fit what was typed, and how closely. The engines' own ways to find text live here."""

from sqlalchemy import ColumnElement, Select, and_, case, column, func, literal, literal_column, or_, select, table

from app.clients.cases import Case
from app.clients.models import ClientName
from app.clients.vocabulary import NameKind
from app.db import db

TRIGRAM = 3
EXACT, START, INSIDE = 0, 1, 2  # how a word is found in a name, the best first
ALIKE = 0.4  # the share of a word's trigrams that a near miss must have: one wrong letter in seven leaves two of five
Ranked = Select[int, int]  # client_id and rank
TRIGRAMS = table("client_search", column("rowid"))  # SQLite's index of trigrams; its rows are those of client_names


def by_number(words: str) -> Ranked:
    """Cases whose number holds what was typed: the whole of it first, then those that end with it."""
    typed = "".join(words.split()).upper()
    number = func.upper(Case.number)
    rank = case((number == typed, EXACT), (number.endswith(typed, autoescape=True), START), else_=INSIDE)
    holding = number.contains(typed, autoescape=True)
    return select(Case.client_id, func.min(rank)).where(holding).group_by(Case.client_id)


def by_name(words: tuple[str, ...]) -> Ranked:
    """Names that hold every word, each as a whole word first, then as the start of one; present names before former."""
    whole = " " + ClientName.folded + " "
    places = [
        case((whole.contains(f" {word} "), EXACT), (whole.contains(f" {word}"), START), else_=INSIDE) for word in words
    ]
    rank = sum(places, literal(0)) * 2 + case((ClientName.kind == NameKind.FORMER, 1), else_=0)
    return select(ClientName.client_id, func.min(rank)).where(*map(holds, words)).group_by(ClientName.client_id)


def nearly(words: tuple[str, ...]) -> Ranked:
    """Names that hold enough of every word's trigrams; the fewer are missing, the closer."""
    missing: ColumnElement[int] = literal(0)
    enough = []
    for word in words:
        parts = trigrams(word)
        has = sum((case((ClientName.folded.contains(part), 1), else_=0) for part in parts), literal(0))
        missing = missing + (len(parts) - has)
        enough.append(and_(holds_any(parts), has >= ALIKE * len(parts)) if parts else holds(word))
    rank = func.min(missing)
    return select(ClientName.client_id, rank).where(*enough).group_by(ClientName.client_id)


def trigrams(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word[start : start + TRIGRAM] for start in range(len(word) - TRIGRAM + 1)))


# The engines differ only here. A word is made of a to z alone, so that it needs no quoting.


def holds(word: str) -> ColumnElement[bool]:
    """Whether a name holds a word; a single letter, which is in nearly every name, must begin a word of it.

    Two letters are too few for the index: they are looked for in the names of those within reach, one by one.
    """
    if len(word) == 1:
        return or_(ClientName.folded.startswith(word), ClientName.folded.contains(f" {word}"))
    if len(word) < TRIGRAM:
        return ClientName.folded.contains(word)
    return holds_any((word,))


def holds_any(parts: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a name holds one of some texts of three letters or more, by the index of trigrams."""
    if db.engine.dialect.name != "sqlite":
        return or_(*(ClientName.folded.contains(part) for part in parts))  # served by client_search_trigrams
    query = " OR ".join(f'"{part}"' for part in parts)
    matching = literal_column("client_search").bool_op("MATCH")(query)
    return ClientName.id.in_(select(TRIGRAMS.c.rowid).where(matching))
