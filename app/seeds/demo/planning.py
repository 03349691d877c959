"""The programmes of a story: drawn up, put to the person, submitted, decided, carried out, by the room's own verbs."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.assessments.models import Assessment, Completion
from app.clients.cases import Case
from app.db import db
from app.offices.reading import Entry
from app.programs.decisions.deciding import agree, approve, send_back, submit
from app.programs.drafts.continuing import go_on, heritage_of, leading
from app.programs.drafts.drafting import draw_up, start_change
from app.programs.models import (
    Agreement,
    Closure,
    GoalProgress,
    Opening,
    Program,
    Progress,
    Review,
    Submission,
    Version,
)
from app.programs.progress.achieving import say, settle_rest
from app.programs.progress.carrying import close, note_progress, review
from app.programs.progress.standing import Standing, standing_of
from app.programs.queries import progress_of, said_of_goals
from app.programs.vocabulary import Consenting, GoalOutcome, GoalState, Outcome, StepState, Verdict
from app.seeds.demo.aiming import goal_named, goals_named, set_goals, step_named
from app.seeds.demo.telling import flag, maybe_text, names, pairs, part, parts, word
from app.seeds.demo.thread import Thread


def plan(entry: Entry, thread: Thread) -> None:
    program: Program | None = None
    for row in parts(entry, "versions"):
        program = write_version(row, program, thread)
    if program and (ending := part(entry, "closed")):
        end(ending, program, thread)
    db.session.flush()


def end(entry: Entry, program: Program, thread: Thread) -> None:
    """The closure, with what came of each goal of the version in force."""
    on, current = entry.day("day"), program.in_force
    closure = Closure(on=on, outcome=word(entry, "outcome", Outcome), words=entry.text("words"))
    closure.by, closure.at = thread.officer_on(on), thread.hours.on(on)
    closure.further, closure.contacts = maybe_text(entry, "further"), maybe_text(entry, "contacts")
    said = pairs(entry, "goals")
    outcomes = {goal_named(current, name).thread: GoalOutcome(came) for name, came in said.items()} if current else {}
    close(program, closure, outcomes)
    entry.end()
    db.session.flush()
    thread.keep(closure.by, "programs.close", Permission.EDIT_PROGRAM, program)


def write_version(entry: Entry, program: Program | None, thread: Thread) -> Program:
    on, starts_on = entry.day("drafted_on"), entry.day("starts_on")
    by, at, assessment = thread.officer_on(on), thread.hours.on(on), latest_assessment(thread, on)
    if program is None:
        version = Version(assessment=assessment, drafted_by=by, drafted_at=at, starts_on=starts_on)
        version.review_on = entry.day("review_on")
        program = go_on_from_earlier(version, thread) if flag(entry, "goes_on") else draw_up(thread.case, version)
    else:
        version = start_change(program, assessment, by, at, starts_on)
        db.session.add(version)
    set_goals(entry, version, by, at)
    db.session.flush()
    if row := part(entry, "agreement"):
        put_to_person(row, version, thread)
    for row in parts(entry, "submitted"):
        lay_before_head(row, version, thread)
    for row in parts(entry, "progress"):
        carry_out(row, version, thread)
    for row in parts(entry, "achieved"):
        achieve(row, version, thread)
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


def go_on_from_earlier(draft: Version, thread: Thread) -> Program:
    """The programme of the person's earlier case goes on here, with the goals that were not reached there."""
    newest = select(Program).join(Program.case).where(Case.client_id == thread.case.client_id)
    earlier = db.session.scalars(newest.order_by(Program.id.desc())).unique().first()
    if earlier is None:
        raise LookupError(f"{thread.case.number} goes on from nothing")
    version = leading(earlier)
    left = heritage_of(earlier, version, standing_now(earlier, version))
    return go_on(left, [goal.thread for goal in left.goals], thread.case, draft, thread.hours.now.date())


def standing_now(program: Program, version: Version) -> Standing:
    db.session.flush()
    return standing_of(version, progress_of(program), said_of_goals(program))


def put_to_person(entry: Entry, version: Version, thread: Thread) -> None:
    on = entry.day("day")
    agreement = Agreement(on=on, by_id=thread.officer_on(on).id, at=thread.hours.on(on))
    agreement.answer, agreement.words = word(entry, "answer", Consenting), maybe_text(entry, "words")
    agreement.representative, agreement.present = maybe_text(entry, "representative"), maybe_text(entry, "present")
    agree(version, agreement, [goal.thread for goal in goals_named(version, names(entry, "except"))])
    entry.end()
    db.session.flush()


def lay_before_head(entry: Entry, version: Version, thread: Thread) -> None:
    """A submission with the answer to it: returned with words, approved, or still waiting."""
    on = entry.day("day")
    by, at = thread.officer_on(on), thread.hours.on(on)
    submit(version, by, at)
    db.session.flush()
    laid = version.submissions[-1]
    thread.keep(by, "programs.submit", Permission.EDIT_PROGRAM, version)
    if row := part(entry, "returned"):
        returned_on, head = row.day("day"), thread.head_on(on)
        read_whole(laid, head, returned_on, thread)
        send_back(version, row.text("words"), head, thread.hours.on(returned_on))
        thread.keep(head, "programs.send_back", Permission.APPROVE_PROGRAM, version)
        row.end()
    if "approved_on" in entry.rest:
        approved_on = entry.day("approved_on")
        head = thread.head_on(approved_on)
        read_whole(laid, head, approved_on, thread)
        approve(version, head, approved_on, thread.hours.on(approved_on))
        thread.keep(head, "programs.approve", Permission.APPROVE_PROGRAM, version)
    db.session.flush()


def read_whole(laid: Submission, head: User, on: date, thread: Thread) -> None:
    """The head of service opened what was submitted before deciding about it."""
    db.session.add(Opening(submission_id=laid.id, by_id=head.id, at=thread.hours.on(on)))


def carry_out(entry: Entry, version: Version, thread: Thread) -> None:
    on = entry.day("day")
    progress = Progress(on=on, by=thread.officer_on(on), at=thread.hours.on(on))
    progress.state, progress.note = word(entry, "state", StepState), maybe_text(entry, "note")
    note_progress(step_named(version, entry.text("step")), progress)


def achieve(entry: Entry, version: Version, thread: Thread) -> None:
    """A goal was reached, or is taken up again."""
    on, goal = entry.day("day"), goal_named(version, entry.text("goal"))
    said = GoalProgress(on=on, by=thread.officer_on(on), at=thread.hours.on(on), note=maybe_text(entry, "note"))
    said.state = word(entry, "state", GoalState, GoalState.ACHIEVED)
    standing = standing_now(version.program, version)
    say(goal, said, standing)
    if said.state is GoalState.ACHIEVED:
        settle_rest(goal, standing, said, _("The goal was reached without it."))
    db.session.flush()


def look_back(entry: Entry, program: Program, thread: Thread) -> None:
    on = entry.day("day")
    found = Review(on=on, by=thread.officer_on(on), at=thread.hours.on(on))
    found.verdict, found.words = word(entry, "verdict", Verdict), entry.text("words")
    found.next_review_on = entry.day("next_on") if "next_on" in entry.rest else None
    review(program, found)
