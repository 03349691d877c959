"""What happens to people of a small register, straight into the tables; and who stands behind a quantity."""

from datetime import date, timedelta
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy import func, select

from app.assessments.models import Assessment, Completion, Override, OverrideAnswer
from app.assessments.models.assessment import Need
from app.assessments.models.overrides import OverrideReason
from app.assistance.models import Referral, Service
from app.assistance.release.models import Released
from app.assistance.treatment.models import Handover, TreatmentConsent, TreatmentWithdrawal
from app.clients.cases import Case, Deregistration
from app.clients.vocabulary import Ground
from app.db import db
from app.indicators.definitions.reading import book
from app.indicators.facts.asking import Ask
from app.indicators.facts.gathering import behind
from app.indicators.periods import parse
from app.supervision.contacts.models import GroupAttendance, GroupEvent, GroupEventCancellation, GroupParticipant
from app.supervision.contacts.vocabulary import Attended, GroupKind
from app.supervision.violations.models import (
    Answer,
    AnswerDraft,
    AnswerSignature,
    AnswerSubmission,
    AnswerWithdrawal,
    Excuse,
    Violation,
    ViolationWithdrawal,
)
from app.supervision.violations.vocabulary import AnswerKind
from tests.factories.services import make_organisation
from tests.indicators.registers import Register, noon

NUMBERS = count(1)
EARLIER, START, LAST, AFTER = date(2025, 3, 3), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)
DAY = timedelta(days=1)
MINOR, GROWN = date(2009, 3, 3), date(2008, 6, 30)  # under 18 all half-year; 18 on its last day


def behind_it(quantity: str, period: str = "2026H1", **cell: str) -> dict[int, int]:
    """How much each person counts for in a quantity, by the number of the person."""
    lines = behind(Ask(parse(period), book()), quantity, cell).subquery()
    rows = db.session.execute(
        select(lines.c.client_id, func.sum(lines.c.number).label("number")).group_by(lines.c.client_id)
    )
    return {row.client_id: row.number for row in rows}


def check(quantity: str, people: dict[str, tuple[Case, int]], period: str = "2026H1", **cell: str) -> None:
    """Each person by what the test calls them: exactly those count who are to, and for as much."""
    found = behind_it(quantity, period, **cell)
    names = {case.client_id: name for name, (case, _number) in people.items()}
    assert {names[client_id]: number for client_id, number in found.items()} == {
        name: number for name, (_case, number) in people.items() if number
    }


