"""Telephone numbers: kept in E.164, shown as people in Kazakhstan write them."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

HOME = "KZ"
LONGEST = 40  # characters, with all the brackets and spaces people type
SIGNS = re.compile(r"[0-9+()\-./\s\u2010-\u2015]+", re.ASCII)
OWN_WAY = re.compile(r"\+7([0-9]{3})([0-9]{3})([0-9]{2})([0-9]{2})")


class WrongPhone(ValueError):
    """The text is no telephone number. Never carries the number, so that no log repeats it."""


def normalise(text: str) -> str:
    """Read a number as typed (8 701 …, +7 701 …, 87011234567, a foreign one with +) into E.164, or raise WrongPhone."""
    typed = " ".join(text.split())
    if len(typed) > LONGEST or not SIGNS.fullmatch(typed):
        raise WrongPhone("unreadable")
    try:
        number = phonenumbers.parse(typed, HOME)
    except NumberParseException:
        raise WrongPhone("unreadable") from None
    if not phonenumbers.is_valid_number(number):
        raise WrongPhone("no such number")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def display(phone: str | None) -> str:
    """A number from E.164 for the eye: +7 701 123-45-67; nothing for no number, and anything else as it is."""
    if not phone:
        return ""
    try:
        number = phonenumbers.parse(phone)
    except NumberParseException:
        return phone
    own_way = OWN_WAY.fullmatch(phone)
    if own_way and not is_landline(number):
        return "+7 {} {}-{}-{}".format(*own_way.groups())
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def is_landline(number: PhoneNumber) -> bool:
    """Landline codes in Kazakhstan have four or five digits, so the grouping of mobile numbers does not fit."""
    return phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE
