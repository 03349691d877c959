"""Where people see an assessment differently: proposals for another level and objections, by the room's own verbs."""

from app.access.policy import Permission
from app.assessments.levels import objecting, overriding
from app.assessments.levels.objecting import Reply, Said
from app.assessments.levels.overriding import Proposal
from app.assessments.models import Against, Assessment, ObjectionOutcome, OverrideReason
from app.assessments.vocabulary import Level
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.telling import maybe_text, part, parts, word
from app.seeds.demo.thread import Thread


def differ(entry: Entry, assessment: Assessment, thread: Thread) -> None:
    """What was said about a completed assessment, in the order of the file."""
    for row in parts(entry, "overrides"):
        override(row, assessment, thread)
    for row in parts(entry, "objections"):
        object_to(row, assessment, thread)


def override(entry: Entry, assessment: Assessment, thread: Thread) -> None:
    """A proposal of a ``day``: approved, ``declined`` with words, or still waiting for the head of service."""
    day = entry.day("day")
    by, at = thread.officer_on(day), thread.hours.on(day)
    asked = Proposal(word(entry, "to", Level), word(entry, "reason", OverrideReason), entry.text("words"))
    proposed = overriding.propose(assessment, asked, by, at)
    db.session.flush()
    thread.keep(by, "assessments.propose", Permission.ASSESS_CLIENT, proposed)
    if row := part(entry, "answer"):
        on, words = row.day("day"), maybe_text(row, "declined")
        head = thread.head_on(on)
        overriding.answer(proposed, words is None, words, head, thread.hours.on(on))
        db.session.flush()
        thread.keep(head, "assessments.answer_override", Permission.APPROVE_LEVEL, proposed)
        row.end()


def object_to(entry: Entry, assessment: Assessment, thread: Thread) -> None:
    """What the person said on a ``day``, written down the same day; answered by the head of service, or open."""
    day = entry.day("day")
    by, at = thread.officer_on(day), thread.hours.on(day)
    said = Said(day, word(entry, "against", Against), entry.text("words"), maybe_text(entry, "item"))
    objection = objecting.object_to(assessment, said, by, day, at)
    db.session.flush()
    thread.keep(by, "assessments.record_objection", Permission.RECORD_OBJECTION, objection)
    if row := part(entry, "answer"):
        on = row.day("day")
        head = thread.head_on(on)
        reply = Reply(word(row, "outcome", ObjectionOutcome), row.text("words"))
        objecting.answer(objection, reply, head, on, thread.hours.on(on))
        db.session.flush()
        thread.keep(head, "assessments.answer_objection", Permission.ANSWER_OBJECTION, objection)
        row.end()
