"""Raises, grows and settles signals: what the rules say now against what was said before."""

import gc
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, select

from app.clients.cases import Case, Deregistration
from app.db import db
from app.signals.asking import AFTER, UP_TO, end_of
from app.signals.deciding import Evidence as Found
from app.signals.gathering import gathering
from app.signals.models import Evidence, Signal, SignalClosure
from app.signals.rules import Finding, Rule, evaluate_all, in_force
from app.signals.vocabulary import Reason, Verdict
from app.web.addresses import LARGEST

CHUNK = 2000  # cases in one transaction
MOST_AT_ONCE = 5000  # numbers in one statement

KNOWN = select(Evidence.case_id, Evidence.rule_code, Evidence.key).where(
    Evidence.case_id > AFTER, Evidence.case_id <= UP_TO
)
OPEN = select(Signal.case_id, Signal.rule_code, Signal.id, Signal.raised_on).where(
    Signal.case_id > AFTER, Signal.case_id <= UP_TO, ~exists().where(SignalClosure.signal_id == Signal.id)
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said before of a span of cases: the evidence that spoke, and the signals that are open."""

    keys: set[tuple[int, str, str]]
    signals: dict[tuple[int, str], tuple[int, date]]  # number and day of the signal, by case and rule


@dataclass(slots=True)
class Change:
    """What is to be written: new signals with their evidence, more evidence of open ones, signals to settle."""

    raised: list[tuple[int, Rule, list[Found]]] = field(default_factory=list)
    grown: list[tuple[int, int, Rule, list[Found]]] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.raised or self.grown or self.settled)

    @property
    def cases(self) -> list[int]:
        return sorted({row[0] for row in self.raised} | {row[0] for row in self.grown})


@dataclass(slots=True)
class Outcome:
    """What an evaluation came to."""

    evaluated: int = 0
    raised: int = 0
    grown: int = 0
    closed: int = 0


def run(on: date, at: datetime) -> Outcome:
    """Evaluate every open case as of a day, a span of them in each transaction. A second run changes nothing."""
    evaluation, after = Evaluation(on, at), 0
    with undisturbed():
        while last := evaluation.go_through(after, LARGEST, CHUNK):
            db.session.commit()
            after = last
        evaluation.outcome.closed += settle_off_register(on, at)
        db.session.commit()
    return evaluation.outcome


@contextmanager
def undisturbed() -> Iterator[None]:
    """Spare Python from looking for rings of objects, of which none are made here: a third of the time otherwise."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def look_again(case: Case, on: date, at: datetime) -> Outcome:
    """Evaluate one case on the spot, in the transaction of what has just been recorded."""
    evaluation = Evaluation(on, at)
    evaluation.go_through(case.id - 1, case.id, 1)
    return evaluation.outcome


class Evaluation:
    """One look at some cases, as of a day."""

    def __init__(self, on: date, at: datetime) -> None:
        self.on, self.at, self.watch, self.outcome = on, at, in_force(on), Outcome()

    def go_through(self, after: int, up_to: int, most: int) -> int | None:
        """Evaluate the next cases of a span; the number of the last one, None when there was none left."""
        facts = gathering(self.on).gather(after, up_to, most)
        if not facts:
            return None
        last = max(facts)
        findings = evaluate_all(self.watch, facts.values(), self.on)
        change = self.difference(findings, facts, told(after, last))
        if change:
            hold(change.cases)
            change = self.difference(findings, facts, told(after, last))  # what others have written meanwhile
            self.write(change)
        self.outcome.evaluated += len(facts)
        return last

    def difference(self, findings: Mapping[int, Sequence[Finding]], evaluated: Container[int], before: Told) -> Change:
        """Evidence that never spoke raises a signal, or grows the one that is open; what no longer holds is settled."""
        change, holding = Change(), set()
        for case_id, found in findings.items():
            for finding in found:
                code = finding.rule.code
                holding.add((case_id, code))
                new = [each for each in finding.evidence if (case_id, code, each.key) not in before.keys]
                if new and (standing := before.signals.get((case_id, code))):
                    change.grown.append((case_id, standing[0], finding.rule, new))
                elif new:
                    change.raised.append((case_id, finding.rule, new))
        passing = {rule.code for rule in self.watch.rules if rule.decider.lasting}
        change.settled = [
            number
            for (case_id, code), (number, raised_on) in before.signals.items()
            if code in passing and (case_id, code) not in holding and raised_on <= self.on and case_id in evaluated
        ]
        return change

    def write(self, change: Change) -> None:
        rows: list[dict[str, Any]] = []
        if change.raised:
            signals = [row_of_signal(case_id, rule, new[0], self.on, self.at) for case_id, rule, new in change.raised]
            added = insert(Signal).returning(Signal.case_id, Signal.rule_code, Signal.id)
            numbers = {(case_id, code): number for case_id, code, number in db.session.execute(added, signals)}
            for case_id, rule, new in change.raised:
                rows += rows_of_evidence((case_id, numbers[case_id, rule.code]), rule, new, self.at)
        for case_id, number, rule, new in change.grown:
            rows += rows_of_evidence((case_id, number), rule, new, self.at)
        if rows:
            db.session.execute(insert(Evidence), rows)
        self.outcome.raised += len(change.raised)
        self.outcome.grown += len(change.grown)
        self.outcome.closed += settle(change.settled, Reason.NO_LONGER_SO, self.at)


def told(after: int, up_to: int) -> Told:
    connection, span = db.session.connection(), {"after": after, "up_to": up_to}
    keys = {(case_id, rule, key) for case_id, rule, key in connection.execute(KNOWN, span).all()}
    rows = connection.execute(OPEN, span).all()
    return Told(keys, {(case_id, rule): (number, raised_on) for case_id, rule, number, raised_on in rows})


def hold(cases: Sequence[int]) -> None:
    """Keep other evaluations of these cases waiting until this one is saved."""
    for start in range(0, len(cases), MOST_AT_ONCE):
        some = cases[start : start + MOST_AT_ONCE]
        statement = select(Case.id).where(Case.id.in_(some)).order_by(Case.id)
        db.session.execute(statement.with_for_update(key_share=True)).all()


def row_of_signal(case_id: int, rule: Rule, first: Found, on: date, at: datetime) -> dict[str, Any]:
    return {
        "case_id": case_id, "rule_code": rule.code, "rule_version": rule.version, "episode": first.key,
        "urgency": rule.severity.rank, "raised_on": on, "raised_at": at,
        "due_on": on + timedelta(days=rule.acknowledge_within_days),
    }  # fmt: skip


def rows_of_evidence(of: tuple[int, int], rule: Rule, new: Iterable[Found], at: datetime) -> list[dict[str, Any]]:
    """``of`` are the numbers of the case and the signal."""
    case_id, signal_id = of
    return [
        {
            "signal_id": signal_id, "case_id": case_id, "rule_code": rule.code, "key": found.key, "on": found.on,
            "values": {name: plain(value) for name, value in found.values.items()}, "source": found.source,
            "added_at": at,
        }
        for found in new
    ]  # fmt: skip


def plain(value: Any) -> Any:
    """As it is kept: days in ISO's words, numbers and codes as they are."""
    return value.isoformat() if isinstance(value, date) else value


def settle_off_register(on: date, at: datetime) -> int:
    """Close what is open of cases that have left the register by the end of the day."""
    gone = (
        select(Signal.id)
        .join(Deregistration, Deregistration.case_id == Signal.case_id)
        .where(Deregistration.at < end_of(on), Signal.raised_on <= on)
        .where(~exists().where(SignalClosure.signal_id == Signal.id))
    )
    return settle(db.session.scalars(gone).all(), Reason.OFF_REGISTER, at)


def settle(signals: Sequence[int], reason: Reason, at: datetime) -> int:
    """Close signals in the system's name, except those that somebody closed meanwhile; how many that was."""
    count = 0
    for start in range(0, len(signals), MOST_AT_ONCE):
        some = sorted(signals)[start : start + MOST_AT_ONCE]
        chosen = select(Signal.id).where(Signal.id.in_(some)).order_by(Signal.id)
        db.session.execute(chosen.with_for_update(key_share=True)).all()
        still = db.session.scalars(chosen.where(~exists().where(SignalClosure.signal_id == Signal.id))).all()
        rows = [{"signal_id": number, "verdict": Verdict.SETTLED, "reason": reason, "at": at} for number in still]
        if rows:
            db.session.execute(insert(SignalClosure), rows)
        count += len(rows)
    return count
