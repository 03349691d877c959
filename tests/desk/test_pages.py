"""The first page of each role, the queue, the whole case, and the morning's reminders."""

import pytest
from sqlalchemy import select

from app.access.models import Role
from app.clients.vocabulary import Stage
from app.db import db
from app.desk.models import Late, Reminder
from app.desk.tasks import remind
from tests.factories.assessments import make_assessment, make_completed
from tests.factories.people import make_case, make_office, make_user
from tests.factories.programs import make_approved, make_submitted
from tests.factories.statements import statements


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.OFFICER, "My day"),
        (Role.SUPERVISOR, "My day"),
        (Role.VOLUNTEER, "People I help"),
        (Role.MENTOR, "People I help"),
        (Role.ANALYST, "Indicators"),
        (Role.ADMINISTRATOR, "Users"),
    ],
)
def test_each_role_begins_where_its_work_lies(sign_in, role, words):
    page = sign_in(make_user(role)).get("/", follow_redirects=True)

    assert page.status_code == 200
    assert f"<h1>{words}</h1>" in page.text


def test_a_line_says_why_it_is_there_and_leads_to_the_next_act(sign_in, officer, stopped_clock):
    case = make_case(officer)

    page = sign_in(officer).get("/").text

    assert "30 days after the registration on 5 Jan 2026: norm A-1" in page
    assert f'href="/cases/{case.id}/assessments/new"' in page
    assert case.client.surname in page


def test_an_empty_day_says_so(sign_in, officer):
    assert "Nothing waits for you today." in sign_in(officer).get("/").text


def test_an_assessment_under_way_is_on_the_page_until_it_is_complete(sign_in, officer, stopped_clock):
    assessment = make_assessment(make_case(officer))

    assert f'href="/assessments/{assessment.id}"' in sign_in(officer).get("/").text


def test_the_queue_shows_what_waits_and_how_the_work_lies(sign_in, officer):
    version = make_submitted(officer)
    make_case(officer, officer_id=None)
    elsewhere = make_case(make_user(office=make_office("B-1"), full_name="Ким Виктор"))

    page = sign_in(make_user(Role.SUPERVISOR)).get("/queue").text

    assert "Programmes to approve or return · 1" in page
    assert f'href="/program-versions/{version.id}/decision"' in page
    assert "Name an officer" in page
    assert elsewhere.number not in page
    assert "Ким Виктор" not in page


def test_the_queue_is_not_for_officers(sign_in, officer):
    assert sign_in(officer).get("/queue").status_code == 403


def test_the_whole_case_is_on_one_page_with_one_timeline(sign_in, officer, stopped_clock):
    version = make_approved(officer, make_user(Role.SUPERVISOR))
    client_id = version.about_client_id
    browser = sign_in(officer)

    page = browser.get(f"/people/{client_id}").text

    for words in ("Assessment completed", "Programme submitted (version 1)", "Programme approved (version 1)"):
        assert words in page
    assert version.program.number in page
    only = browser.get(f"/people/{client_id}?room=assessments").text
    assert "Assessment completed" in only
    assert "Programme approved (version 1)" not in only
    assert browser.get(f"/people/{client_id}?room=nonsense").status_code == 200


def test_of_a_case_elsewhere_only_that_it_exists_is_shown(sign_in, officer, stopped_clock):
    mine = make_case(officer)
    stranger = make_user(office=make_office("B-1"))
    theirs = make_case(stranger, mine.client, stage=Stage.POST_PENITENTIARY)
    make_completed(theirs, conclusion="Слова, которые видит только другой отдел.")

    page = sign_in(officer).get(f"/people/{mine.client_id}").text

    assert theirs.number in page
    assert f'href="/cases/{theirs.id}"' not in page
    assert "Слова, которые видит только другой отдел." not in page


def test_as_many_statements_for_a_long_history_as_for_a_short_one(sign_in, officer, stopped_clock):
    short = make_approved(officer, make_user(Role.SUPERVISOR))
    long = make_approved(officer, make_user(Role.SUPERVISOR))
    for _time in range(3):
        make_completed(long.program.case)
    browser = sign_in(officer)

    def cost(version):
        return statements(lambda: browser.get(f"/people/{version.about_client_id}"))

    assert cost(long) <= cost(short)
    assert cost(short) <= 40


def test_a_late_thing_is_told_once_and_settled_when_done(app, officer, stopped_clock):
    case = make_case(officer)
    remind()
    remind()

    (told,) = db.session.scalars(select(Reminder).where(Reminder.kind == Late.ASSESSMENT)).all()
    assert (told.kind, told.reference_id, told.settled_at) == (Late.ASSESSMENT, case.id, None)
    make_completed(case)
    remind()
    assert told.settled_at is not None


def test_the_page_says_since_when_the_officer_has_been_reminded(sign_in, officer, stopped_clock):
    make_case(officer)
    remind()

    assert "reminded since 20 Nov 2026" in sign_in(officer).get("/").text
