"""What is known of violations and answers in some cases, by a fixed number of statements, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, joinedload, lazyload, selectinload

from app.clients.cases import Case
from app.db import db
from app.supervision.calendar.models import Visit, VisitOutcome
from app.supervision.calendar.statements import missed, stands
from app.supervision.community_work.models import WorkDay, WorkOrder
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.contacts.silence import silent_since
from app.supervision.norms import Facts, Span
from app.supervision.searches.models import Search
from app.supervision.searches.queries import searches_of
from app.supervision.searches.vocabulary import Ending
from app.supervision.violations.catalogue import answering, breaches
from app.supervision.violations.models import Answer, AnswerDraft, AnswerSubmission, Dismissal, Explanation, Violation
from app.supervision.violations.proposing import propose
from app.supervision.violations.situation import Committed, Proposal, Situation
from app.supervision.violations.vocabulary import AnswerKind, ViolationStanding

MOST = 100  # rows of each kind on a person's page
WHOLE_ANSWER = (
    joinedload(Answer.made_by),
    selectinload(Answer.violations).lazyload(Violation.case),
    selectinload(Answer.deliveries),
    selectinload(Answer.drafts).options(
        joinedload(AnswerDraft.submission).joinedload(AnswerSubmission.answer_back), joinedload(AnswerDraft.by)
    ),
)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that was recorded of some cases, the newest first."""

    violations: Sequence[Violation]
    answers: Sequence[Answer]
    searches: Sequence[Search]
    dismissals: Sequence[Dismissal]
    missed: Sequence[Visit]  # to which nobody came without a known valid reason
    absences: Sequence[WorkDay]  # from community work, without a known valid reason
    reached: dict[int, date]  # by case: the last day on which somebody of the service reached the person

    @property
    def offered(self) -> list[Visit]:
        """The missed visits that nobody has recorded as a violation."""
        recorded = {one.visit_id for one in self.violations}
        days = {(one.case_id, one.on) for one in self.violations if one.counts and is_missed_visit(one.code)}
        return [one for one in self.missed if one.id not in recorded and (one.case_id, one.on) not in days]

    @property
    def offered_days(self) -> list[WorkDay]:
        """The absences from work that nobody has recorded as a violation."""
        recorded = {(one.case_id, one.on) for one in self.violations if is_missed_work(one.code)}
        return [day for day in self.absences if (day.order.case_id, day.on) not in recorded]

    def answers_to(self, violation: Violation) -> list[Answer]:
        """What was drafted or signed in answer to a violation, and not taken back."""
        return [one for one in self.answers if one.withdrawal is None and violation in one.violations]

    def standing_of(self, violation: Violation) -> ViolationStanding:
        if violation.withdrawal:
            return ViolationStanding.WITHDRAWN
        if violation.excuse:
            return ViolationStanding.EXCUSED
        found = self.answers_to(violation)
        if any(one.signature for one in found):
            return ViolationStanding.ANSWERED
        return ViolationStanding.IN_WORK if found else ViolationStanding.UNANSWERED

    def search_in(self, case: Case) -> Search | None:
        """The search that goes on in a case."""
        return next((one for one in self.searches if one.case_id == case.id and one.is_open), None)

    @property
    def rewards(self) -> int:
        return sum(1 for one in self.given if answering().measures[one.measure].is_reward)

    @property
    def sanctions(self) -> int:
        return len(self.given) - self.rewards

    @property
    def given(self) -> list[Answer]:
        """What was signed and stands."""
        return [one for one in self.answers if one.signature and one.withdrawal is None]


def dossier_of(cases: Sequence[Case]) -> Dossier:
    numbers = [case.id for case in cases]
    violations = (
        select(Violation)
        .where(Violation.case_id.in_(numbers))
        .options(
            lazyload(Violation.case), joinedload(Violation.by),
            selectinload(Violation.explanations).joinedload(Explanation.by),
        )
        .order_by(Violation.on.desc(), Violation.id.desc())
        .limit(MOST)
    )  # fmt: skip
    answers = select(Answer).where(Answer.case_id.in_(numbers)).options(lazyload(Answer.case), *WHOLE_ANSWER)
    dismissals = select(Dismissal).where(Dismissal.case_id.in_(numbers)).options(lazyload(Dismissal.case))
    return Dossier(
        violations=db.session.scalars(violations).all(),
        answers=db.session.scalars(answers.order_by(Answer.made_at.desc(), Answer.id.desc()).limit(MOST)).all(),
        searches=searches_of(cases),
        dismissals=db.session.scalars(dismissals.order_by(Dismissal.id.desc()).limit(MOST)).all(),
        missed=db.session.scalars(missed_visits(numbers)).all(),
        absences=db.session.scalars(absences_in(numbers)).all(),
        reached=last_reached(numbers),
    )


