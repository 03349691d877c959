"""The statement against plain counting: the same random register, looked at day by day in Python."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import joinedload, selectinload

from app.assessments.models import Assessment
from app.clients.cases import Case, Deregistration
from app.clients.models import Client
from app.clients.vocabulary import Sex, Stage
from app.clock import COUNTRY
from app.db import db
from app.indicators.periods import parse
from app.offices.models import Office
from app.programs.models import Program, Version
from app.sessions.models import Session
from tests.factories.people import make_user
from tests.indicators.registers import FIRST_DAYS, Register, counted, minutes_given

PEOPLE = 25
FIRST_DAY = date(2025, 11, 1)
DAYS = 300
PARTS = selectinload(Program.versions).joinedload(Version.approval)


def any_day(dice: Random, after: date = FIRST_DAY) -> date:
    return after + timedelta(days=dice.randrange(DAYS - (after - FIRST_DAY).days))


def fill(dice: Random) -> None:
    """People with one case or more, and whatever may happen in them, at any time around the half-year."""
    register = Register()
    helpers = [make_user() for _ in range(3)]
    for _ in range(PEOPLE):
        first = a_case(register, dice, None)
        for case in [first, *(a_case(register, dice, first) for _ in range(dice.choice((0, 0, 1, 2))))]:
            for _ in range(dice.randrange(3)):
                on = any_day(dice)
                register.assess(case, on, on + timedelta(days=dice.randrange(30, 300)))
            for _ in range(dice.randrange(3)):
                approved_on = dice.choice((None, any_day(dice)))
                register.program(case, approved_on, dice.choice((None, any_day(dice))) if approved_on else None)
            for _ in range(dice.randrange(4)):
                register.meet(case, any_day(dice), dice.choice((0, 45, 90)), dice.choice(helpers), dice.random() < 0.7)


def a_case(register: Register, dice: Random, of: Case | None) -> Case:
    case = register.case(any_day(dice), of=of, sex=dice.choice(list(Sex)), stage=dice.choice(list(Stage)))
    if dice.random() < 0.5:
        register.deregister(case, any_day(dice, case.registered_on))
    if dice.random() < 0.4:
        register.hand_over(case, datetime.combine(any_day(dice), datetime.min.time(), UTC) + timedelta(hours=19))
    if dice.random() < 0.4:
        later = case.registered_on + timedelta(days=dice.randrange(1, 90))
        register.enter_stage(case, dice.choice([each for each in Stage if each != case.stages[0].stage]), later)
    return case


class Recount:
    """Every row in memory, and plain questions about one person on one day."""

    def __init__(self) -> None:
        self.cases = by(
            db.session.query(Case).options(selectinload(Case.assignments), selectinload(Case.stages)), "client_id"
        )
        self.left = {row.case_id: row.on for row in db.session.query(Deregistration)}
        self.offices = {row.id: row.code for row in db.session.query(Office)}
        programs = db.session.query(Program).options(selectinload(Program.closure), PARTS)
        self.programs = by(programs, "case_id")
        self.assessments = by(db.session.query(Assessment).options(joinedload(Assessment.completion)), "case_id")
        sessions = db.session.query(Session).options(joinedload(Session.match), joinedload(Session.confirmation))
        self.held = {(row.match.case_id, row.on) for row in sessions if row.has_met and row.confirmation}

    def cells(self, code: str) -> dict[tuple[str, str, str], tuple[int, ...]]:
        period, counts = parse(code), {}
        days = [period.start + timedelta(days=number) for number in range((period.end - period.start).days)]
        for client in db.session.query(Client):
            cases = self.cases[client.id]
            present = {day: [case for case in cases if self.on_register(case, day)] for day in days}
            stayed = [day for day in days if present[day]]
            if stayed:
                day = stayed[-1]
                row = counts.setdefault(self.cell(client, present[day], day), [0, 0, 0, 0])
                row[0] += 1
                row[1] += any(self.is_covered(case, day) for case in cases)
                row[2] += self.is_on_time(cases, present[day], day)
                row[3] += any((case.id, each) in self.held for case in cases for each in stayed)
        return {cell: tuple(row) for cell, row in counts.items()}

    def on_register(self, case: Case, day: date) -> bool:
        return case.registered_on <= day and not (case.id in self.left and self.left[case.id] <= day)

    def cell(self, client: Client, present: list[Case], day: date) -> tuple[str, str, str]:
        case = max(present, key=lambda each: (each.registered_on, each.id))
        stages = sorted(case.stages, key=lambda row: row.from_on)
        stage = ([row for row in stages if row.from_on <= day] or stages[:1])[-1]
        holders = sorted(case.assignments, key=lambda row: row.from_at)
        holder = ([row for row in holders if row.from_at.astimezone(COUNTRY).date() <= day] or holders[:1])[-1]
        return self.offices[holder.office_id], str(client.sex), str(stage.stage)

    def is_covered(self, case: Case, day: date) -> bool:
        return any(
            any(version.approval and version.approval.on <= day for version in program.versions)
            and not (program.closure and program.closure.on <= day)
            for program in self.programs[case.id]
        )

    def is_on_time(self, cases: list[Case], present: list[Case], day: date) -> bool:
        completed = [row for case in cases for row in self.assessments[case.id] if row.completion]
        known = [(row.completion.on, row.id, row.completion) for row in completed if row.completion.on <= day]
        if known:
            return max(known)[2].reassess_by >= day
        return min(case.registered_on for case in present) + timedelta(days=FIRST_DAYS) >= day


def by(rows: Any, name: str) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_counting_day_by_day_gives_the_same(app, seed):
    fill(Random(seed))  # noqa: S311 - dice, not a key
    db.session.expire_all()

    assert Recount().cells("2026H1") == counted("2026H1")
    assert len(minutes_given()) > 5
