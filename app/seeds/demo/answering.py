"""The violations of a story with what the person said, what was answered and by whom; searches; words of thanks."""

from datetime import date

from sqlalchemy import select

from app.access.policy import Permission
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.telling import flag, maybe_text, number, part, parts, word
from app.seeds.demo.thread import Thread
from app.supervision.calendar.models import Visit
from app.supervision.searches.models import Search
from app.supervision.searches.searching import (
    Declared,
    Ended,
    Opened,
    Stepped,
    declare,
    end_search,
    note_step,
    open_search,
)
from app.supervision.searches.vocabulary import Ending, StepKind
from app.supervision.violations.catalogue import answering
from app.supervision.violations.delivering import Decided, Handed, decide, hand_over
from app.supervision.violations.dossier import dossier_of
from app.supervision.violations.drafting import Asked, Text, draft, send_back, sign, submit
from app.supervision.violations.filling import Beginning
from app.supervision.violations.models import Answer, Violation
from app.supervision.violations.recording import Breached, Explained, explain, record, record_missed
from app.supervision.violations.texts import texts
from app.supervision.violations.vocabulary import Addressee, CourtOutcome, Means


def breach(entry: Entry, thread: Thread) -> None:
    """A violation of a ``day``, recorded on another; ``visit`` means that the person did not come on that day."""
    on, day = entry.day("day"), entry.day("recorded_on")
    by, at = thread.officer_on(day), thread.hours.on(day)
    if flag(entry, "visit"):
        visit = db.session.scalars(select(Visit).where(Visit.case_id == thread.case.id, Visit.on == on)).one()
        violation = record_missed(visit, by, day, at)
    else:
        told = Breached(entry.text("code"), on, maybe_text(entry, "words"), maybe_text(entry, "evidence"))
        violation = record(thread.case, told, by, day, at)
    keep(thread, day, "violations.create", violation)
    if row := part(entry, "explained"):
        said_on = row.day("day")
        words = maybe_text(row, "words")
        said = Explained(said_on, words, maybe_text(row, "paper"), is_refused=words is None)
        explain(violation, said, thread.officer_on(said_on), said_on, thread.hours.on(said_on))
        keep(thread, said_on, "violations.explain", violation)
        row.end()
    for row in parts(entry, "answers"):
        answer(row, (violation,), thread)


def reward(entry: Entry, thread: Thread) -> None:
    answer(entry, (), thread)


def answer(entry: Entry, violations: tuple[Violation, ...], thread: Thread) -> None:
    """An answer as far as it has come: drafted, handed in, signed or returned, given to whom it is for, decided."""
    day, measure = entry.day("day"), entry.text("measure")
    asked = Asked(measure, text_of(entry, measure, violations, thread, day), tuple(one.id for one in violations))
    made = draft(thread.case, asked, thread.officer_on(day), day, thread.hours.on(day))
    keep(thread, day, "violations.create_answer", made, Permission.DRAFT_ANSWER)
    if flag(entry, "drafted_only"):
        return
    submit(made, made.made_by, thread.hours.on(day))
    keep(thread, day, "violations.submit_answer", made, Permission.DRAFT_ANSWER)
    before_the_head(entry, made, thread)
    for row in parts(entry, "handed"):
        on = row.day("day")
        handed = Handed(word(row, "to", Addressee), on, word(row, "means", Means), maybe_text(row, "words"))
        hand_over(made, handed, thread.officer_on(on), on, thread.hours.on(on))
        keep(thread, on, "violations.deliver", made)
    if court := part(entry, "decided"):
        on = court.day("day")
        decided = Decided(on, word(court, "outcome", CourtOutcome), court.text("act"), number(court, "months") or None)
        decide(made, decided, thread.officer_on(on), on, thread.hours.on(on))
        keep(thread, on, "violations.decision", made)
        court.end()


def text_of(entry: Entry, measure: str, violations: tuple[Violation, ...], thread: Thread, day: date) -> Text:
    """The sample of the measure, filled in as the officer's page fills it in."""
    begun = Beginning(thread.case, dossier_of([thread.case]), violations, day).text(measure, None, texts())
    months = number(entry, "months") or None
    said = {"kk": begun.kk, "ru": begun.ru}
    if months:
        said = {language: words.replace("{months}", str(months)) for language, words in said.items()}
    return Text(said["kk"], said["ru"], months if answering().measures[measure].asks_months else None)


def before_the_head(entry: Entry, made: Answer, thread: Thread) -> None:
    if "signed_on" in entry.rest:
        on = entry.day("signed_on")
        head = thread.head_on(on)
        sign(made, made.draft.id, head, on, thread.hours.on(on))
        db.session.flush()
        thread.keep(head, "violations.sign_answer", Permission.SIGN_ANSWER, made)
    if row := part(entry, "returned"):
        on = row.day("day")
        head = thread.head_on(on)
        send_back(made, made.draft.id, row.text("words"), head, thread.hours.on(on))
        db.session.flush()
        thread.keep(head, "violations.return_answer", Permission.SIGN_ANSWER, made)
        row.end()


def search(entry: Entry, thread: Thread) -> None:
    """A search with its steps, the court's declaration, and how it ended."""
    day = entry.day("day")
    opened = Opened(entry.day("missed_on"), day, entry.text("why"))
    made = open_search(thread.case, opened, thread.officer_on(day), day, thread.hours.on(day))
    keep(thread, day, "searches.create", made)
    for row in parts(entry, "steps"):
        on = row.day("day")
        step = Stepped(word(row, "kind", StepKind), on, maybe_text(row, "words"))
        note_step(made, step, thread.officer_on(on), on, thread.hours.on(on))
        keep(thread, on, "searches.create_step", made)
    conclude(entry, made, thread)


def conclude(entry: Entry, made: Search, thread: Thread) -> None:
    if row := part(entry, "declared"):
        on = row.day("day")
        declare(made, Declared(on, row.text("act")), thread.officer_on(on), on, thread.hours.on(on))
        keep(thread, on, "searches.declaration", made)
        row.end()
    if row := part(entry, "ended"):
        on = row.day("day")
        ended = Ended(word(row, "ending", Ending), on, maybe_text(row, "words"))
        end_search(made, ended, thread.officer_on(on), on, thread.hours.on(on))
        keep(thread, on, "searches.end", made)
        row.end()


def keep(
    thread: Thread, day: date, what: str, made: object, permission: Permission = Permission.SUPERVISE_CLIENT
) -> None:
    db.session.flush()
    thread.keep(thread.officer_on(day), what, permission, made)
