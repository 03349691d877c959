"""The reviews at visits of a story: the answers that are not the calmest, a note, perhaps a withdrawal."""

from app.access.policy import Permission
from app.assessments.acute.reviewing import Seen, acute_form_for, review, withdraw
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.assessing import UNKNOWN
from app.seeds.demo.telling import maybe_text, pairs, part
from app.seeds.demo.thread import Thread


def visit(entry: Entry, thread: Thread) -> None:
    """A review on a ``day``; ``but`` names the answers that carry points, and those that are unknown."""
    day = entry.day("day")
    by, at = thread.officer_on(day), thread.hours.on(day)
    form, told = acute_form_for(thread.case, day), pairs(entry, "but")
    answers = {item.code: told.get(item.code, item.options[0].code) for _section, item in form.items()}
    known = {code: None if option == UNKNOWN else option for code, option in answers.items()}
    made = review(thread.case, Seen(day, known, maybe_text(entry, "note")), by, day, at)
    db.session.add(made)
    db.session.flush()
    thread.keep(by, "assessments.create_review", Permission.ASSESS_CLIENT, made)
    if row := part(entry, "withdrawn"):
        on = row.day("day")
        withdraw(made, row.text("reason"), by, thread.hours.on(on))
        thread.keep(by, "assessments.withdraw_review", Permission.ASSESS_CLIENT, made)
        row.end()
