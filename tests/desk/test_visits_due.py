"""Whom the day names as not reviewed at a visit for too long."""

from datetime import date, timedelta

from app.access.models import Role
from app.assessments import library
from app.assessments.models import Override, OverrideAnswer, OverrideReason
from app.assessments.vocabulary import Level
from app.clients.vocabulary import Ground, Stage
from app.clock import now
from app.db import db
from app.desk.day import late_piles
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from tests.factories.acute import acute_form, make_review, make_withdrawn
from tests.factories.assessments import make_completed
from tests.factories.people import make_case, make_user
from tests.factories.saving import saved

DAY = date(2026, 6, 1)
ASSESSED = DAY - timedelta(days=40)
DAYS = timedelta(days=acute_form().valid_days)
HIGH = {
    item.code: max(item.options, key=lambda option: option.points).code
    for section in library.find("adult-community", 1).scored
    for item in section.items
}


def late(officer, day=DAY):
    return [(line.case_id, line.due_on) for line in overdue(Late.VISIT, day, nothing_beyond(officer))]


def test_a_person_with_a_high_level_is_named_until_a_review_stands_for_the_present(app, officer):
    case = make_case(officer)
    make_completed(case, on=ASSESSED, **HIGH)

    assert late(officer, ASSESSED + DAYS) == []
    assert late(officer) == [(case.id, ASSESSED + DAYS)]
    make_withdrawn(case, DAY)
    assert late(officer) == [(case.id, ASSESSED + DAYS)]
    make_review(case, DAY - timedelta(days=5))
    assert late(officer) == []
    assert late(officer, DAY - timedelta(days=5) + DAYS) == []
    gone_by = DAY - timedelta(days=4) + DAYS
    assert late(officer, gone_by) == [(case.id, gone_by - timedelta(days=1))]


def test_nobody_is_named_with_a_low_level_in_prison_or_off_the_register(app, officer):
    low, inside, gone = (make_case(officer) for _number in range(3))
    make_completed(low, on=ASSESSED)
    for case in (inside, gone):
        make_completed(case, on=ASSESSED, **HIGH)
    inside.enter_stage(Stage.PENITENTIARY, DAY - timedelta(days=2))
    gone.deregister(Ground.TERM_ENDED, DAY, officer, None, now())
    db.session.commit()

    assert late(officer) == []


def test_the_level_that_holds_decides_not_the_one_that_was_computed(app, officer):
    case, head = make_case(officer), make_user(Role.SUPERVISOR)
    assessment = make_completed(case, on=ASSESSED)
    answer = OverrideAnswer(is_approved=True, by_id=head.id, at=now())
    saved(Override(
        assessment=assessment, from_level=Level.LOW, to_level=Level.MEDIUM, reason=OverrideReason.RECENT_CHANGE,
        words="He lost his home.", by_id=officer.id, at=now(), answer=answer,
    ))  # fmt: skip

    assert late(officer) == [(case.id, ASSESSED + DAYS)]


def test_the_page_leads_straight_to_the_form(app, officer):
    case = make_case(officer)
    make_completed(case, on=ASSESSED, **HIGH)

    with app.test_request_context():
        acts = [line.act_url for pile in late_piles(DAY, nothing_beyond(officer)) for line in pile.lines]
        assert f"/cases/{case.id}/acute-reviews/new" in acts
