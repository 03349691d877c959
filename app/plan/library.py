"""Which plans there are: the product's own and those in ``plans/`` of QADAM_HOME; and which one is meant by a day."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from app.indicators.definitions.reading import book
from app.offices.reading import BadReference
from app.plan.plan import Plan
from app.plan.reading import read_plan

OWN = Path(__file__).with_name("plans")
FOLDERS = [OWN]
STILL_REPORTED = timedelta(days=181)  # after the end of a plan


def read_also(folder: Path) -> None:
    """Take the plans of a folder up with the product's own; a faulty file raises BadReference with every fault."""
    FOLDERS[:] = [OWN, folder] if folder.is_dir() else [OWN]
    plans.cache_clear()
    plans()


@cache
def plans() -> dict[str, Plan]:
    """All plans by their codes, the earliest first."""
    known = {one.code for one in book().definitions}
    found = [read_plan(path, known) for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))]
    codes = [one.code for one in found]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise BadReference([f"plans: the code {code} is used by more than one file" for code in twice])
    return {one.code: one for one in sorted(found, key=lambda plan: (plan.valid_from, plan.code))}


def plan_on(day: date) -> Plan:
    """The plan of a day: the one that began last by then; before all of them, the first."""
    begun = [one for one in plans().values() if one.valid_from <= day]
    return begun[-1] if begun else next(iter(plans().values()))


def plans_at_work(day: date) -> list[Plan]:
    """The plans that are reported on at a day, the one whose half-year ended last coming last.

    The plan of the day, and one that has ended less than half a year ago: its last reports are still coming in.
    """
    current = plan_on(day)
    ended = [one for one in plans().values() if one.valid_to <= day < one.valid_to + STILL_REPORTED]
    found = [current, *(one for one in ended if one is not current)]
    return sorted(found, key=lambda plan: max((one.end for one in plan.periods if one.is_over(day)), default=date.min))
