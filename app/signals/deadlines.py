"""Decisions about what lasts from a day until a day: overdue, unknown, shortly after release, near the end."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.clients.vocabulary import Stage
from app.signals.deciding import Evidence, Limits, Value, decides
from app.signals.facts import Facts
from app.web.months import months_after


@decides("days", "since days", looks_at="is_to_be_reviewed", lasting=True)
def review_unknown(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """No acute review for more than so many days: how things stand is not known, which is not the same as fine."""
    if not facts.is_to_be_reviewed:
        return ()
    last = facts.review.on if facts.review else facts.registered_on
    days = (on - last).days
    if days <= limit["days"]:
        return ()
    return [Evidence(f"since:{last}", last, {"since": last, "days": limit["days"]}, f"case:{facts.case_id}")]


@decides("days", "since until days", looks_at="stage_from", lasting=True)
def recent_release(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """The first days after release, counted from the beginning of the post-penitentiary stage."""
    since = facts.stage_from
    if facts.stage is not Stage.POST_PENITENTIARY or since is None or not 0 <= (on - since).days < limit["days"]:
        return ()
    values: dict[str, Value] = {
        "since": since, "until": since + timedelta(days=limit["days"]), "days": limit["days"],
    }  # fmt: skip
    return [Evidence(f"since:{since}", since, values, f"case:{facts.case_id}")]


@decides("days", "due", looks_at="first_due_on", lasting=True)
def first_assessment_late(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """Never assessed, more than so many days after the first assessment was due."""
    due = facts.first_due_on
    if due is None or (on - due).days <= limit["days"]:
        return ()
    return [Evidence("first", due, {"due": due}, f"case:{facts.case_id}")]


@decides("days", "due", looks_at="completed", lasting=True)
def reassessment_late(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """More than so many days after the latest assessment was to be repeated."""
    completed = facts.completed
    if completed is None or (on - completed.due_on).days <= limit["days"]:
        return ()
    key, due = f"assessment:{completed.assessment_id}", completed.due_on
    return [Evidence(key, due, {"due": due}, key)]


@decides("days", "since days", looks_at="first_assessed_on", lasting=True)
def no_program(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """No programme was approved within so many days of the first assessment."""
    since = facts.first_assessed_on
    if facts.has_program or since is None or (on - since).days <= limit["days"]:
        return ()
    return [Evidence("first", since, {"since": since, "days": limit["days"]}, f"case:{facts.case_id}")]


@decides("days", "due", looks_at="steps", lasting=True)
def step_late(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """Steps of the programme in force that are more than so many days past their date."""
    return [
        Evidence(f"{thread}:{due}", due, {"due": due}, f"program:{program_id}")
        for program_id, thread, due in facts.steps
        if (on - due).days > limit["days"]
    ]


@decides("days", "since days", looks_at="helps", lasting=True)
def no_helper_contact(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """A match that goes on, and no meeting for more than so many days."""
    return [
        Evidence(f"{match_id}:{last}", last, {"since": last, "days": limit["days"]}, f"match:{match_id}")
        for match_id, starts_on, met_on in facts.helps
        for last in (met_on or starts_on,)
        if (on - last).days > limit["days"]
    ]


@decides("days", "due", looks_at="term_to", lasting=True)
def term_ends(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """The term ends within so many days, today included."""
    due = facts.term_to
    if due is None or not 0 <= (due - on).days <= limit["days"]:
        return ()
    return [Evidence(f"due:{due}", due, {"due": due}, f"case:{facts.case_id}")]


@decides("days", "due", looks_at="term_to", lasting=True)
def term_over(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """The term ended more than so many days ago, and the case is still on the register."""
    due = facts.term_to
    if due is None or (on - due).days <= limit["days"]:
        return ()
    return [Evidence(f"due:{due}", due, {"due": due}, f"case:{facts.case_id}")]


@decides("far middle near", "due months", looks_at="term_to", lasting=True)
def release_unprepared(facts: Facts, limit: Limits, on: date) -> Sequence[Evidence]:
    """In an institution, no programme approved, and the term ends within so many months; each nearer date adds."""
    due = facts.term_to
    if facts.stage is not Stage.PENITENTIARY or facts.has_program or due is None or due < on:
        return ()
    reached = [months for months in (limit["far"], limit["middle"], limit["near"]) if due <= months_after(on, months)]
    if not reached:
        return ()
    months = min(reached)
    return [Evidence(f"{due}:{months}", on, {"due": due, "months": months}, f"case:{facts.case_id}")]
