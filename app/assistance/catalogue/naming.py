"""Names of organisations and services: kept with their place in each language's order and the spelling for a search."""

from collections.abc import Mapping

from app.clients.alphabet import sort_key
from app.clients.naming import fold
from app.offices.partners import Named
from app.web.languages import LANGUAGES


def give_names(record: Named, names: Mapping[str, str]) -> None:
    """Name a record in the three languages, and find from the names what lists and searches compare."""
    for code in LANGUAGES:
        setattr(record, code, names[code])
        setattr(record, f"sort_{code}", sort_key(names[code]))
    record.folded = fold(" ".join(names[code] for code in LANGUAGES))
