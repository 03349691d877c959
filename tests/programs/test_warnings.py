"""What is to be thought over in a draft: worked by hand."""

from datetime import date

import pytest

from app.programs.methodology.reading import Limits
from app.programs.proposals.proposing import AreaKind, Findings, Found
from app.programs.proposals.responsivity import Person
from app.programs.proposals.warnings import Calendar, Caution, PlannedGoal, PlannedStep, warn

pytestmark = pytest.mark.one_engine

LIMITS = Limits(3, {"low": 40, "medium": 100, "high": 200})
SUNDAY, MONDAY, REPORTING = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)
DAYS = Calendar(lambda day: day != SUNDAY, frozenset({REPORTING}))


def findings(*needs, level="medium", **person):
    known = tuple(Found(*need.split("=")) for need in needs)
    return Findings(known, Person(**person), date(2026, 3, 12), level)


def goal(*areas, active=True, steps=()):
    return PlannedGoal(frozenset(areas), active, tuple(steps))


def step(**facts):
    return PlannedStep("Go", **{"doer": "person", **facts})


def cautions(plan, found, refused=()):
    return [
        one.caution if not one.area else f"{one.caution} {one.area}" for one in warn(plan, found, LIMITS, refused, DAYS)
    ]


def test_a_quiet_draft_has_no_warnings():
    plan = [goal("work", steps=[step(hours=40, due_on=MONDAY, when="working_hours")])]

    assert cautions(plan, findings("work=high", "family=medium", level="low")) == []
    assert cautions([], findings()) == []


def test_a_high_need_wants_a_goal_that_is_worked_on_now():
    found = findings("work=high", "housing=high", "debts=high", "family=medium")
    plan = [goal("work", active=False), goal("housing", active=False), goal("family", "housing")]

    assert cautions(plan, found) == ["goal_waits work", "no_goal debts"]
    assert cautions(plan, found, refused={"debts"}) == ["goal_waits work"]


def test_an_adaptation_is_no_need():
    found = Findings((Found("minor", "present", AreaKind.RESPONSIVITY),), Person(), MONDAY)

    assert cautions([], found) == []


@pytest.mark.parametrize(
    ("level", "hours", "warned"),
    [("low", 40, False), ("low", 41, True), ("medium", 100, False), ("medium", 101, True), ("high", 200, False),
     ("high", 201, True), (None, 900, False)],
)  # fmt: skip
def test_more_hours_than_the_level_calls_for_are_named(level, hours, warned):
    plan = [goal(steps=[step(hours=hours - 1)]), goal(active=False, steps=[step(hours=1), step()])]
    found = warn(plan, findings(level=level), LIMITS)

    assert [(one.caution, one.number, one.most) for one in found] == (
        [(Caution.HEAVY, hours, LIMITS.hours[level])] if warned else []
    )


def test_too_many_goals_at_once_are_counted():
    plan = [goal() for _ in range(4)]

    assert [(one.caution, one.number, one.most) for one in warn(plan, findings(), LIMITS)] == [("many_active", 4, 3)]
    assert cautions([*plan[:3], goal(active=False)], findings()) == []


def test_hours_that_clash_with_work_or_lessons_are_named_for_goals_that_are_worked_on():
    plan = [goal(steps=[step(when="working_hours"), step()]), goal(active=False, steps=[step(when="working_hours")])]

    assert cautions(plan, findings(works=True)) == ["during_work"]
    assert cautions(plan, findings(studies=True)) == ["during_lessons"]
    assert cautions(plan, findings()) == []
    assert [len(one.steps) for one in warn(plan, findings(works=True), LIMITS)] == [1]


@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        ({"doer": "officer", "due_on": SUNDAY}, True),
        ({"doer": "clinic", "due_on": SUNDAY}, True),
        ({"doer": "officer", "due_on": MONDAY}, False),
        ({"doer": "person", "due_on": SUNDAY}, False),  # at home a Sunday will do
        ({"doer": "mentor", "due_on": SUNDAY}, False),
        ({"doer": "person", "due_on": SUNDAY, "when": "working_hours"}, True),
        ({"doer": "officer"}, False),
    ],
)
def test_what_needs_an_open_office_is_not_due_on_a_day_off(facts, warned):
    assert cautions([goal(active=False, steps=[step(**facts)])], findings()) == (["day_off"] if warned else [])


@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        ({"due_on": REPORTING, "when": "working_hours"}, True),
        ({"due_on": MONDAY, "when": "working_hours"}, False),
        ({"due_on": REPORTING}, False),  # done at any hour, so there is time for both
    ],
)
def test_a_day_on_which_the_person_is_expected_at_the_office_is_named(facts, warned):
    assert cautions([goal(steps=[step(**facts)])], findings()) == (["reporting_day"] if warned else [])
    assert cautions([goal(active=False, steps=[step(**facts)])], findings()) == []
