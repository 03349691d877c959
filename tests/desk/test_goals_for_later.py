"""Steps of goals that are not worked on yet: they are late for nobody."""

from datetime import date

from app.access.models import Role
from app.db import db
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from app.programs.decisions.deciding import approve, submit
from app.programs.drafts.arranging import put
from app.programs.vocabulary import Phase
from app.programs.waiting import steps_due
from tests.factories.people import make_user
from tests.factories.programs import APPROVED, SUBMITTED, make_draft, record_agreement

LONG_AFTER = date(2026, 8, 3)


def test_steps_of_a_goal_for_later_are_neither_due_nor_late(app, officer):
    version = make_draft(officer, take=("W-1", "T-1"))
    now, later = (next(goal for goal in version.goals if goal.rule == rule) for rule in ("W-1", "T-1"))
    put(later, Phase.FUTURE)
    record_agreement(version, officer)
    submit(version, officer, SUBMITTED)
    approve(version, make_user(Role.SUPERVISOR), APPROVED.date(), APPROVED)
    db.session.commit()

    (line,) = overdue(Late.STEP, LONG_AFTER, nothing_beyond(officer))
    assert line.count == len(now.steps)
    assert {step.goal for step in steps_due(officer, LONG_AFTER)} == {now}
