"""Small registers for the tests: a case with exactly the facts that a test names, straight into the tables."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from app.access.models import Role, User
from app.assessments.models import Assessment, Completion
from app.assistance.models import Referral, ReferralEvent
from app.assistance.referrals.vocabulary import Event
from app.assistance.vocabulary import Direction
from app.clients.cases import Assignment, Case, CaseStage, Deregistration, Transfer, TransferAnswer
from app.clients.events import CaseEvent, EventKind, EventWithdrawal
from app.clients.models import Circumstances
from app.clients.vocabulary import Education, Employment, Family, Ground, Sex, Stage
from app.db import db
from app.indicators.counts import Facts
from app.indicators.definitions.reading import book
from app.indicators.facts.asking import Ask
from app.indicators.facts.gathering import gather
from app.indicators.facts.sources import SOURCES
from app.indicators.periods import parse
from app.offices.models import Office
from app.programs.models import Approval, Closure, Goal, Program, Progress, Step, Version
from app.programs.vocabulary import Doer, Outcome, Phase, StepState
from app.sessions.models import Confirmation, Match, Session
from app.sessions.vocabulary import Absence, Medium
from tests.factories.people import make_case, make_client, make_office, make_region, make_user
from tests.factories.services import make_service

NUMBERS = count(1)
FIRST_DAYS = 30
HERE, THERE = "710000000", "750000000"  # the regions of the offices A-1 and B-2


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


class Register:
    """Builds people on the register of office A-1, answered for by one officer."""

    def __init__(self) -> None:
        self.officer: User = make_user()
        self.head: User = make_user(Role.SUPERVISOR)
        self.helper: User = make_user(Role.MENTOR)
        self.elsewhere = make_office("B-2", region_code=make_region(THERE).code)

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

    def deregister(self, case: Case, on: date, ground=Ground.TERM_ENDED) -> None:
        self.save(Deregistration(case_id=case.id, ground=ground, on=on, by_id=self.officer.id, at=noon(on)))

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
            self.approve(version, approved_on)
        if closed_on:
            self.close(program, closed_on)
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

    def offence(self, case: Case, on: date, noted_on: date | None = None) -> CaseEvent:
        return self.save(CaseEvent(
            case_id=case.id, kind=EventKind.NEW_OFFENCE, on=on, recorded_at=noon(noted_on or on),
            recorded_by_id=self.officer.id,
        ))  # fmt: skip

    def withdraw(self, event: CaseEvent) -> None:
        self.save(EventWithdrawal(event_id=event.id, at=noon(event.on), by_id=self.officer.id, reason="-"))

    def lives(self, case: Case, employment: Employment, since: date, until: date | None = None) -> None:
        """What is known of the person's work from a day on."""
        self.save(Circumstances(
            client_id=case.client_id, from_on=since, to_on=until, education=Education.UNKNOWN, employment=employment,
            family=Family.UNKNOWN,
        ))  # fmt: skip

    def plan(self, case: Case, approved_on: date | None, *steps, closed_on: date | None = None):
        """A programme and its steps, each a day and further facts; nothing is added once it is approved."""
        program = self.program(case, None)
        made = [self.step(program, due_on, **facts) for due_on, facts in steps]
        if approved_on:
            self.approve(self.versions(program)[0], approved_on)
        if closed_on:
            self.close(program, closed_on)
        return program, made

    def close(self, program: Program, on: date) -> None:
        self.save(Closure(
            program_id=program.id, on=on, outcome=Outcome.ACHIEVED, words="-", by_id=self.officer.id, at=noon(on)
        ))  # fmt: skip

    def step(self, program: Program, due_on: date, phase=Phase.ACTIVE, **facts) -> Step:
        """A step of the programme's last version."""
        version = max(self.versions(program), key=lambda each: each.ordinal)
        goal = self.save(Goal(version_id=version.id, thread=f"g{next(NUMBERS)}", ordinal=1, text="-", phase=phase))
        return self.save(Step(**{
            "goal_id": goal.id, "thread": f"s{next(NUMBERS)}", "ordinal": 1, "text": "-", "doer": Doer.PERSON,
            "due_on": due_on, **facts,
        }))  # fmt: skip

    def versions(self, program: Program) -> list[Version]:
        return list(db.session.query(Version).filter_by(program_id=program.id))

    def approve(self, version: Version, on: date) -> None:
        self.save(Approval(version_id=version.id, on=on, by_id=self.head.id, at=noon(on)))

    def progress(self, program: Program, step: Step, state: StepState, on: date) -> None:
        self.save(Progress(
            program_id=program.id, thread=step.thread, state=state, on=on, by_id=self.officer.id, at=noon(on)
        ))  # fmt: skip

    def refer(self, case: Case, on: date, direction=Direction.MEDICAL) -> Referral:
        """A referral to a service of that direction."""
        number = f"R-{next(NUMBERS)}"
        return self.save(Referral(
            case_id=case.id, number=number, service_id=make_service(code=number, direction=direction).id, why="-",
            shares_contact=False, made_on=on, answer_by=on + timedelta(days=9), made_at=noon(on),
            made_by_id=self.officer.id,
        ))  # fmt: skip

    def answer(self, referral: Referral, kind: Event, on: date, **facts) -> None:
        """Something that happened to a referral."""
        self.save(ReferralEvent(
            referral_id=referral.id, kind=kind, on=on, by_provider=False, by_id=self.officer.id, at=noon(on), **facts
        ))  # fmt: skip

    def save(self, record=None):
        """Into the transaction; the test reads in the same one."""
        if record is not None:
            db.session.add(record)
        db.session.flush()
        return record


def gathered(period: str = "2026H1") -> Facts:
    return gather(parse(period))


def lines(source: str = "register", period: str = "2026H1", wanted=None):
    """The lines of a source, person by person, with the code of the office in place of its number."""
    offices = {row.id: row.code for row in db.session.query(Office)}
    found = db.session.execute(SOURCES[source].lines(Ask(parse(period), book(), wanted=wanted))).mappings()
    told = [{**row, "office": offices[row["office_id"]]} for row in found]
    return sorted(told, key=lambda row: row["client_id"])


def counted(period: str = "2026H1") -> dict[tuple[str, str, str], tuple[int, ...]]:
    """By office, sex and stage: people on the register, covered, assessed on time, met."""
    cells: dict[tuple[str, str, str], list[int]] = {}
    asked = "register", "is_covered", "is_on_time", "was_met"
    for line in lines(period=period, wanted=asked):
        row = cells.setdefault((line["office"], line["sex"], line["stage"]), [0, 0, 0, 0])
        for place, column in enumerate(asked):
            row[place] += line[column]
    return {cell: tuple(row) for cell, row in cells.items()}


def minutes_given(period: str = "2026H1") -> list[int]:
    return sorted(line["minutes"] for line in lines("sessions", period))