def absences_in(numbers: Sequence[int]) -> Any:
    """The days of which it is known last that the person was absent without a valid reason."""
    later = aliased(WorkDay)
    newer = select(later.id).where(
        later.order_id == WorkDay.order_id, later.on == WorkDay.on, later.ordinal > WorkDay.ordinal
    )
    return (
        select(WorkDay)
        .join(WorkDay.order)
        .where(WorkOrder.case_id.in_(numbers), WorkDay.kind == DayKind.ABSENT, ~newer.exists())
        .options(contains_eager(WorkDay.order).lazyload(WorkOrder.case))
        .order_by(WorkDay.on.desc(), WorkDay.id.desc())
        .limit(MOST)
    )


def is_missed_work(code: str) -> bool:
    known = breaches().get(code)
    return bool(known and known.missed_work)


def is_missed_visit(code: str) -> bool:
    known = breaches().get(code)
    return bool(known and known.missed_visit)


def missed_visits(numbers: Sequence[int]) -> Any:
    return (
        select(Visit)
        .join(VisitOutcome, VisitOutcome.visit_id == Visit.id)
        .where(Visit.case_id.in_(numbers), stands(), missed())
        .options(lazyload(Visit.case))
        .order_by(Visit.on.desc(), Visit.id.desc())
        .limit(MOST)
    )


def last_reached(numbers: Sequence[int]) -> dict[int, date]:
    rows = db.session.execute(select(Case.id, silent_since()).where(Case.id.in_(numbers)))
    return {row[0]: row[1] for row in rows}


def situation_of(case: Case, known: Dossier, on: date) -> Situation:
    """A case as the rules look at it on a day."""
    answers = [one for one in known.answers if one.case_id == case.id and one.withdrawal is None]
    search = known.search_in(case)
    return Situation(
        facts=facts_of(case, on),
        violations=tuple(committed(one, known) for one in known.violations if one.case_id == case.id and one.counts),
        warnings=tuple(one.signature.on for one in answers if one.signature and one.kind == AnswerKind.WARNING),
        missing_since=search.missed_on if search else missing_since(case, known),
        gone=stretches_gone(case, known, on),
        searched_since=search.started_on if search else None,
        is_declared=bool(search and search.declaration),
        term=(case.term_from, case.term_to) if case.term_to else None,
        suspended=spans_of(case, known),
        asked=frozenset(one.measure for one in answers if not one.violations and not (search and before(search, one))),
        dismissed=frozenset(
            (one.rule, one.violation_id)
            for one in known.dismissals
            if one.case_id == case.id and (one.again_on is None or on < one.again_on)
        ),
    )


def facts_of(case: Case, on: date) -> Facts:
    stage = case.stage_on(on)
    office = case.assignment.office
    return Facts(case.legal_basis, stage.value if stage else None, case.client.is_minor_on(on), office.is_rural)


def committed(one: Violation, known: Dossier) -> Committed:
    measures = frozenset(answer.measure for answer in known.answers_to(one))
    return Committed(one.id, one.code, one.on, measures, bool(one.explanations))


def before(search: Search, answer: Answer) -> bool:
    """An answer made before this search began was about another one."""
    return answer.made_at < search.at


def missing_since(case: Case, known: Dossier) -> date | None:
    """The first missed registration after which nobody has seen or reached the person; None where there is none."""
    found = [one.end.on for one in known.searches if one.case_id == case.id and one.end]
    reached = max([known.reached.get(case.id, case.registered_on), *found])
    days = [visit.on for visit in known.missed if visit.case_id == case.id and visit.on > reached]
    return min(days, default=None)


def stretches_gone(case: Case, known: Dossier, on: date) -> tuple[tuple[date, date], ...]:
    """From each missed registration after which the person was searched for to its end, and what lasts to this day."""
    found = [
        (one.missed_on, one.end.on if one.end else on)
        for one in known.searches
        if one.case_id == case.id and not (one.end and one.end.ending is Ending.MISTAKE)
    ]
    since = None if known.search_in(case) else missing_since(case, known)
    return tuple(sorted([*found, *([(since, on)] if since else [])]))


def spans_of(case: Case, known: Dossier) -> tuple[Span, ...]:
    """The days on which the clocks of the case stood."""
    spans = [
        Span(one.started_on, one.end.on if one.end else None)
        for one in known.searches
        if one.case_id == case.id and not (one.end and one.end.ending is Ending.MISTAKE)
    ]
    return tuple(sorted((span for span in spans if span.to_on != span.from_on), key=lambda span: span.from_on))


def proposals_for(case: Case, known: Dossier, on: date) -> tuple[Proposal, ...]:
    """What the norms foresee in a case today, with the reasons; nothing for a case off the register."""
    return propose(situation_of(case, known, on), on) if case.is_open else ()
