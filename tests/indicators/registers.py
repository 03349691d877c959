"""Small registers for the tests: a case with exactly the facts that a test names, straight into the tables."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from app.access.models import Role, User
from app.assessments.models import Assessment, Completion
from app.clients.cases import Assignment, Case, CaseStage, Deregistration, Transfer, TransferAnswer
from app.clients.vocabulary import Ground, Sex, Stage
from app.db import db
from app.indicators.facts import gather
from app.indicators.periods import parse
from app.programs.models import Approval, Closure, Program, Version
from app.programs.vocabulary import Outcome
from app.sessions.models import Confirmation, Match, Session
from app.sessions.vocabulary import Absence, Medium
from tests.factories.people import make_case, make_client, make_office, make_user

NUMBERS = count(1)
FIRST_DAYS = 30


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


class Register:
    """Builds people on the register of office A-1, answered for by one officer."""

    def __init__(self) -> None:
        self.officer: User = make_user()
        self.head: User = make_user(Role.SUPERVISOR)
        self.helper: User = make_user(Role.MENTOR)
        self.elsewhere = make_office("B-2")

    def case(self, registered_on: date, left_on: date | None = None, of: Case | None = None, sex=Sex.MALE, **facts):
        """A case of a new person, or one more of the person whose case is given."""
        client = of.client if of else make_client(registered_by_id=self.officer.id, sex=sex)
        case = make_case(
            self.officer, client, judged_on=date(2020, 1, 1), registered_on=registered_on, stage_from=registered_on,
            **facts,
        )  # fmt: skip
        case.assignment.from_at = noon(registered_on)
        if left_on:
            self.deregister(case, left_on)
        return self.save(case)

    def deregister(self, case: Case, on: date) -> None:
        self.save(Deregistration(case_id=case.id, ground=Ground.TERM_ENDED, on=on, by_id=self.officer.id, at=noon(on)))

    def hand_over(self, case: Case, at: datetime) -> None:
        """An accepted transfer to the office B-2."""
        case.assignment.to_at = at
        self.save()
        self.save(Assignment(case_id=case.id, office_id=self.elsewhere.id, from_at=at))

    def offer(self, case: Case, is_accepted: bool | None) -> None:
        """An offer that was declined, or waits (None)."""
        office_id = case.assignment.office_id
        transfer = self.save(Transfer(
            case_id=case.id, from_office_id=office_id, to_office_id=self.elsewhere.id, reason="Moved",
            offered_by_id=self.officer.id, offered_at=noon(date(2026, 3, 1)),
        ))  # fmt: skip
        if is_accepted is not None:
            self.save(TransferAnswer(
                transfer_id=transfer.id, is_accepted=is_accepted, by_id=self.officer.id, at=noon(date(2026, 3, 2))
            ))  # fmt: skip

    def enter_stage(self, case: Case, stage: Stage, on: date) -> None:
        case.stages[-1].to_on = on
        self.save(CaseStage(case_id=case.id, stage=stage, from_on=on))

    def begin_assessment(self, case: Case) -> Assessment:
        return self.save(Assessment(
            case_id=case.id, instrument_code="test", instrument_version="1", instrument_digest="0" * 64,
            started_at=noon(case.registered_on), started_by_id=self.officer.id, saved_at=noon(case.registered_on),
        ))  # fmt: skip

    def assess(self, case: Case, on: date, reassess_by: date) -> None:
        assessment = self.begin_assessment(case)
        self.save(Completion(
            assessment_id=assessment.id, on=on, at=noon(on), by_id=self.officer.id, points=1, level="low", result={},
            conclusion="-", reassess_by=reassess_by,
        ))  # fmt: skip

    def program(self, case: Case, approved_on: date | None, closed_on: date | None = None) -> Program:
        program = self.save(Program(case_id=case.id, number=f"P-{next(NUMBERS)}", opened_at=noon(case.registered_on)))
        version = self.draft(program)
        if approved_on:
            self.save(Approval(version_id=version.id, on=approved_on, by_id=self.head.id, at=noon(approved_on)))
        if closed_on:
            self.save(Closure(
                program_id=program.id, on=closed_on, outcome=Outcome.ACHIEVED, words="-", by_id=self.officer.id,
                at=noon(closed_on),
            ))  # fmt: skip
        return program

    def draft(self, program: Program) -> Version:
        """One more version of a programme."""
        return self.save(Version(
            program_id=program.id, ordinal=next(NUMBERS), drafted_by_id=self.officer.id, drafted_at=program.opened_at,
            assessment_id=self.begin_assessment(program.case).id, starts_on=date(2026, 1, 1),
            review_on=date(2027, 1, 1),
        ))  # fmt: skip

    def meet(self, case: Case, on: date, minutes=60, helper: User | None = None, is_confirmed=True) -> None:
        """A session; none that took place when the minutes are nought."""
        helper = helper or self.helper
        match = self.save(Match(
            case_id=case.id, helper_id=helper.id, starts_on=on, made_by_id=self.officer.id, made_at=noon(on)
        ))  # fmt: skip
        session = self.save(Session(
            match_id=match.id, on=on, starts_at=time(10), minutes=minutes, medium=Medium.PHONE, has_met=minutes > 0,
            absence=None if minutes else Absence.ILLNESS, has_concern=False, logged_by_id=helper.id, logged_at=noon(on),
        ))  # fmt: skip
        if is_confirmed:
            self.save(Confirmation(session_id=session.id, by_id=self.officer.id, at=noon(on + timedelta(days=9))))

    def save(self, record=None):
        """Into the transaction; the test reads in the same one."""
        if record is not None:
            db.session.add(record)
        db.session.flush()
        return record


def counted(period: str = "2026H1") -> dict[tuple[str, str, str], tuple[int, ...]]:
    """By cell: people on the register, covered, assessed on time, met."""
    facts, _given = gather(parse(period), FIRST_DAYS)
    cells: dict[tuple[str, str, str], dict[str, int]] = {}
    for fact in facts:
        cells.setdefault(fact.cell, {"of": fact.denominator})[fact.indicator] = fact.numerator
    return {cell: (row["of"], row["I-04"], row["I-07"], row["I-11"]) for cell, row in cells.items()}


def minutes_given(period: str = "2026H1") -> list[int]:
    return sorted(row.minutes for row in gather(parse(period), FIRST_DAYS)[1])
