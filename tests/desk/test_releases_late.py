"""What is late in a release stands on the day of its officer: items, the release itself, the first visit."""

from datetime import timedelta

from app.assistance.release import planning
from app.assistance.release.models import FirstVisit, Released
from app.assistance.release.plan import plan_of
from app.clock import now, today
from app.db import db
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from tests.factories.people import make_user
from tests.factories.releases import make_day, make_decision, make_prisoner

KINDS = (Late.RELEASE_ITEM, Late.RELEASE, Late.FIRST_VISIT)


def late(user):
    held = nothing_beyond(user)
    return {
        kind: [(one.due_on, one.count) for one in found] for kind in KINDS if (found := overdue(kind, today(), held))
    }


def test_each_thing_of_a_release_is_late_in_its_time(app, stopped_clock, officer):
    case = make_prisoner(officer)
    day = make_day(case, today() + timedelta(days=200))  # 8 June 2027
    year_before = day.dues[0].due_on

    assert late(officer) == {Late.RELEASE_ITEM: [(year_before, 4)]}
    make_decision(case, "notice-police")
    assert late(officer) == {Late.RELEASE_ITEM: [(year_before, 3)]}
    assert late(make_user()) == {}

    stopped_clock.move(days=201)
    assert late(officer) == {Late.RELEASE: [(day.on, 1)]}

    planning.note_release(plan_of(case), Released(on=day.on, is_met=True, by=officer, at=now()), today())
    db.session.commit()
    assert late(officer) == {}
    stopped_clock.move(days=14)
    assert late(officer) == {Late.FIRST_VISIT: [(plan_of(case).released.visit_by, 1)]}

    planning.note_visit(plan_of(case), FirstVisit(has_come=True, on=today(), by=officer, at=now()), today())
    db.session.commit()
    assert late(officer) == {}


def test_the_lines_lead_to_the_next_act(app, stopped_clock, officer, sign_in):
    case = make_prisoner(officer)
    make_day(case, today() + timedelta(days=200))

    page = sign_in(officer).get("/").text

    assert "4 items of the release plan have passed their dates" in page
    assert f"/cases/{case.id}/release" in page
