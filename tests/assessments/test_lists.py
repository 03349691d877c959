from datetime import date, timedelta

import pytest
from sqlalchemy import event

from app.access.models import Role
from app.assessments.queries import (
    answered_counts,
    assessments_due,
    latest_completed,
    open_assessments,
)
from app.clients.vocabulary import Ground, Stage
from app.clock import now
from app.db import db
from tests.assessments.answering import ADULT, answers_with
from tests.factories.assessments import answer, make_assessment, make_completed
from tests.factories.people import make_case, make_client, make_office, make_user

DAY = date(2026, 6, 1)
JUST_OLD_ENOUGH = DAY - timedelta(days=30)


def statements(act):
    """How many statements an act sends to the database."""
    seen = []

    def note(*details):
        seen.append(details[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def list_of(case):
    return f"/people/{case.client_id}/assessments"


def test_the_list_offers_to_start_in_each_open_case(sign_in, officer):
    case = make_case(officer)
    second = make_case(officer, case.client)

    page = sign_in(officer).get(list_of(case)).text

    assert f'href="/cases/{case.id}/assessments/new"' in page
    assert f'href="/cases/{second.id}/assessments/new"' in page
    assert "Nobody has assessed this person yet." in page


def test_the_list_shows_level_author_next_date_and_progress(sign_in, officer):
    case = make_case(officer)
    make_completed(case, on=date(2026, 2, 1), **answers_with(ADULT, max))
    under_way = make_assessment(case)

    page = sign_in(officer).get(list_of(case)).text

    assert "late by" in page
    assert officer.full_name in page
    assert "0 of 48 answered" in page
    assert f'href="/assessments/{under_way.id}"' in page
    assert "Start an assessment" not in page


def test_a_case_of_another_officer_is_neither_offered_nor_shown(sign_in, officer):
    case = make_case(officer)
    elsewhere = make_case(make_user(office=make_office("B-1")), case.client)
    hidden = make_completed(elsewhere)

    page = sign_in(officer).get(list_of(case)).text

    assert f"/cases/{elsewhere.id}/" not in page
    assert f"/assessments/{hidden.id}" not in page


def test_a_long_list_is_paged(sign_in, officer):
    case = make_case(officer)
    for days in range(1, 28):
        make_completed(case, on=date(2026, 2, 1) + timedelta(days=days))
    browser = sign_in(officer)

    first = browser.get(list_of(case)).text
    second = browser.get(f"{list_of(case)}?before=3").text

    assert first.count("<tr>") == 26
    assert f"{list_of(case)}?before=3" in first
    assert second.count("<tr>") == 3
    for nonsense in ("-1", "0", "x", "9" * 30):
        assert browser.get(f"{list_of(case)}?before={nonsense}").status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_answers(sign_in, officer):
    empty, full = make_assessment(make_case(officer)), answer(make_assessment(make_case(officer)))
    done = make_completed(full_case := make_case(officer), on=DAY)
    again = make_completed(full_case, on=DAY + timedelta(days=9))
    browser = sign_in(officer)

    def cost(url):
        return statements(lambda: browser.get(url))

    assert cost(f"/assessments/{empty.id}") == cost(f"/assessments/{full.id}")
    sections = [f"/assessments/{one.id}/sections/support" for one in (empty, full)]
    assert cost(sections[0]) == cost(sections[1])
    assert cost(list_of(full_case)) <= cost(list_of(empty.case)) + 1
    assert max(cost(f"/assessments/{number}") for number in (done.id, again.id)) <= 20


def test_the_latest_completed_is_found_with_its_needs(app, officer):
    case = make_case(officer)
    assert latest_completed(case) is None
    first, second = (make_completed(case, on=day) for day in (DAY, DAY + timedelta(days=90)))
    make_assessment(case)

    assert latest_completed(case).id == second.id
    assert latest_completed(case, before=second).id == first.id
    assert latest_completed(case, before=first) is None
    assert latest_completed(case).needs[0].code


def due(actor, day=DAY):
    return [(one.case.id, one.by, one.is_first) for one in assessments_due(actor, day)]


def test_a_first_assessment_is_due_thirty_days_after_registration(app, officer):
    case = make_case(officer, registered_on=JUST_OLD_ENOUGH)
    make_case(officer, registered_on=JUST_OLD_ENOUGH + timedelta(days=1))

    assert due(officer) == [(case.id, DAY, True)]
    make_completed(case, on=DAY)
    assert due(officer) == []


def test_an_assessment_is_due_again_when_the_newest_holds_no_longer(app, officer):
    case = make_case(officer)
    first = make_completed(case, on=DAY)
    until = first.completion.reassess_by

    assert due(officer, until - timedelta(days=1)) == []
    assert due(officer, until) == [(case.id, until, False)]
    make_completed(case, on=until)
    assert due(officer, until) == []


def test_the_most_overdue_come_first_and_no_more_than_asked_for(app, officer):
    later = make_case(officer, registered_on=date(2026, 3, 1))
    earlier = make_case(officer, registered_on=date(2026, 2, 1))

    assert [number for number, *_ in due(officer)] == [earlier.id, later.id]
    assert [one.case.id for one in assessments_due(officer, DAY, limit=1)] == [earlier.id]


def test_nothing_is_due_where_no_instrument_applies_or_nobody_answers(app, officer):
    make_case(officer, stage=Stage.PRE_TRIAL)
    make_case(officer, make_client(born_on=date(2008, 6, 2)))
    make_case(make_user(office=make_office("C-1")))
    closed = make_case(officer)
    closed.deregister(Ground.TERM_ENDED, DAY, officer, None, now())
    db.session.commit()
    adult_today = make_case(officer, make_client(born_on=date(2008, 6, 1)))

    assert [number for number, *_ in due(officer)] == [adult_today.id]


def test_the_supervisor_sees_what_is_due_in_the_office(app, officer):
    case = make_case(officer)
    make_case(make_user(office=make_office("D-1")))

    assert [number for number, *_ in due(make_user(Role.SUPERVISOR))] == [case.id]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VOLUNTEER])
def test_nothing_is_due_for_those_who_see_no_assessments(app, officer, role):
    make_case(officer)

    assert due(make_user(role)) == []


def test_open_assessments_come_with_their_progress(app, officer):
    case = make_case(officer)
    under_way = answer(make_assessment(case))
    make_completed(make_case(officer))
    make_assessment(make_case(make_user()))

    found = open_assessments(officer)

    assert [one.id for one in found] == [under_way.id]
    assert answered_counts(found) == {under_way.id: 48}


def test_finding_what_is_due_takes_as_many_statements_for_many_as_for_one(app, officer):
    make_case(officer)
    one = statements(lambda: [due.case.client.full_name for due in assessments_due(officer, DAY)])
    for _ in range(3):
        make_case(officer)

    assert statements(lambda: [due.case.client.full_name for due in assessments_due(officer, DAY)]) == one
