"""The programmes of a story: drawn up, put to the person, submitted, decided, carried out, by the room's own verbs."""

from datetime import date

from sqlalchemy import select

from app.access.policy import Permission
from app.assessments.models import Assessment, Completion
from app.db import db
from app.offices.reading import Entry
from app.programs.carrying import close, note_progress, review
from app.programs.deciding import agree, approve, send_back, submit
from app.programs.drafting import (
    add_goal,
    add_step,
    change_step,
    draw_up,
    remove_goal,
    start_change,
)
from app.programs.models import Agreement, Closure, Goal, Program, Progress, Review, Step, Version
from app.programs.suggesting import decline, take
from app.programs.vocabulary import Consenting, Doer, Outcome, StepState, Verdict
from app.seeds.demo.telling import maybe_text, pairs, part, parts, word
from app.seeds.demo.thread import Thread


def plan(entry: Entry, thread: Thread) -> None:
    program: Program | None = None
    for row in parts(entry, "versions"):
        program = write_version(row, program, thread)
    if program and (ending := part(entry, "closed")):
        on = ending.day("day")
        by, at = thread.officer_on(on), thread.hours.on(on)
        close(
            program, Closure(on=on, outcome=word(ending, "outcome", Outcome), words=ending.text("words"), by=by, at=at)
        )
        ending.end()
    db.session.flush()


def write_version(entry: Entry, program: Program | None, thread: Thread) -> Program:
    on, starts_on = entry.day("drafted_on"), entry.day("starts_on")
    by, at, assessment = thread.officer_on(on), thread.hours.on(on), latest_assessment(thread, on)
    if program is None:
        version = Version(assessment=assessment, drafted_by=by, drafted_at=at, starts_on=starts_on)
        version.review_on = entry.day("review_on")
        program = draw_up(thread.case, version)
    else:
        version = start_change(program, assessment, by, at, starts_on)
        db.session.add(version)
    set_goals(entry, version)
    db.session.flush()
    if row := part(entry, "agreement"):
        put_to_person(row, version, thread)
    for row in parts(entry, "submitted"):
        lay_before_head(row, version, thread)
    for row in parts(entry, "progress"):
        carry_out(row, version, thread)
    for row in parts(entry, "reviews"):
        look_back(row, program, thread)
    db.session.flush()
    return program


def latest_assessment(thread: Thread, on: date) -> Assessment:
    statement = (
        select(Assessment)
        .join(Assessment.completion)
        .where(Assessment.case_id == thread.case.id, Completion.on <= on)
        .order_by(Completion.on.desc())
    )
    return db.session.scalars(statement).first() or Assessment(completion=None)  # the room's verb refuses it


def set_goals(entry: Entry, version: Version) -> None:
    for name in entry.take("drop", list, []) if "drop" in entry.rest else []:
        remove_goal(goal_named(version, str(name)))
    for row in parts(entry, "moved"):
        moved = step_named(version, row.text("step"))
        change_step(moved, moved.text, moved.doer, row.day("due_on"))
    for code in entry.take("take", list, []) if "take" in entry.rest else []:
        take(version, code)
    for code, reason in pairs(entry, "decline").items():
        decline(version, code, reason)
    for row in parts(entry, "goals"):
        goal = add_goal(version, row.text("text"), maybe_text(row, "need"))
        for step in parts(row, "steps"):
            add_step(goal, step.text("text"), word(step, "doer", Doer), step.day("due_on"))


def put_to_person(entry: Entry, version: Version, thread: Thread) -> None:
    on = entry.day("day")
    agreement = Agreement(on=on, by_id=thread.officer_on(on).id, at=thread.hours.on(on))
    agreement.answer, agreement.words = word(entry, "answer", Consenting), maybe_text(entry, "words")
    agreement.representative = maybe_text(entry, "representative")
    agree(version, agreement)
    entry.end()
    db.session.flush()


def lay_before_head(entry: Entry, version: Version, thread: Thread) -> None:
    """A submission with the answer to it: returned with words, approved, or still waiting."""
    on = entry.day("day")
    by, at = thread.officer_on(on), thread.hours.on(on)
    submit(version, by, at)
    db.session.flush()
    thread.keep(by, "programs.submit", Permission.EDIT_PROGRAM, version)
    if row := part(entry, "returned"):
        head, at = thread.head_on(on), thread.hours.on(row.day("day"))
        send_back(version, row.text("words"), head, at)
        thread.keep(head, "programs.send_back", Permission.APPROVE_PROGRAM, version)
        row.end()
    if "approved_on" in entry.rest:
        approved_on = entry.day("approved_on")
        head, at = thread.head_on(approved_on), thread.hours.on(approved_on)
        approve(version, head, approved_on, at)
        thread.keep(head, "programs.approve", Permission.APPROVE_PROGRAM, version)
    db.session.flush()


def goal_named(version: Version, name: str) -> Goal:
    """The goal taken from a suggestion, or the one of a number in the programme."""
    return next(goal for goal in version.goals if name in (goal.rule, str(goal.ordinal)))


def step_named(version: Version, name: str) -> Step:
    """``W-1.2`` is the second step of the goal that the suggestion W-1 became; ``4.1`` the first of the fourth goal."""
    goal, _dot, step = name.partition(".")
    return goal_named(version, goal).steps[int(step) - 1]


def carry_out(entry: Entry, version: Version, thread: Thread) -> None:
    on = entry.day("day")
    progress = Progress(on=on, by=thread.officer_on(on), at=thread.hours.on(on))
    progress.state, progress.note = word(entry, "state", StepState), maybe_text(entry, "note")
    note_progress(step_named(version, entry.text("step")), progress)


def look_back(entry: Entry, program: Program, thread: Thread) -> None:
    on = entry.day("day")
    found = Review(on=on, by=thread.officer_on(on), at=thread.hours.on(on))
    found.verdict, found.words = word(entry, "verdict", Verdict), entry.text("words")
    found.next_review_on = entry.day("next_on") if "next_on" in entry.rest else None
    review(program, found)
