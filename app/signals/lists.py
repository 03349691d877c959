"""How a list of signals stands in an address: what it is narrowed to, and where a page begins."""

from dataclasses import replace
from typing import Any

from flask import request, url_for

from app.signals.models import Signal
from app.signals.queries import PAGE, Sought, State
from app.signals.vocabulary import Severity
from app.web.addresses import LARGEST, number_in_query, words_in_query


def sought_in_query() -> Sought:
    """What the address asks for; what it cannot mean is left out."""
    state, severity = words_in_query("state"), words_in_query("severity")
    return Sought(
        state=State(state) if state in tuple(State) else State.OPEN,
        severity=Severity(severity) if severity in tuple(Severity) else None,
        rule=words_in_query("rule", 40) or None,
        client_id=number_in_query("person"),
    )


def cursor_of(text: str | None) -> tuple[int, int] | None:
    """Urgency and number of the last signal of the page before; None, and so the first page, for anything else."""
    parts = (text or "").split(".")
    if len(parts) != len(("urgency", "number")) or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    urgency, number = (int(part[:12]) for part in parts)
    return (urgency, number) if max(urgency, number) <= LARGEST else None


def pages(found: list[Signal], sought: Sought) -> dict[str, Any]:
    """The signals of a page and the address of the next one."""
    signals, last = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    return {
        "signals": signals,
        "older_url": address(sought, before=f"{last.urgency}.{last.id}") if last else None,
        "first_url": address(sought) if "before" in request.args else None,
        "everybody_url": address(replace(sought, client_id=None)) if sought.client_id else None,
    }


def address(sought: Sought, **more: Any) -> str:
    return url_for(
        "signals.index", state=sought.state.value, severity=sought.severity and sought.severity.value,
        rule=sought.rule, person=sought.client_id, **more,
    )  # fmt: skip
