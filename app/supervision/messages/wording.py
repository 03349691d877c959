"""What a reminder says, in the person's language; and which words an office may not put under it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date as babel_date

from app.web.dates import DateStyle, write_date
from app.web.phones import display

FILE = Path(__file__).parent / "texts.yaml"
HOUR = 60  # minutes


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a reminder is about: a day, minutes from midnight if they are known, and how the office calls itself."""

    on: date
    minute: int | None
    office: str | None
    phone: str | None


@cache
def texts() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text())
    return found


def reminder(of: Appointment, language: str) -> str:
    """The whole text of a reminder; what is not known is left out."""
    said = "without_time" if of.minute is None else "with_time"
    parts = [part(said, language, day=write_date(of.on, DateStyle.SHORT, language), weekday=weekday(of.on, language),
                  time=clock_time(of.minute or 0))]  # fmt: skip
    if of.office:
        parts.append(part("office", language, office=of.office.rstrip(".")))
    if of.phone:
        parts.append(part("phone", language, phone=display(of.phone)))
    return " ".join(parts)


def part(name: str, language: str, **values: str) -> str:
    return str(texts()[name][language]).format(**values)


def subject(language: str) -> str:
    return part("subject", language)


def weekday(day: date, language: str) -> str:
    return str(babel_date(day, "EEEE", locale=language))


def clock_time(minute: int) -> str:
    """Minutes from midnight as 9:05."""
    return "{}:{:02}".format(*divmod(minute, HOUR))


@cache
def telling() -> re.Pattern[str]:
    """Matches a word that says more than a stranger should read."""
    words = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in texts()["telling"]]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def tells(text: str) -> str | None:
    """The first word of a text that says too much; None when there is none."""
    found = telling().search(text)
    return found[0] if found else None
