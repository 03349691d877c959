"""Checking an individual identification number (IIN) and what it says of birth date and sex."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Literal

LENGTH = 12
TWELVE = re.compile(r"(?<![0-9])(?:[0-9] ?){11}[0-9](?![0-9])")
FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}  # the seventh digit; odd is male


class IinFault(StrEnum):
    """Why twelve characters are not an IIN."""

    SHAPE = auto()
    CENTURY = auto()
    BIRTH_DATE = auto()
    NEVER_ISSUED = auto()
    CHECK_DIGIT = auto()


class Contradiction(StrEnum):
    """What an IIN says otherwise than the record."""

    BIRTH_DATE = auto()
    SEX = auto()


class WrongIin(ValueError):
    """The number cannot be an IIN. Carries the fault and never the number, so that no log repeats it."""

    def __init__(self, fault: IinFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class Iin:
    """A checked number. Its birth date and sex are a check on what the documents say, never a source."""

    digits: str
    born_on: date
    sex: Literal["female", "male"]  # as the register's own words are spelled


def check(iin: str, *, demonstration: bool = False) -> Iin:
    """Read twelve digits, white space between them allowed, or raise WrongIin with the first fault found.

    A demonstration office also accepts the deliberately wrong last digit of ``for_demonstration``.
    The layout and both rows of weights: docs of the IIN as two independent implementations agree on them.
    """
    digits = "".join(iin.split())
    if len(digits) != LENGTH or not is_number(digits):
        raise WrongIin(IinFault.SHAPE)
    born_on = birth_date(digits)
    right = check_digit(digits[:-1])
    accepted = {right, wrong_on_purpose(right)} if demonstration else {right}
    if int(digits[-1]) not in accepted:
        raise WrongIin(IinFault.CHECK_DIGIT)
    return Iin(digits, born_on, "male" if int(digits[6]) % 2 else "female")


def birth_date(digits: str) -> date:
    century = CENTURIES.get(digits[6])
    if century is None:
        raise WrongIin(IinFault.CENTURY)
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        raise WrongIin(IinFault.BIRTH_DATE) from None


def check_digit(first_eleven: str) -> int:
    """The twelfth digit. The second row of weights is asked only when the first leaves a remainder of ten."""
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        remainder = sum(int(digit) * weight for digit, weight in zip(first_eleven, weights, strict=True)) % 11
        if remainder < 10:  # noqa: PLR2004 - ten is no digit
            return remainder
    raise WrongIin(IinFault.NEVER_ISSUED)


def for_demonstration(first_eleven: str) -> str:
    """Complete eleven digits with a last digit one too high, so that the number can belong to nobody."""
    if len(first_eleven) != LENGTH - 1 or not is_number(first_eleven):
        raise WrongIin(IinFault.SHAPE)
    return f"{first_eleven}{wrong_on_purpose(check_digit(first_eleven))}"


def wrong_on_purpose(digit: int) -> int:
    return (digit + 1) % 10


def is_number(digits: str) -> bool:
    """Only 0 to 9: other scripts have digits too, and Python would take them."""
    return digits.isascii() and digits.isdigit()


def contradictions(iin: Iin, born_on: date | None, sex: str | None) -> tuple[Contradiction, ...]:
    """What the number says otherwise than the record; what the record leaves out contradicts nothing."""
    found = []
    if born_on is not None and born_on != iin.born_on:
        found.append(Contradiction.BIRTH_DATE)
    if sex is not None and sex != iin.sex:
        found.append(Contradiction.SEX)
    return tuple(found)


def names_a_person(text: str | None) -> bool:
    """Whether a text, which is to be read by many and to name nobody, holds an IIN."""
    return any(is_iin(found) for found in TWELVE.findall(text or ""))


def is_iin(digits: str) -> bool:
    try:
        check(digits, demonstration=True)
    except WrongIin:
        return False
    return True
