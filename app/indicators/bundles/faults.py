"""What is wrong with files from outside: a sentence for each fault, and no more than can be read at once."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

MOST_FAULTS = 10  # that are named at once


class BadFacts(ValueError):
    """The files cannot be used; the message says why and what to do, a line for each fault."""


def refuse_faults(faults: Iterable[str]) -> None:
    """Raise BadFacts when there is any; after so many the rest is not looked for."""
    found = list(islice(faults, MOST_FAULTS + 1))
    if found:
        more = ["There may be more like these."] if len(found) > MOST_FAULTS else []
        raise BadFacts("\n".join([*found[:MOST_FAULTS], *more]))


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without its mark. Raises BadFacts."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadFacts(f"{path.name} is not written in UTF-8. Save it as UTF-8 and try again.") from fault
    except (OSError, ValueError) as fault:
        raise BadFacts(f"{path} cannot be read. Check its name and that you may open it.") from fault
