"""A signal's reasons in the language spoken, from the code of the rule and the values that were kept."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.assessments import library
from app.assessments.vocabulary import Use
from app.clients.vocabulary import EventKind
from app.signals.models import Evidence, Signal
from app.signals.rules import PLACEHOLDER, Rule
from app.web.formats import format_date, format_number
from app.web.languages import text_in

# What the numbers of a rule are called where they are explained.
LIMITS: dict[str, LazyString] = {
    "days": _l("days"),
    "count": _l("how many times"),
    "points": _l("points"),
    "reviews": _l("reviews before"),
    "far": _l("months ahead, first"),
    "middle": _l("months ahead, second"),
    "near": _l("months ahead, last"),
}
# Where the record lies that tells of the evidence: its page, and the name of the number in its address.
PAGES = {
    "review": ("assessments.show_review", "review_id"),
    "assessment": ("assessments.show", "assessment_id"),
    "session": ("sessions.session", "session_id"),
    "program": ("programs.show", "program_id"),
    "match": ("sessions.match", "match_id"),
    "case": ("clients.case", "case_id"),
}


def reason_in_words(evidence: Evidence, rule: Rule) -> str:
    """Why the rule speaks, with the values of this evidence in place of the names in braces."""
    values = evidence.values
    return PLACEHOLDER.sub(lambda found: value_in_words(found[1], values.get(found[1])), text_in(rule.reason))


def value_in_words(name: str, value: object) -> str:
    if name == "item":
        return item_in_words(str(value))
    if name == "event":
        return str(EventKind(str(value)).label)
    if isinstance(value, str):
        return format_date(date.fromisoformat(value))
    return format_number(value) if isinstance(value, int | float) else "—"


def item_in_words(code: str) -> str:
    """The name of an acute item, by whichever version of the form still has it."""
    for instrument in library.shelf().values():
        if instrument.use is Use.ACUTE and (item := instrument.item(code)):
            return text_in(item.name or item.question)
    return code


def page_of(evidence: Evidence) -> str:
    """The address of the record that the evidence rests on."""
    kind, _colon, number = evidence.source.partition(":")
    if kind == "visit":
        return url_for("visits.of_case", case_id=evidence.case_id, _anchor=f"visit-{number}")
    if kind == "event":
        return url_for("clients.case", case_id=evidence.case_id, _anchor=f"event-{number}")
    endpoint, name = PAGES[kind]
    values: dict[str, Any] = {name: int(number)}
    return url_for(endpoint, **values)


def newest_reason(signal: Signal) -> str:
    return reason_in_words(signal.newest, signal.rule)


def in_plain_words(rule: Rule) -> str:
    """What the rule means, with its numbers in their places."""
    return PLACEHOLDER.sub(lambda found: str(rule.limits[found[1]]), text_in(rule.meaning))
