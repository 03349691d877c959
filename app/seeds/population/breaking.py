"""Violations of synthetic people and what the service answered: a warning to most, a representation to some.

The shares are assumptions; that about one person in ten breaks a duty in a year is of the order that offices report.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from app.clients.vocabulary import Ground
from app.seeds.population.people import Life
from app.seeds.population.rows import Rows
from app.supervision.violations.catalogue import breaches_of
from app.supervision.violations.vocabulary import Addressee, AnswerKind, CourtOutcome, Means

DAYS = 365.25  # of a year
YEARLY = 0.12  # violations of one person
ANSWERED, TO_COURT, EXCUSED, WITHDRAWN = 0.85, 0.2, 0.05, 0.03
OUTCOMES = {CourtOutcome.GRANTED: 60, CourtOutcome.PARTLY: 15, CourtOutcome.DECLINED: 25}
WORDS = "Синтетическое нарушение."
DAY = timedelta(days=1)


@cache
def codes_of(basis: str) -> Sequence[str]:
    return tuple(breach.code for breach in breaches_of(basis))


class Breaker:
    """Tells what a person broke while on the register."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def tell(self, life: Life) -> None:
        codes, on = codes_of(life.basis), life.registered_on
        while codes:
            on += timedelta(days=1 + int(life.chance.expovariate(YEARLY / DAYS)))
            if on >= life.end - timedelta(days=40):  # so long until a court has decided
                break
            self.violation(life, on, life.chance.choice(codes))
        if life.ground == Ground.REPLACED_BY_CUSTODY and life.gone_on and codes:
            on = life.gone_on - timedelta(days=35)
            if on > life.registered_on:
                number = self.recorded(life, on, codes[0])
                self.answer(life, number, on, AnswerKind.REPRESENTATION, CourtOutcome.GRANTED)

    def violation(self, life: Life, on: date, code: str) -> None:
        chance, number = life.chance, self.recorded(life, on, code)
        fate = chance.random()
        if fate < WITHDRAWN:
            self.rows.add(
                "violation_withdrawals", violation_id=number, reason="Синтетическая ошибка.", by_id=life.officer_id,
                at=life.at(on + DAY),
            )  # fmt: skip
        elif fate < WITHDRAWN + EXCUSED:
            self.rows.add(
                "excuses", violation_id=number, reason="illness", proof="Синтетическая справка",
                by_id=life.officer_id, at=life.at(on + DAY),
            )  # fmt: skip
        elif chance.random() < ANSWERED:
            court = chance.random() < TO_COURT
            outcome = chance.choices(tuple(OUTCOMES), tuple(OUTCOMES.values()))[0] if court else None
            if outcome is CourtOutcome.GRANTED and life.ground != Ground.REPLACED_BY_CUSTODY:
                outcome = CourtOutcome.PARTLY
            self.answer(life, number, on, AnswerKind.REPRESENTATION if court else AnswerKind.WARNING, outcome)

    def recorded(self, life: Life, on: date, code: str) -> int:
        return self.rows.add(
            "violations", case_id=life.case_id, code=code, on=on, words=WORDS, evidence="Синтетический рапорт",
            by_id=life.officer_id, at=life.at(on + DAY),
        )  # fmt: skip

    def answer(
        self, life: Life, violation_id: int, since: date, kind: AnswerKind, outcome: CourtOutcome | None
    ) -> None:
        """The paper from its draft to the signature, its delivery and, of a representation, the court's decision."""
        rows, on = self.rows, since + timedelta(days=1 + life.chance.randrange(6))
        number = rows.add(
            "answers", case_id=life.case_id, number="", kind=kind, made_by_id=life.officer_id, made_at=life.at(on),
            measure="warning" if kind is AnswerKind.WARNING else "replace",
        )  # fmt: skip
        rows.correct("answers", "number", f"A-{on.year}-{number:06}")
        rows.add("answer_violations", answer_id=number, violation_id=violation_id)
        draft = rows.add(
            "answer_drafts", answer_id=number, ordinal=1, kk=WORDS, ru=WORDS, by_id=life.officer_id, at=life.at(on)
        )
        rows.add("answer_submissions", draft_id=draft, by_id=life.officer_id, at=life.at(on))
        rows.add(
            "answer_signatures", answer_id=number, draft_id=draft, on=on + DAY, by_id=life.place.head_id,
            at=life.at(on + DAY),
        )  # fmt: skip
        rows.add(
            "answer_deliveries", answer_id=number, on=on + 2 * DAY, by_id=life.officer_id, at=life.at(on + 2 * DAY),
            to=Addressee.COURT if kind is AnswerKind.REPRESENTATION else Addressee.PERSON, means=Means.IN_PERSON,
        )  # fmt: skip
        if outcome:
            decided_on = on + 20 * DAY
            rows.add(
                "court_decisions", answer_id=number, on=decided_on, outcome=outcome, act="Синтетическое постановление",
                by_id=life.officer_id, at=life.at(decided_on),
            )  # fmt: skip