class Happenings(Register):
    """A register in which things happen, each on the day that the test names."""

    def born(self, born_on: date, registered_on: date = EARLIER, left_on: date | None = None, **facts: Any) -> Case:
        case = self.case(registered_on, left_on, **facts)
        case.client.born_on = born_on
        return self.save(case)

    def deregister_for(self, case: Case, on: date, ground: Ground) -> None:
        self.save(Deregistration(case_id=case.id, ground=ground, on=on, by_id=self.officer.id, at=noon(on)))

    def level(
        self, case: Case, on: date, level: str = "low", *, to: str | None = None, approved_on: date | None = None,
        entered_on: date | None = None,
    ) -> Assessment:  # fmt: skip
        """A completed assessment, and perhaps an override of its level: approved, or waiting."""
        assessment = self.begin_assessment(case)
        self.save(Completion(
            assessment_id=assessment.id, on=on, at=noon(entered_on or on), by_id=self.officer.id, points=1, level=level,
            result={},
            conclusion="-", reassess_by=on + timedelta(days=180),
        ))  # fmt: skip
        if to:
            override = self.save(Override(
                assessment_id=assessment.id, from_level=level, to_level=to, reason=OverrideReason.CONDUCT, words="-",
                by_id=self.officer.id, at=noon(on),
            ))  # fmt: skip
            if approved_on:
                self.save(OverrideAnswer(
                    override_id=override.id, is_approved=True, by_id=self.head.id, at=noon(approved_on)
                ))  # fmt: skip
        return assessment

    def level_twice(self, case: Case) -> Case:
        """Low before the half-year, and low in it."""
        self.level(case, date(2025, 9, 9))
        self.level(case, date(2026, 3, 3))
        return case

    def refer(self, case: Case, service: Service, on: date) -> Referral:
        return self.save(Referral(
            case_id=case.id, number=f"R-{next(NUMBERS)}", service_id=service.id, why="-", shares_contact=False,
            made_on=on, answer_by=on, made_at=noon(on), made_by_id=self.officer.id,
        ))  # fmt: skip

    def needs(self, case: Case, on: date, *needs: tuple[str, bool, str | None]) -> None:
        """An assessment with needs: code, whether of support, level."""
        assessment = self.begin_assessment(case)
        for position, (code, is_support, level) in enumerate(needs, start=1):
            need = Need(assessment_id=assessment.id, code=code, is_support=is_support, level=level, position=position)
            self.save(need)
        self.save(Completion(
            assessment_id=assessment.id, on=on, at=noon(on), by_id=self.officer.id, points=1, level="low", result={},
            conclusion="-", reassess_by=on + timedelta(days=180),
        ))  # fmt: skip

    def release(self, case: Case, on: date, is_met: bool = True) -> Case:
        self.save(Released(
            case_id=case.id, on=on, is_met=is_met, words="-", visit_by=on, by_id=self.officer.id, at=noon(on)
        ))  # fmt: skip
        return case

    @cached_property
    def clinic_id(self) -> int:
        return make_organisation().id

    def consent(self, case: Case, given_on: date, until_on: date = date(2027, 1, 1)) -> TreatmentConsent:
        return self.save(TreatmentConsent(
            case_id=case.id, given_on=given_on, until_on=until_on, what="-", organisation_id=self.clinic_id,
            by_id=self.officer.id, at=noon(given_on),
        ))  # fmt: skip

    def treat(self, case: Case, given_on: date, handed_on: date | None, taken_back_on: date | None = None) -> Case:
        """A consent, and perhaps what a clinic was told; perhaps taken back afterwards."""
        consent = self.consent(case, given_on)
        if handed_on:
            self.save(Handover(
                consent_id=consent.id, words="-", handed_on=handed_on, answer_by=handed_on, by_id=self.officer.id,
                at=noon(handed_on),
            ))  # fmt: skip
        if taken_back_on:
            self.save(TreatmentWithdrawal(
                consent_id=consent.id, on=taken_back_on, by_id=self.officer.id, at=noon(taken_back_on)
            ))  # fmt: skip
        return case

    def event(self, on: date, kind: GroupKind = GroupKind.SPORT, is_cancelled: bool = False) -> GroupEvent:
        event = self.save(GroupEvent(
            office_id=self.officer.office_id, kind=kind, title="-", on=on, made_by_id=self.officer.id, made_at=noon(on)
        ))  # fmt: skip
        if is_cancelled:
            self.save(GroupEventCancellation(event_id=event.id, reason="-", by_id=self.officer.id, at=noon(on)))
        return event

    def attend(self, event: GroupEvent, case: Case, *told: Attended) -> Case:
        """On the list; what was told of whether they came, one word after the other."""
        row = self.save(GroupParticipant(
            event_id=event.id, client_id=case.client_id, case_id=case.id, by_id=self.officer.id, at=noon(event.on)
        ))  # fmt: skip
        for ordinal, kind in enumerate(told, start=1):
            self.save(GroupAttendance(
                participant_id=row.id, ordinal=ordinal, kind=kind, by_id=self.officer.id, at=noon(event.on)
            ))  # fmt: skip
        return case

    def violate(self, case: Case, on: date, is_withdrawn: bool = False, is_excused: bool = False) -> Case:
        row = self.save(Violation(
            case_id=case.id, code="liberty-duties", on=on, words="-", by_id=self.officer.id, at=noon(on)
        ))  # fmt: skip
        if is_withdrawn:
            self.save(ViolationWithdrawal(violation_id=row.id, reason="-", by_id=self.officer.id, at=noon(on)))
        if is_excused:
            self.save(Excuse(
                violation_id=row.id, reason="illness", proof="-", by_id=self.officer.id, at=noon(on)
            ))  # fmt: skip
        return case

    def answer(
        self, case: Case, signed_on: date | None, kind=AnswerKind.WARNING, measure="warning", is_withdrawn=False
    ) -> Case:
        """A paper, signed unless no day is named."""
        by, at = self.officer.id, noon(signed_on or START)
        row = self.save(Answer(
            case_id=case.id, number=f"A-{next(NUMBERS)}", kind=kind, measure=measure, made_by_id=by, made_at=at
        ))  # fmt: skip
        draft = self.save(AnswerDraft(answer_id=row.id, ordinal=1, kk="-", ru="-", by_id=by, at=at))
        self.save(AnswerSubmission(draft_id=draft.id, by_id=by, at=at))
        if signed_on:
            self.save(AnswerSignature(answer_id=row.id, draft_id=draft.id, on=signed_on, by_id=self.head.id, at=at))
        if is_withdrawn:
            self.save(AnswerWithdrawal(answer_id=row.id, reason="-", by_id=by, at=at))
        return case
