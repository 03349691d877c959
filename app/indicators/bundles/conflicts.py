"""Where the shown figures of a bundle contradict one another, for whoever has to mend it."""

from collections.abc import Iterator, Mapping

from app.indicators.attack.published import Cut, Published
from app.indicators.tables import TOTAL, Key

Shown = Mapping[tuple[str, Key], int]


def conflict_in(published: Published) -> str:
    """The first contradiction that can be said in a sentence, else that there is one."""
    return next(_conflicts(published), "No whole numbers fit what is published.")


def _conflicts(published: Published) -> Iterator[str]:
    shown: dict[tuple[str, Key], int] = {}
    for each in published.statements:
        if each.value is not None and shown.setdefault((each.quantity, each.key), each.value) != each.value:
            before = shown[each.quantity, each.key]
            yield f"{_words(published, each.quantity, each.key)} is {before} in one table and {each.value} in another."
    for (quantity, key), value in shown.items():
        for place, cut in enumerate(published.cuts):
            parts = _parts(shown, quantity, key, place, cut)
            if parts is not None and sum(parts) != value:
                yield f"{_words(published, quantity, key)} is {value}, and by {cut.code} {sum(parts)}."


def _parts(shown: Shown, quantity: str, key: Key, place: int, cut: Cut) -> list[int] | None:
    """The figures of which the key is the total along a dimension; None unless all are shown."""
    if key[place] != TOTAL:
        return None
    parts = [shown.get((quantity, (*key[:place], code, *key[place + 1 :]))) for code in cut.categories]
    return None if None in parts or not parts else [part for part in parts if part is not None]


def _words(published: Published, quantity: str, key: Key) -> str:
    codes = ", ".join(f"{cut.code} {code}" for cut, code in zip(published.cuts, key, strict=True) if code != TOTAL)
    return f"{quantity} of {codes}" if codes else f"{quantity} of all"
