"""The facts of everybody at once against the facts of one, and against what the records themselves say."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import selectinload

from app.assessments import library
from app.assessments.due.standings import dues
from app.assessments.models import AcuteReview, Assessment
from app.assessments.vocabulary import Kind, Stage, Use
from app.clients.cases import Case
from app.clients.events import CaseEvent
from app.clock import COUNTRY
from app.db import db
from app.programs.models import Program, Progress
from app.programs.vocabulary import Phase
from app.seeds import population, reference_data
from app.sessions.models import Match, Session
from app.signals import facts as known
from app.signals.facts import Facts
from app.signals.gathering import gathering
from app.signals.rules import evaluate, in_force
from app.supervision.calendar.models import Visit
from app.supervision.calendar.vocabulary import Came
from app.web.addresses import LARGEST
from app.web.dates import age_on

TODAY = population.TODAY
DAYS = [TODAY - timedelta(days=200), TODAY]


def written(at, day: date) -> bool:
    return at.astimezone(COUNTRY).date() <= day


def by_hand(case: Case, day: date) -> Facts:
    """The same facts, read record by record as a person would."""
    stage = next((row for row in case.stages if row.covers(day)), None)
    facts = Facts(case.id, case.registered_on, case.term_to, stage and stage.stage, stage and stage.from_on)
    of_case = {"case_id": case.id}
    completed = [row for row in db.session.query(Assessment).filter_by(**of_case)
                 if row.completion and written(row.completion.at, day)]  # fmt: skip
    due = dues([case.id], day)[case.id] if day == TODAY else None
    if completed:
        latest = max(completed, key=lambda row: (row.completion.at, row.id))
        facts.first_assessed_on = min(row.completion.on for row in completed)
        facts.completed = known.Completed(latest.id, due.on) if due else None
        age = age_on(case.client.born_on, day)
        acute = stage and library.fitting(age, Stage(stage.stage.value), day, use=Use.ACUTE)
        facts.is_to_be_reviewed = bool(acute) and latest.final_level.value != "low"
    elif due:
        facts.first_due_on = due.on
    of_programs(facts, db.session.query(Program).filter_by(**of_case).all(), day)
    of_reviews(facts, db.session.query(AcuteReview).filter_by(**of_case).all(), day)
    of_events(facts, db.session.query(CaseEvent).filter_by(**of_case).all(), day)
    of_matches(facts, db.session.query(Match).filter_by(**of_case).all(), day)
    of_visits(facts, db.session.query(Visit).filter_by(**of_case).all(), day)
    return facts


def of_visits(facts: Facts, visits: list[Visit], day: date) -> None:
    for visit in visits:
        told = [row for row in visit.outcomes if written(row.at, day)]
        if day - timedelta(days=730) <= visit.on <= day and told and told[-1].kind == Came.DID_NOT_COME:
            facts.visits += (known.Missed(visit.id, visit.on),)


def of_programs(facts: Facts, programs: list[Program], day: date) -> None:
    facts.has_program = False
    for program in programs:
        approved = [row for row in program.versions if row.approval and written(row.approval.at, day)]
        facts.has_program |= bool(approved)
        if not approved or program.closure and written(program.closure.at, day):
            continue
        said = {row.thread: row.state for row in db.session.query(Progress).filter_by(program_id=program.id)
                .order_by(Progress.id) if written(row.at, day)}  # fmt: skip
        steps = [step for goal in approved[-1].goals if goal.phase is Phase.ACTIVE for step in goal.steps]
        facts.steps += tuple(
            known.Step(program.id, step.thread, step.due_on) for step in steps
            if step.due_on < day and not (step.thread in said and said[step.thread].is_settled)
        )  # fmt: skip


def of_reviews(facts: Facts, reviews: list[AcuteReview], day: date) -> None:
    standing = sorted((row for row in reviews if row.on <= day and written(row.at, day)
                       and not (row.withdrawal and written(row.withdrawal.at, day))),
                      key=lambda row: (row.on, row.id))  # fmt: skip
    if not standing:
        return
    *before, last = standing
    three = before[-3:]
    facts.review = known.Review(
        last.id, last.on, last.acute_sum, last.protective_sum, last.protective_unknown, len(three),
        sum(row.acute_sum for row in three) if three else None,
        sum(row.acute_unknown for row in three) if three else None,
        before[-1].protective_sum if before else None,
    )  # fmt: skip
    acute = {item.code for section, item in library.of(last).items() if section.kind == Kind.ACUTE}
    earlier = {row.item_code: row.points for row in before[-1].answers} if before else {}
    facts.items = tuple(
        known.Item(last.id, last.on, row.item_code, row.points, earlier.get(row.item_code))
        for row in last.answers
        if row.item_code in acute
        and row.points == 2
        and row.points > (-1 if earlier.get(row.item_code) is None else earlier[row.item_code])
    )


def of_events(facts: Facts, events: list[CaseEvent], day: date) -> None:
    facts.events = tuple(
        known.Event(row.id, row.kind, row.on) for row in events
        if day - timedelta(days=730) <= row.on <= day and written(row.recorded_at, day)
        and not (row.withdrawal and written(row.withdrawal.at, day))
    )  # fmt: skip


def of_matches(facts: Facts, matches: list[Match], day: date) -> None:
    for match in matches:
        sessions = [row for row in db.session.query(Session).filter_by(match_id=match.id)
                    if row.on <= day and written(row.logged_at, day)]  # fmt: skip
        facts.absences += tuple(
            known.Absence(row.id, row.on) for row in sessions
            if row.absence == "did_not_come" and row.on >= day - timedelta(days=730)
        )  # fmt: skip
        consents = [row for row in match.consents if written(row.recorded_at, day)]
        if consents and consents[-1].stood_on(day) and match.starts_on <= day and written(match.made_at, day):
            met = [row.on for row in sessions if row.has_met]
            facts.helps += (known.Help(match.id, match.starts_on, max(met, default=None)),)


@pytest.fixture
def register(app):
    reference_data.load()
    population.load(80, seed=3)


LISTS = {"steps", "events", "items", "absences", "visits", "helps"}


def in_order(facts: Facts) -> dict:
    """Lists of facts have no order of their own."""
    values = {name: getattr(facts, name) for name in Facts.__slots__}
    values["events"] = [event for event in facts.events if event.on >= TODAY - timedelta(days=730)]
    return {name: sorted(value) if name in LISTS else value for name, value in values.items()}


def without_terms(facts: Facts) -> dict:
    """The terms of assessments are read by hand only as of today."""
    return in_order(facts) | {"completed": None, "first_due_on": None}


def test_everybody_at_once_is_one_by_one_and_is_what_the_records_say(register, stopped_clock):
    cases = db.session.scalars(db.select(Case).options(selectinload(Case.stages)).order_by(Case.id)).unique().all()
    for day in DAYS:
        at_once = gathering(day).gather(0, LARGEST, 10_000)
        on_register = [case for case in cases if case.registered_on <= day
                       and not (case.deregistration and written(case.deregistration.at, day))]  # fmt: skip

        assert list(at_once) == [case.id for case in on_register]
        for case in on_register:
            alone = gathering(day).gather(case.id - 1, case.id, 1)[case.id]
            compared = in_order if day == TODAY else without_terms
            assert in_order(at_once[case.id]) == in_order(alone)
            assert compared(alone) == compared(by_hand(case, day))
    spoke = {found.rule.code for facts in at_once.values() for found in evaluate(in_force(day), facts, day)}
    assert len(spoke) > 8
