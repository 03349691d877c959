"""What the page of a plan shows: its clocks with their items, and what may be done now."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from app.assistance.release.clocks import last_visit_day
from app.assistance.release.forms import SeveralForm
from app.assistance.release.plan import ItemLine, Plan
from app.assistance.release.planning import must_be_at_penitentiary_stage
from app.clients.models import NotPossible
from app.supervision.norms import Norm, norm


@dataclass(frozen=True, slots=True)
class ClockCard:
    """One clock with its norm, its day, and the items that it rules."""

    norm: Norm
    due_on: date
    lines: tuple[ItemLine, ...]

    @property
    def settled(self) -> int:
        return sum(not line.is_open for line in self.lines)


def clock_cards(plan: Plan) -> list[ClockCard]:
    """The clocks of a plan, in the order of the checklist, by the norms that held when the day was set."""
    if plan.day is None:
        return []
    set_on = plan.day.at.date()
    return [
        ClockCard(norm(code, set_on), found[0].due.due_on, tuple(found))
        for code, lines in groupby(plan.lines, key=lambda line: line.due.clock)
        if (found := list(lines))
    ]


def plan_page(plan: Plan, today: date, form: SeveralForm | None = None) -> dict[str, Any]:
    refusal = refusal_of(plan, today)
    return {
        "plan": plan,
        "case": plan.case,
        "client": plan.case.client,
        "clocks": clock_cards(plan),
        "form": form or SeveralForm(lines=plan.lines, on=today),
        "refusal": refusal,
        "may_plan": refusal is None,
        "visit_by": last_visit_day(plan.day.on) if plan.day else None,
        "visit_norm": norm("release-first-visit", plan.day.on) if plan.day else None,
    }


def refusal_of(plan: Plan, today: date) -> str | None:
    """Why nothing can be planned now; None while it can."""
    if plan.released:
        return ""
    try:
        must_be_at_penitentiary_stage(plan.case, today)
    except NotPossible as reason:
        return str(reason)
    return None
