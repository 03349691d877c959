"""What the last completed assessment can offer to the next one: answers to confirm, each by itself, never a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.assessments.section import Option, Section
from app.assessments.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer of the last completed assessment, its source, and the day of that assessment."""

    option_code: str
    source: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Offer:
    """What was answered last time. A preselected one stands in the form already; others wait for a click."""

    option: Option
    source: str | None
    on: date
    is_preselected: bool


def offers(section: Section, earlier: Mapping[str, Earlier]) -> dict[str, Offer]:
    """By item code: the answers of last time that this wording still has, by the same codes of item and option.

    ``earlier`` comes from an assessment under the same instrument, in whichever version. What was not known then is
    not offered. Facts of the past stand in the form beforehand; everything else is asked anew.
    """
    found = {}
    for item in section.items:
        last = earlier.get(item.code)
        option = item.option(last.option_code) if last else None
        if last and option:
            found[item.code] = Offer(option, last.source, last.on, section.kind is Kind.STATIC)
    return found
