from datetime import date, timedelta

from app.assessments.queries import (
    answered_counts,
    latest_completed,
    open_assessments,
)
from tests.assessments.answering import ADULT, answers_with
from tests.factories.assessments import answer, make_assessment, make_completed
from tests.factories.people import make_case, make_office, make_user
from tests.factories.statements import statements

DAY = date(2026, 6, 1)
JUST_OLD_ENOUGH = DAY - timedelta(days=30)


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

    assert first.count('data-label="By"') == 25
    assert f"{list_of(case)}?before=3" in first
    assert second.count('data-label="By"') == 2
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


def test_open_assessments_come_with_their_progress(app, officer):
    case = make_case(officer)
    under_way = answer(make_assessment(case))
    make_completed(make_case(officer))
    make_assessment(make_case(make_user()))

    found = open_assessments(officer)

    assert [one.id for one in found] == [under_way.id]
    assert answered_counts(found) == {under_way.id: 48}
