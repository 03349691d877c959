"""The head of service's workload, and giving many cases to others: what changed meanwhile is left out and told."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.access.models import Role
from app.access.policy import Permission, allows
from app.assessments.vocabulary import Level
from app.audit.models import Entry
from app.clients.cases import Assignment, Case, Transfer
from app.clients.vocabulary import Ground, Stage
from app.clock import now, today
from app.db import db
from app.desk.workload.models import ReassignedCase, Reassignment, Skipped
from app.desk.workload.queries import loads
from app.desk.workload.weights import weights_on
from app.supervision.calendar.models import Rhythm
from app.supervision.calendar.vocabulary import Per
from app.web.languages import speaking
from tests.factories.assessments import make_completed
from tests.factories.levels import make_approved_override
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.saving import saved
from tests.factories.statements import statements

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def leaving(app):
    return make_user(full_name="Кеткен Кенже")


@pytest.fixture
def others(app):
    return make_user(full_name="Бірінші Болат"), make_user(full_name="Екінші Ерлан")


def held(officer, count=3) -> list[Case]:
    names = ("Ахметов", "Бекова", "Валиев", "Ғалиев", "Дәулетов", "Ермекова")
    return [make_case(officer, make_client(surname=name, registered_by_id=officer.id)) for name in names[:count]]


def sent(cases, officer, **more):
    """What the preview sends back: each case as it was held, and to whom."""
    pairs = [(f"to-{case.id}", officer.id) for case in cases]
    return (
        {"case": [f"{case.id}-{case.assignment.id}" for case in cases], "to": officer.id, "reason": "Leaves"}
        | dict(pairs)
        | more
    )


def test_points_and_counts_are_those_of_the_cases(head, leaving, others):
    make_completed(make_case(leaving))  # quiet answers: a low level
    make_approved_override(make_completed(make_case(leaving)), to=Level.MEDIUM)
    minor = make_client(born_on=date(2008, 11, 21), registered_by_id=leaving.id)
    make_case(leaving, minor, stage=Stage.PRE_TRIAL, legal_basis="pre_trial")
    make_case(leaving, make_client(born_on=date(2008, 11, 20), registered_by_id=leaving.id), officer_id=None)
    gone = make_case(leaving)
    gone.deregister(Ground.TERM_ENDED, today(), leaving, None, now())
    db.session.commit()
    make_case(make_user(office=make_office("B-2")))

    found = loads(head.office_id, weights_on(today()), today())

    mine, nobodys = found[leaving.id], found[None]
    assert set(found) == {leaving.id, None}
    assert (mine.cases, mine.points) == (3, 2 + (2 + 1) + (2 + 2 + 1 + 2))
    assert (nobodys.cases, nobodys.points) == (1, 2 + 2)
    assert mine.by_weight == {"case": 3, "level-medium": 1, "unassessed": 1, "pre-trial": 1, "minor": 1}


def test_who_lives_in_the_country_weighs_more(head, leaving):
    rural = make_office("R-1", is_rural=True)
    by_office, in_town = make_case(leaving, office_id=rural.id), make_case(leaving, office_id=rural.id)
    in_village = make_case(leaving)
    for case, is_rural in ((in_town, False), (in_village, True)):
        saved(Rhythm(case=case, times=1, per=Per.MONTH, days="5", is_rural=is_rural, reason="x", from_on=today(),
                     planned_until=today(), set_by_id=leaving.id, set_at=now()))  # fmt: skip

    assert loads(rural.id, weights_on(today()), today())[leaving.id].by_weight["rural"] == 1
    assert loads(head.office_id, weights_on(today()), today())[leaving.id].by_weight["rural"] == 1
    assert by_office


def test_a_preview_says_who_gets_what_and_saves_nothing(sign_in, head, leaving, others):
    cases = held(leaving)
    browser = sign_in(head)
    assert "Ахметов" in browser.get(f"/reassignments/new?officer={leaving.id}").text

    page = browser.get("/reassignments/preview", query_string={
        "case": [case.id for case in cases], "to": [other.id for other in others],
    }).text  # fmt: skip

    assert "Give 3 cases" in page
    before_and_after = [re.findall(r">([0-9]+)<", row) for row in page.split("<tr>")[2:5]]
    assert before_and_after == [["0", "2", "0", "8"], ["0", "1", "0", "4"], ["3", "0", "12", "0"]]
    assert db.session.query(Reassignment).count() == 0
    assert {case.assignment.officer_id for case in db.session.scalars(select(Case)).unique()} == {leaving.id}


def test_somebody_else_chosen_in_the_preview_is_counted_again(sign_in, head, leaving, others):
    cases = held(leaving)
    data = sent(cases, others[1], to=[other.id for other in others], again="1") | {f"to-{cases[0].id}": others[0].id}

    answer = sign_in(head).post("/reassignments", data=data)

    assert answer.status_code == 200
    assert answer.text.count(f'<option value="{others[1].id}" selected>') == 2
    assert answer.text.count(f'<option value="{others[0].id}" selected>') == 1
    assert db.session.query(Reassignment).count() == 0


def test_each_case_is_given_and_journalled_for_itself(sign_in, head, leaving, others):
    cases = held(leaving)
    data = sent(cases, others[0]) | {f"to-{cases[2].id}": others[1].id}

    answer = sign_in(head).post("/reassignments", data=data, follow_redirects=True)

    assert "3 cases given" in answer.text
    assert [case.assignment.officer_id for case in db.session.scalars(select(Case).order_by(Case.id)).unique()] == [
        others[0].id, others[0].id, others[1].id,
    ]  # fmt: skip
    lines = select(Entry.subject_id).where(Entry.what == "workload.give", Entry.actor_id == head.id)
    assert sorted(db.session.scalars(lines)) == [case.id for case in cases]
    assert allows(others[0], Permission.VIEW_CLIENT, cases[0])
    assert not allows(leaving, Permission.VIEW_CLIENT, cases[0])
    assert db.session.query(Assignment).filter(Assignment.to_at.is_(None)).count() == 3


def test_what_moved_closed_or_was_offered_meanwhile_is_left_out_and_told(sign_in, head, leaving, others):
    moved, closed, offered, stays, fine, away = held(leaving, 6)
    data = sent([moved, closed, offered, stays, fine, away], others[0])
    data[f"to-{stays.id}"] = leaving.id
    following = moved.hand_over(make_office("B-2").id, None, now())
    db.session.flush()
    db.session.add(following)
    closed.deregister(Ground.TERM_ENDED, today(), leaving, None, now())
    db.session.add(Transfer(case=offered, from_office_id=head.office_id, to_office_id=head.office_id, reason="x",
                            offered_by_id=leaving.id, offered_at=now()))  # fmt: skip
    gone = make_user(full_name="Жоқ Жан")
    gone.suspend(head, now())
    db.session.commit()
    data[f"to-{away.id}"] = gone.id

    page = sign_in(head).post("/reassignments", data=data, follow_redirects=True).text

    rows = {row.case_id: row.skipped for row in db.session.scalars(select(ReassignedCase))}
    assert rows == {
        moved.id: Skipped.MOVED, closed.id: Skipped.CLOSED, offered.id: Skipped.OFFERED, stays.id: Skipped.THERE,
        fine.id: None, away.id: Skipped.OFFICER_GONE,
    }  # fmt: skip
    assert "1 case given" in page
    assert "Ахметов" not in page  # the case is another office's now
    with speaking("en"):
        assert all(str(reason.label).split(".")[0] in page for reason in Skipped)
    assert db.session.query(Entry).filter_by(what="workload.give").count() == 1


def test_cases_of_another_office_are_never_given(sign_in, head, leaving, others):
    elsewhere = make_case(make_user(office=make_office("B-2")))
    (own,) = held(leaving, 1)
    data = sent([elsewhere], others[0]) | {
        "case": [f"{elsewhere.id}-{elsewhere.assignment.id}", f"{elsewhere.id}-{own.assignment.id}", "x-1", "9-9-9",
                 f"{own.id}-{own.assignment.id}"],
        f"to-{own.id}": 2**31 - 1,
    }  # fmt: skip

    answer = sign_in(head).post("/reassignments", data=data, follow_redirects=True)

    assert "Nothing was given." in answer.text
    assert db.session.query(ReassignedCase).count() == 0
    assert db.session.query(Assignment).count() == 2
    stranger = make_user(Role.SUPERVISOR, make_office("B-2"))
    number = db.session.scalars(select(Reassignment.id)).one()
    assert sign_in(stranger).get(f"/reassignments/{number}").status_code == 404


def test_without_a_reason_nothing_is_given_and_the_choice_stays(sign_in, head, leaving, others):
    cases = held(leaving)

    answer = sign_in(head).post("/reassignments", data=sent(cases, others[0], reason=" "))

    assert answer.status_code == 422
    assert "Enter the reason" in answer.text
    assert answer.text.count(f'<option value="{others[0].id}" selected>') == 3
    assert db.session.query(Reassignment).count() == 0


def test_pages_ask_a_fixed_number_of_questions(app, sign_in, head, leaving, others):
    browser = sign_in(head)
    cases = held(leaving, 1)
    pages = (
        "/workload",
        f"/reassignments/new?officer={leaving.id}",
        f"/reassignments/preview?to={others[0].id}&case={cases[0].id}",
    )
    few = [statements(lambda page=page: browser.get(page)) for page in pages]
    more = held(leaving, 6)
    held(others[0], 3)
    pages = (*pages[:2], pages[2] + "".join(f"&case={case.id}" for case in more))

    assert [statements(lambda page=page: browser.get(page)) for page in pages] == few


def test_only_the_head_comes_in(sign_in, leaving):
    browser = sign_in(leaving)

    assert {browser.get(page).status_code for page in ("/workload", "/reassignments/new", "/substitutions")} == {403}


def test_what_the_points_are_and_what_was_given_before_can_be_read(sign_in, head, leaving, others):
    saved(Reassignment(office_id=head.office_id, reason="Somebody left", by_id=head.id, at=now()))
    browser = sign_in(head)

    assert "Community service: a timesheet every month" in browser.get("/workload/weights").text
    assert "Somebody left" in browser.get("/reassignments").text
