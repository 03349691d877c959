"""I-08 to I-13 against plain counting: a random register, gone through person by person in Python."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from app.assessments.models import Assessment, Completion, Override, OverrideAnswer
from app.assessments.vocabulary import Level
from app.assistance.release.models import Released
from app.assistance.treatment.models import Handover, TreatmentConsent, TreatmentWithdrawal
from app.clients.cases import Case, Deregistration
from app.clients.models import Client
from app.clients.vocabulary import Ground
from app.clock import COUNTRY
from app.db import db
from app.indicators.definitions.reading import book
from app.indicators.facts.asking import Ask
from app.indicators.facts.sources import SOURCES
from app.indicators.periods import parse
from app.supervision.contacts.models import GroupAttendance, GroupEvent, GroupEventCancellation, GroupParticipant
from app.supervision.contacts.vocabulary import Attended, GroupKind
from app.supervision.violations.models import (
    Answer,
    AnswerSignature,
    AnswerWithdrawal,
    Excuse,
    Violation,
    ViolationWithdrawal,
)
from app.supervision.violations.vocabulary import AnswerKind
from app.web.dates import age_on
from tests.indicators.happenings import DAY, Happenings

PEOPLE, FIRST_DAY, DAYS = 14, date(2025, 11, 1), 290
PERIOD = parse("2026H1")
BIRTHDAYS = date(2008, 3, 3), date(2009, 3, 3), date(2009, 2, 28), date(2008, 6, 30), date(1990, 5, 5)
STEPS = {"high": "medium", "medium": "low", "low": "medium"}


def any_day(dice: Random, after: date = FIRST_DAY) -> date:
    return after + timedelta(days=dice.randrange(max(1, DAYS - (after - FIRST_DAY).days)))


def fill(dice: Random) -> None:
    """People with a case or more, and whatever may happen in them at any time around the half-year."""
    register = Happenings()
    events = [register.event(any_day(dice), dice.choice(list(GroupKind)), dice.random() < 0.2) for _ in range(12)]
    for _person in range(PEOPLE):
        first = a_case(register, dice, None)
        cases = [first, *(a_case(register, dice, first) for _ in range(dice.choice((0, 0, 1, 2))))]
        for case, left_on in cases:
            happen(register, dice, case)
            if left_on:
                register.deregister_for(case, left_on, dice.choice((Ground.TERM_ENDED, Ground.REPLACED_BY_CUSTODY)))
        for event in events:
            if dice.random() < 0.4:
                told = dice.choices([*Attended, Attended.CAME], k=dice.randrange(3))
                register.attend(event, dice.choice(cases)[0], *told)


def a_case(register: Happenings, dice: Random, of: Any) -> tuple[Case, date | None]:
    born_on, registered_on = dice.choice(BIRTHDAYS), any_day(dice)
    case = register.case(registered_on, of=of[0]) if of else register.born(born_on, registered_on)
    return case, any_day(dice, registered_on) if dice.random() < 0.5 else None


def happen(register: Happenings, dice: Random, case: Case) -> None:
    for _ in range(dice.randrange(4)):
        on, level = any_day(dice), dice.choice(list(STEPS))
        to = STEPS[level] if dice.random() < 0.4 else None
        register.level(case, on, level, to=to, approved_on=any_day(dice) if dice.random() < 0.7 else None)
    for _ in range(dice.randrange(3)):
        register.violate(case, any_day(dice, case.registered_on), dice.random() < 0.2, dice.random() < 0.2)
        measure = dice.choice(((AnswerKind.WARNING, "warning"), (AnswerKind.REPRESENTATION, "replace"),
                               (AnswerKind.REPRESENTATION, "early-cancellation")))  # fmt: skip
        register.answer(
            case, dice.choice((None, any_day(dice), any_day(dice))), *measure, is_withdrawn=dice.random() < 0.2
        )
    for _ in range(dice.randrange(3)):
        on = any_day(dice, case.registered_on)
        register.release(case, on, dice.random() < 0.6)
        if dice.random() < 0.7:
            given_on = on + timedelta(days=dice.randrange(-20, 3))
            handed_on = given_on + timedelta(days=dice.randrange(30))
            back = handed_on + timedelta(days=dice.randrange(9)) if dice.random() < 0.3 else None
            register.treat(case, given_on, handed_on if dice.random() < 0.8 else None, back)


class Recount:
    """Every row in memory, and plain questions about one person."""

    def __init__(self) -> None:
        self.left = {row.case_id: row for row in rows(Deregistration)}
        self.cases: dict[int, list[Case]] = {}
        for case in rows(Case):
            self.cases.setdefault(case.client_id, []).append(case)
        self.withdrawn = {row.violation_id for row in (*rows(ViolationWithdrawal), *rows(Excuse))}

    def on_register(self, case: Case, day: date) -> bool:
        left = self.left.get(case.id)
        return case.registered_on <= day and not (left and left.on <= day)

    def counts(self) -> dict[tuple[int, str], int]:
        """By person and column, what is not nought."""
        found: Counter[tuple[int, str]] = Counter()
        days = [PERIOD.start + number * DAY for number in range((PERIOD.end - PERIOD.start).days)]
        for client in rows(Client):
            cases = self.cases.get(client.id, [])
            stayed = [day for day in days if any(self.on_register(case, day) for case in cases)]
            if stayed:
                for name, number in self.of(client, cases, stayed):
                    found[client.id, name] += number
        return {key: number for key, number in found.items() if number}

    def of(self, client: Client, cases: list[Case], stayed: list[date]) -> Any:
        numbers = {case.id for case in cases}
        if step := self.step(numbers, stayed[-1]):
            yield f"change {step}", 1
        yield from self.gate(cases)
        yield "took_part", self.took_part(client, set(stayed), stayed[-1])
        for case in cases:
            yield from self.events(case)
        yield "is_in_custody", any(
            (left := self.left.get(case.id)) and left.ground == Ground.REPLACED_BY_CUSTODY
            and left.on > case.registered_on and PERIOD.start <= left.on - DAY < PERIOD.end
            for case in cases
        )  # fmt: skip

    def step(self, cases: set[int], last: date) -> str | None:
        """How the level changed between the last two assessments, if the last one was of the period."""
        completed = sorted(
            (row.on, row.assessment_id, self.final(row, last))
            for row in rows(Completion)
            if db.session.get_one(Assessment, row.assessment_id).case_id in cases and row.on <= last
        )
        if len(completed) < 2 or completed[-1][0] < PERIOD.start:
            return None
        difference = completed[-1][2] - completed[-2][2]
        return "same" if difference == 0 else "raised" if difference > 0 else "lowered"

    def final(self, completion: Completion, last: date) -> int:
        level = completion.level
        for override in rows(Override):
            answer = next((row for row in rows(OverrideAnswer) if row.override_id == override.id), None)
            if override.assessment_id == completion.assessment_id and answer:
                level = override.to_level if answer.at.astimezone(COUNTRY).date() <= last else level
        return Level(level).rank

    def gate(self, cases: list[Case]) -> Any:
        """The last release, if it counts in the period, and the treatment after it."""
        stands = []
        for case in cases:
            noted = [row for row in rows(Released) if row.case_id == case.id]
            left = self.left.get(case.id)
            if noted and not (left and left.on <= case.registered_on):
                last = max(noted, key=lambda row: row.id)
                day = last.on - DAY if left and left.on == last.on else last.on
                counts = left is None or last.on <= left.on
                if counts and PERIOD.start <= day < PERIOD.end:
                    stands.append((last.on, case.id, last))
        if not stands:
            return
        release = max(stands, key=lambda row: row[:2])[2]
        yield "is_released", 1
        yield "is_met", int(release.is_met)
        until = release.on + timedelta(days=5)
        taken_back = {row.consent_id for row in rows(TreatmentWithdrawal) if row.on <= until}
        consents = [
            row
            for row in rows(TreatmentConsent)
            if row.case_id == release.case_id and row.given_on <= release.on < row.until_on and row.id not in taken_back
        ]
        yield "needs_treatment", int(bool(consents))
        told = {row.consent_id for row in rows(Handover) if row.handed_on <= until}
        yield "is_handed_over", int(any(row.id in told for row in consents))

    def took_part(self, client: Client, stayed: set[date], last: date) -> int:
        if age_on(client.born_on, last) >= 18:
            return 0
        cancelled = {row.event_id for row in rows(GroupEventCancellation)}
        events = {
            row.id for row in rows(GroupEvent)
            if row.id not in cancelled and row.on in stayed and row.kind != GroupKind.PREVENTIVE_TALK
        }  # fmt: skip
        listed = [row.id for row in rows(GroupParticipant) if row.client_id == client.id and row.event_id in events]
        latest = {row.participant_id: row.kind for row in sorted(rows(GroupAttendance), key=lambda row: row.ordinal)}
        return int(any(latest.get(number) == Attended.CAME for number in listed))

    def events(self, case: Case) -> Any:
        for row in rows(Violation):
            if row.case_id == case.id and row.id not in self.withdrawn and self.counts_on(case, row.on):
                yield "violations", 1
        signed = {row.answer_id: row.on for row in rows(AnswerSignature)}
        withdrawn = {row.answer_id for row in rows(AnswerWithdrawal)}
        for answer in rows(Answer):
            stands = answer.case_id == case.id and answer.id in signed and answer.id not in withdrawn
            if stands and answer.measure != "early-cancellation" and self.counts_on(case, signed[answer.id]):
                yield f"{answer.kind.value}s", 1

    def counts_on(self, case: Case, day: date) -> bool:
        return PERIOD.start <= day < PERIOD.end and self.on_register(case, day)


def rows(kind: Any) -> list[Any]:
    """All rows of a table; the session keeps them."""
    if kind not in KEPT:
        KEPT[kind] = list(db.session.scalars(select(kind)).unique())
    return KEPT[kind]


KEPT: dict[Any, list[Any]] = {}
ASKED = ("is_released", "is_met", "needs_treatment", "is_handed_over", "took_part", "is_in_custody")
KINDS = ("violations", "warnings", "representations")


def counted() -> dict[tuple[int, str], int]:
    """The same from the lines of the sources."""
    found: Counter[tuple[int, str]] = Counter()
    ask = Ask(PERIOD, book())
    for row in db.session.execute(SOURCES["register"].lines(ask)):
        for name in ASKED:
            found[row.client_id, name] += getattr(row, name)
        found[row.client_id, f"change {row.change}"] += row.was_reassessed
    for row in db.session.execute(SOURCES["control"].lines(ask)):
        for name in KINDS:
            found[row.client_id, name] += getattr(row, name)
    return {key: number for key, number in found.items() if number}


def test_counting_person_by_person_gives_the_same(app):
    for seed in (4, 5):
        fill(Random(seed))  # noqa: S311 - dice, not a key
    db.session.expire_all()
    KEPT.clear()
    expected = Recount().counts()

    assert counted() == expected
    assert {name for _person, name in expected} >= {*ASKED, *KINDS, "change raised", "change lowered", "change same"}
