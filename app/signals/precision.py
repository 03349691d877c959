"""How often each rule was right, by what people said when they closed its signals. Nobody is visible here."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.assessments.validation.cells import LEAST_PEOPLE, Share
from app.db import db
from app.signals.models import Signal, SignalClosure
from app.signals.vocabulary import Verdict
from app.web.heavy import late

LEAST = LEAST_PEOPLE  # signals that people closed; of fewer no share is told
share: Callable[[int, int], Share | None] = late("app.assessments.validation.intervals", "share")


@dataclass(frozen=True, slots=True)
class Judged:
    """The signals of a rule that people closed. What the system settled was judged by nobody and is left out."""

    handled: int
    false_alarms: int

    @property
    def share(self) -> Share | None:
        """The handled among all that people closed, with Wilson's interval; None where there are too few."""
        number = self.handled + self.false_alarms
        return share(self.handled, number) if number >= LEAST else None


def precision() -> dict[str, Judged]:
    """By the rule's code, all its versions together; a rule of which nothing was closed is missing."""
    rows = db.session.execute(
        select(Signal.rule_code, SignalClosure.verdict, func.count())
        .join(SignalClosure, SignalClosure.signal_id == Signal.id)
        .where(SignalClosure.verdict != Verdict.SETTLED)
        .group_by(Signal.rule_code, SignalClosure.verdict)
    )
    counts = {(code, verdict): number for code, verdict, number in rows}
    codes = {code for code, _verdict in counts}
    return {
        code: Judged(counts.get((code, Verdict.HANDLED), 0), counts.get((code, Verdict.FALSE_ALARM), 0))
        for code in codes
    }
