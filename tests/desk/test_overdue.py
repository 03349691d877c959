"""What is late, found for one officer, for the office, and for all."""

from datetime import date, timedelta

from app.access.models import Role
from app.clients.vocabulary import Ground, Stage
from app.clock import now
from app.db import db
from app.desk.day import late_piles
from app.desk.held import nothing_beyond, office_of
from app.desk.models import Late
from app.desk.overdue import count_overdue, drafts_ahead, overdue
from app.programs.decisions.deciding import send_back, submit
from app.programs.models import Progress
from app.programs.progress.carrying import note_progress
from app.programs.vocabulary import StepState
from tests.factories.assessments import make_completed
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.programs import APPROVED, SUBMITTED, make_approved, make_draft, make_submitted, record_agreement
from tests.factories.statements import statements

DAY = date(2026, 6, 1)
LAST_IN_TIME = DAY - timedelta(days=30)


def late(kind, actor, day=DAY):
    return [(line.case_id, line.due_on) for line in overdue(kind, day, nothing_beyond(actor))]


def test_a_first_assessment_is_late_thirty_days_after_registration(app, officer):
    case = make_case(officer, registered_on=LAST_IN_TIME - timedelta(days=1))
    make_case(officer, registered_on=LAST_IN_TIME)

    assert late(Late.ASSESSMENT, officer) == [(case.id, DAY - timedelta(days=1))]
    make_completed(case, on=DAY)
    assert late(Late.ASSESSMENT, officer) == []


def test_an_assessment_is_late_again_after_the_day_that_it_set(app, officer):
    case = make_case(officer)
    until = make_completed(case, on=DAY).completion.reassess_by

    assert late(Late.REASSESSMENT, officer, until) == []
    assert late(Late.REASSESSMENT, officer, until + timedelta(days=1)) == [(case.id, until)]
    make_completed(case, on=until)
    assert late(Late.REASSESSMENT, officer, until + timedelta(days=1)) == []


def test_nothing_is_late_where_no_instrument_applies_or_the_case_is_closed(app, officer):
    make_case(officer, stage=Stage.PENITENTIARY, stage_from=DAY + timedelta(days=1))
    make_case(officer, make_client(born_on=date(2016, 6, 2)))
    closed = make_case(officer)
    closed.deregister(Ground.TERM_ENDED, DAY, officer, None, now())
    db.session.commit()
    fitting = make_case(officer)

    assert [case for case, _due in late(Late.ASSESSMENT, officer)] == [fitting.id]


def test_a_programme_is_late_when_none_is_submitted_within_ten_working_days(app, officer):
    version = make_draft(officer)  # assessed on 12 March; Nauryz lies between
    last = date(2026, 3, 31)

    assert late(Late.PROGRAM, officer, last) == []
    assert late(Late.PROGRAM, officer, last + timedelta(days=1)) == [(version.program.case_id, last)]
    assert [line.due_on for line in drafts_ahead(last - timedelta(days=3), last, nothing_beyond(officer))] == [last]
    record_agreement(version, officer)
    submit(version, officer, SUBMITTED)
    db.session.commit()
    assert late(Late.PROGRAM, officer, last + timedelta(days=1)) == []


def test_an_answer_is_late_three_working_days_after_the_submission(app, officer):
    version = make_submitted(officer)  # on Tuesday, 17 March
    head = make_user(Role.SUPERVISOR)
    last = date(2026, 3, 20)

    assert late(Late.ANSWER, officer, last) == []
    (line,) = overdue(Late.ANSWER, last + timedelta(days=1), office_of(head))
    assert (line.reference_id, line.due_on) == (version.id, last)
    send_back(version, "Name the day.", head, APPROVED)
    db.session.commit()
    assert late(Late.ANSWER, officer, last + timedelta(days=1)) == []


def test_late_steps_are_one_line_for_a_programme_and_go_when_done(app, officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))
    steps = [step for goal in version.goals for step in goal.steps]
    day = max(step.due_on for step in steps) + timedelta(days=1)

    (line,) = overdue(Late.STEP, day, nothing_beyond(officer))
    assert (line.reference_id, line.count) == (version.id, len(steps))
    assert line.due_on == min(step.due_on for step in steps)
    for step in steps:
        note_progress(step, Progress(state=StepState.DONE, on=day, by=officer, at=now()))
    db.session.commit()
    assert overdue(Late.STEP, day, nothing_beyond(officer)) == []


def test_a_review_is_late_after_its_day(app, officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))

    assert late(Late.REVIEW, officer, version.review_on) == []
    after = version.review_on + timedelta(days=1)
    assert late(Late.REVIEW, officer, after) == [(version.program.case_id, version.review_on)]


def test_a_day_is_the_officers_own_and_the_queue_the_offices(app, officer):
    mine = make_case(officer)
    colleague = make_case(make_user())
    make_case(make_user(office=make_office("B-1")))
    head = make_user(Role.SUPERVISOR)

    assert [case for case, _due in late(Late.ASSESSMENT, officer)] == [mine.id]
    of_office = overdue(Late.ASSESSMENT, DAY, office_of(head))
    assert [line.case_id for line in of_office] == [mine.id, colleague.id]
    assert overdue(Late.ASSESSMENT, DAY, office_of(make_user(Role.ANALYST))) == []


def test_the_count_is_exact_when_the_lines_are_cut(app, officer):
    for _number in range(3):
        make_case(officer)

    assert len(overdue(Late.ASSESSMENT, DAY, nothing_beyond(officer), most=2)) == 2
    assert count_overdue(Late.ASSESSMENT, DAY, nothing_beyond(officer)) == 3


def test_as_many_statements_for_many_people_as_for_one(app, officer):
    make_case(officer)
    with app.test_request_context():
        one = statements(lambda: late_piles(DAY, nothing_beyond(officer)))
        for _number in range(4):
            make_case(officer)
        assert statements(lambda: late_piles(DAY, nothing_beyond(officer))) <= one
