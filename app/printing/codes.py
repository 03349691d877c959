"""The short code on a paper: drawn by chance, easy to read and to type, and a slip of the pen is noticed."""

import secrets

SIGNS = "23456789ABCDEFGHJKLMNPQRTVWXY"  # 29 signs, a prime; without 0 O, 1 I, 5 S, 2 Z, U V side by side
DRAWN = 11  # 29 ** 11 is some 10 ** 16: codes are not found by trying
LENGTH = DRAWN + 1
GROUP = 4
# Typed on a Cyrillic keyboard, these look the same on paper.
ALIKE = str.maketrans("АВЕНКМРСТХУ", "ABEHKMPCTXY")


def draw() -> str:
    """A new code: eleven signs by chance and one that checks them."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(DRAWN))
    return drawn + check_sign(drawn)


def check_sign(drawn: str) -> str:
    """The sign that makes a wrong sign, or two that changed places, noticed.

    The sum of the signs, each times its place, modulo the prime 29: one other sign, or two neighbours exchanged,
    always give another sum.
    """
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(drawn, start=1)) % len(SIGNS)]


def read(typed: str) -> str | None:
    """The code that was typed, however it was grouped or cased; None when it cannot be one."""
    code = "".join(sign for sign in typed.upper().translate(ALIKE) if sign not in " -–—·\t\u00a0")
    if len(code) != LENGTH or not set(code) <= set(SIGNS):
        return None
    return code if check_sign(code[:-1]) == code[-1] else None


def grouped(code: str) -> str:
    """As it is printed: four signs at a time."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
