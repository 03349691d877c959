"""A volunteer or mentor sees whom they help, no more than the consent names, and no longer than it stands."""

from datetime import UTC, date, datetime

import pytest

from app.access.models import Role
from app.access.policy import Permission
from app.clients.cases import Deregistration
from app.clients.models import Address
from app.clients.vocabulary import Ground, Registration
from app.clock import now, today
from app.db import db
from app.sessions.models import MatchEnding, Withdrawal
from app.sessions.queries import people_helped
from tests.factories.people import make_case, make_client, make_region, make_user
from tests.factories.saving import saved
from tests.factories.sessions import days_ago, make_goals, make_helper, make_match, make_session

NEVER = (
    "Құпиябеков", "Ғалымұлы", "1991", "05.07", "5 Jul", "910705300124", "Z-77/2026", "Өскемен соты", "Art. 188",
    "conditional", "Conditional", "Anything from the record",
)  # fmt: skip


@pytest.fixture
def mentor(app):
    return make_helper()


@pytest.fixture
def case(officer):
    client = make_client(
        surname="Құпиябеков", given_name="Нұрлан", patronymic="Ғалымұлы", born_on=date(1991, 7, 5),
        phone="+77011234567", iin="910705300124", iin_digest="d" * 64, iin_unknown=None,
    )  # fmt: skip
    saved(Address(
        client_id=client.id, region_code=make_region().code, text="Абай көшесі 7-9", from_on=date(2020, 1, 1),
        registration=Registration.PERMANENT,
    ))  # fmt: skip
    return make_case(officer, client, number="Z-77/2026", court="Өскемен соты", articles="Art. 188")


def pages(browser, match):
    return [browser.get(f"/helping/{match.id}"), browser.get(f"/helping/{match.id}/sessions/new"), browser.get("/")]


def test_a_helper_sees_a_first_name_and_the_goals(mentor, case, sign_in):
    threads = make_goals(case, "Find work", "Anything from the record")
    match = make_match(case, mentor, threads=threads[:1])

    page = sign_in(mentor).get(f"/helping/{match.id}").text

    assert "Нұрлан" in page
    assert "Find work" in page
    assert "You may help until" in page


@pytest.mark.parametrize(("names_phone", "names_address"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_helper_never_sees_what_the_consent_does_not_name(mentor, case, sign_in, names_phone, names_address):
    threads = make_goals(case, "Find work", "Anything from the record")
    match = make_match(case, mentor, threads=threads[:1], names_phone=names_phone, names_address=names_address)
    make_session(match, goal_thread=threads[0], concern="Looked tired")

    for page in pages(sign_in(mentor), match):
        assert page.status_code == 200
        assert [words for words in NEVER if words in page.text] == []
        assert "/people/" not in page.text
        assert "/cases/" not in page.text
        if not names_phone:
            assert "7011234567" not in page.text
            assert "123-45-67" not in page.text
        if not names_address:
            assert "Абай" not in page.text
    page = sign_in(mentor).get(f"/helping/{match.id}").text
    assert ('href="tel:+77011234567"' in page) is names_phone
    assert ("Абай көшесі 7-9" in page) is names_address


def test_another_helpers_match_is_not_found(case, mentor, sign_in):
    match = make_match(case, mentor)
    other = sign_in(make_helper())

    for page in (
        other.get(f"/helping/{match.id}"),
        other.post(f"/helping/{match.id}/sessions/new", data={"done": "x"}),
    ):
        assert page.status_code == 404
        assert "Нұрлан" not in page.text


def test_a_match_that_never_was_looks_the_same(mentor, sign_in):
    assert "You do not help this person" in sign_in(mentor).get("/helping/99999").text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.ANALYST, Role.ADMINISTRATOR])
def test_the_helpers_pages_are_the_helpers(case, mentor, sign_in, role):
    match = make_match(case, mentor)
    assert sign_in(make_user(role)).get(f"/helping/{match.id}").status_code == 403


def test_a_helper_opens_no_page_of_the_officer(case, mentor, sign_in):
    match = make_match(case, mentor)
    meeting = make_session(match)
    browser = sign_in(mentor)

    for address in (
        f"/people/{case.client_id}/sessions", f"/matches/{match.id}", f"/sessions/{meeting.id}", "/helpers",
        f"/cases/{case.id}/matches/new", f"/people/{case.client_id}",
    ):  # fmt: skip
        assert browser.get(address).status_code == 403
    assert browser.post(f"/sessions/{meeting.id}/confirmation").status_code == 403


def withdraw(match):
    consent = match.consents[-1]
    saved(Withdrawal(consent_id=consent.id, by_id=match.made_by_id, at=now()))


def end(match):
    saved(MatchEnding(match_id=match.id, on=today(), words="Done", by_id=match.made_by_id, at=now()))


def deregister(match):
    saved(Deregistration(case_id=match.case_id, ground=list(Ground)[0], on=today(), by_id=match.made_by_id, at=now()))


@pytest.mark.parametrize("shut", [withdraw, end, deregister])
def test_the_door_closes_at_once(case, mentor, sign_in, shut):
    match = make_match(case, mentor)
    other = make_match(make_case(client=make_client(given_name="Болат")), mentor)
    browser = sign_in(mentor)
    assert browser.get(f"/helping/{match.id}").status_code == 200
    assert {helped.match_id for helped in people_helped(mentor, today())} == {match.id, other.id}

    shut(match)

    page = browser.get(f"/helping/{match.id}")
    assert page.status_code == 404
    assert "Нұрлан" not in page.text
    assert "Болат" in page.text
    typed = browser.post(f"/helping/{match.id}/sessions/new", data={"done": "We went to the career centre"})
    assert typed.status_code == 404
    assert "We went to the career centre" in typed.text
    assert [helped.match_id for helped in people_helped(mentor, today())] == [other.id]


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({"consents": [(days_ago(30), days_ago(0))]}, False),  # today is the first day on which it no longer stands
        ({"consents": [(days_ago(30), days_ago(-1))]}, True),
        ({"consents": [(days_ago(300), days_ago(100)), (days_ago(3), days_ago(-9))]}, True),  # renewed after a gap
        ({"consents": [(days_ago(30), days_ago(-90)), (days_ago(9), days_ago(1))]}, False),  # the latest one counts
        ({"consents": []}, False),
        ({"starts_on": days_ago(-1)}, False),
        ({"starts_on": days_ago(0)}, True),
    ],
)
def test_the_door_is_open_while_the_latest_consent_stands(case, mentor, sign_in, facts, is_open):
    match = make_match(case, mentor, **facts)

    assert sign_in(mentor).get(f"/helping/{match.id}").status_code == (200 if is_open else 404)
    assert bool(people_helped(mentor, today())) is is_open
    assert match.is_open_on(today()) is is_open


def test_the_list_of_people_helped_holds_first_names_only(case, mentor):
    match = make_match(case, mentor)
    make_session(match, on=days_ago(4))

    (helped,) = people_helped(mentor, today())

    assert (helped.first_name, helped.last_on, helped.until_on) == ("Нұрлан", days_ago(4), days_ago(-300))
    assert "Құпиябеков" not in repr(helped)


def test_each_look_at_a_person_is_in_the_journal(case, mentor, sign_in):
    from sqlalchemy import select

    from app.audit.models import Entry

    match = make_match(case, mentor)
    sign_in(mentor).get(f"/helping/{match.id}")

    entry = db.session.scalar(select(Entry).where(Entry.actor_id == mentor.id))
    assert (entry.permission, entry.client_id) == (Permission.VIEW_MATCH, case.client_id)
    assert entry.at <= datetime.now(UTC)
