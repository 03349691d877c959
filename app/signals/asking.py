"""What the rules may know, asked of a span of cases at once: a fixed number of statements, whatever their number.

The statements only gather; what follows from the facts is decided by the rules alone. Some leave out rows that no
rule can look at any more (older than the longest of their spans), never more than that.

As of a day means: what had happened by that day *and* was written down by its end. Nothing later is used, so that
the evaluation of a past day says what could be known then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, bindparam, exists

from app.clients.cases import Deregistration
from app.clock import COUNTRY
from app.signals.rules import Rule

Asked = Select[*tuple[Any, ...]]
DAY = timedelta(days=1)
AFTER: BindParameter[int] = bindparam("after", type_=Integer)
UP_TO: BindParameter[int] = bindparam("up_to", type_=Integer)


def end_of(day: date) -> datetime:
    return datetime.combine(day + DAY, time(), COUNTRY)


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far back the rules look, in days and in reviews, and from how many points on an answer speaks to them."""

    days: int
    reviews: int
    points: int

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Horizon":
        """Twice the longest span: what is repeated within some days may have begun as many days before."""
        limits = {rule.code: rule.limits for rule in rules}
        return cls(
            2 * max((each.get("days", 0) for each in limits.values()), default=0),
            max((each.get("reviews", 1) for each in limits.values()), default=1),
            limits.get("acute_item_high", {"points": 0})["points"],
        )


class Asking:
    """What every statement of a day shares: until when things count, and which cases are meant."""

    def __init__(self, on: date, horizon: Horizon) -> None:
        self.on, self.since, self.cutoff, self.horizon = on, on - horizon.days * DAY, end_of(on), horizon

    def within(self, case_id: Any) -> tuple[ColumnElement[bool], ...]:
        """The condition on a row: of a case of the span that was on the register when the day ended."""
        gone = exists().where(Deregistration.case_id == case_id, Deregistration.at < self.cutoff)
        return case_id > AFTER, case_id <= UP_TO, ~gone
