"""What may not stand in the texts of the plan: they are read by many, and speak of work, never of a person."""

import re

from app.clients.iin import WrongIin, check

TWELVE = re.compile(r"(?<![0-9])(?:[0-9] ?){11}[0-9](?![0-9])")


def names_a_person(text: str | None) -> bool:
    """Whether the text holds an identification number (IIN) of somebody."""
    return any(is_iin(found) for found in TWELVE.findall(text or ""))


def is_iin(digits: str) -> bool:
    try:
        check(digits, demonstration=True)
    except WrongIin:
        return False
    return True
