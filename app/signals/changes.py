"""Decisions about what happened: answers that moved, appointments missed, something lost. Only people close these."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.clients.vocabulary import EventKind
from app.signals.deciding import Evidence, Limits, Value, decides
from app.signals.facts import Facts


@decides("points", "on item points", looks_at="items")
def acute_item_high(facts: Facts, limit: Limits, _on: date) -> Sequence[Evidence]:
    """An acute item reached so many points, and had fewer (or was not known) at the review before."""
    points = limit["points"]
    return [
        Evidence(
            f"{item.review_id}:{item.code}", item.on, {"on": item.on, "item": item.code, "points": item.points},
            f"review:{item.review_id}",
        )
        for item in facts.items
        if item.points >= points and (item.before is None or item.before < points)
    ]  # fmt: skip


@decides("points reviews", "on sum mean reviews", looks_at="review")
def acute_sum_rise(facts: Facts, limit: Limits, _on: date) -> Sequence[Evidence]:
    """The acute sum is so much above the mean of so many reviews before it, all of them fully answered.

    Unknown answers in the review itself do not stand in the way: its sum is then at least so much.
    """
    review = facts.review
    if review is None or review.earlier != limit["reviews"] or review.earlier_unknown or review.earlier_acute is None:
        return ()
    if (review.acute - limit["points"]) * review.earlier < review.earlier_acute:
        return ()
    mean = round(review.earlier_acute / review.earlier, 1)
    values: dict[str, Value] = {"on": review.on, "sum": review.acute, "mean": mean, "reviews": review.earlier}
    return [Evidence(f"{review.id}", review.on, values, f"review:{review.id}")]


@decides("points", "on before now", looks_at="review")
def protective_fall(facts: Facts, limit: Limits, _on: date) -> Sequence[Evidence]:
    """The protective sum is lower by so much than at the review before; not decided while an answer is unknown."""
    review = facts.review
    if review is None or review.protective_unknown or review.protective_before is None:
        return ()
    if review.protective_before - review.protective < limit["points"]:
        return ()
    values: dict[str, Value] = {"on": review.on, "before": review.protective_before, "now": review.protective}
    return [Evidence(f"{review.id}", review.on, values, f"review:{review.id}")]


class Dated(NamedTuple):
    """A day and the record that tells of it."""

    on: date
    source: str


def repeated(rows: list[Dated], limit: Limits, on: date) -> list[Evidence]:
    """The rows of the last days with so many, themselves included, within the same number of days before them."""
    if len(rows) < limit["count"]:
        return []
    days = timedelta(days=limit["days"])
    found = []
    for row in sorted(rows):
        within = [other.on for other in rows if row.on - days <= other.on and (other.on, other.source) <= row]
        if row.on >= on - days and len(within) >= limit["count"]:
            values: dict[str, Value] = {
                "on": row.on, "count": len(within), "since": min(within), "days": limit["days"],
            }  # fmt: skip
            found.append(Evidence(row.source, row.on, values, row.source))
    return found


def noted(facts: Facts, kind: EventKind) -> list[Dated]:
    return [Dated(event.on, f"event:{event.id}") for event in facts.events if event.kind == kind]


@decides("count days", "on count since days", looks_at="events absences visits")
def missed_appointments(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """So many visits, appointments and sessions missed within so many days; a visit that is noted twice counts once."""
    visits = [Dated(visit.on, f"visit:{visit.visit_id}") for visit in facts.visits]
    days = {visit.on for visit in visits}
    missed = visits + [row for row in noted(facts, EventKind.MISSED_APPOINTMENT) if row.on not in days]
    missed += [Dated(absence.on, f"session:{absence.session_id}") for absence in facts.absences]
    return repeated(missed, limit, on)


@decides("count days", "on count since days", looks_at="events")
def repeated_breach(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """So many breaches of the duties within so many days."""
    return repeated(noted(facts, EventKind.BREACH), limit, on)


@decides("days", "on", looks_at="events")
def new_offence(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """A new offence noted in the last days."""
    return [
        Evidence(row.source, row.on, {"on": row.on}, row.source)
        for row in noted(facts, EventKind.NEW_OFFENCE)
        if row.on >= on - timedelta(days=limit["days"])
    ]


REGAINED = {
    EventKind.LOST_WORK: EventKind.FOUND_WORK,
    EventKind.LOST_HOME: EventKind.FOUND_HOME,
    EventKind.TREATMENT_STOPPED: EventKind.TREATMENT_STARTED,
}


@decides("days", "on event", looks_at="events")
def loss(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """Work, home or treatment lost in the last days, and not regained since."""
    since = on - timedelta(days=limit["days"])
    return [
        Evidence(f"event:{lost.id}", lost.on, {"on": lost.on, "event": lost.kind.value}, f"event:{lost.id}")
        for lost in facts.events
        if lost.kind in REGAINED and lost.on >= since
        and not any(again.kind == REGAINED[lost.kind] and again.on >= lost.on for again in facts.events)
    ]  # fmt: skip
