"""The record of a person: changed with care, with its history kept, by one person at a time."""

from datetime import date

import pytest
from sqlalchemy import select

from app.access.models import Role
from app.clients.iin import for_demonstration
from app.clients.models import Client, digest_of_iin
from app.clients.vocabulary import DocumentState, Employment
from app.db import db
from tests.access.pages import hidden_fields
from tests.clients.filling import IIN, registration
from tests.factories.people import make_case, make_client, make_office, make_region, make_user

IDENTITY = (
    "surname", "given_name", "patronymic", "born_on", "sex", "iin", "iin_unknown", "citizenship", "language", "phone",
)  # fmt: skip
ADDRESS = {
    "region_code": "710000000", "text": "Абай 5", "registration": "temporary", "lives_from": "1.2.2026",
}  # fmt: skip


@pytest.fixture
def client(officer):
    make_region()
    return make_case(officer, make_client(surname="Сәрсенов", born_on=date(1990, 5, 1))).client


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def identity(client, **answers):
    filled = registration()
    return {name: filled[name] for name in IDENTITY} | {"version": str(client.version)} | answers


def papers(client, browser, **states):
    return hidden_fields(browser.get(f"/people/{client.id}/documents").text) | states


def again(client):
    db.session.expire_all()
    return db.session.get(Client, client.id)


def test_the_record_shows_the_person(browser, client, officer):
    browser.post(f"/people/{client.id}/edit", data=identity(client))
    browser.post(f"/people/{client.id}/addresses/new", data=ADDRESS)

    page = browser.get(f"/people/{client.id}/record").text

    assert f"{IIN[:6]} {IIN[6:]}" in page
    assert "+7 701 123-45-67" in page
    assert "Абай 5" in page
    assert "temporary registration" in page


def test_a_new_name_makes_the_old_one_a_former_name(browser, client):
    browser.post(f"/people/{client.id}/edit", data=identity(client, surname="Ахметов"))

    changed = again(client)
    assert changed.full_name == "Ахметов Дәулет Қайратұлы"
    assert changed.former_names == ["Сәрсенов Ерлан"]
    assert "Сәрсенов Ерлан" in browser.get(f"/people/{client.id}/record").text


def test_saving_the_same_name_makes_no_former_name(browser, client):
    browser.post(f"/people/{client.id}/edit", data=identity(client))
    browser.post(f"/people/{client.id}/edit", data=identity(again(client), phone=""))

    assert again(client).former_names == ["Сәрсенов Ерлан"]
    assert again(client).phone is None


def test_two_people_at_one_record_see_both_versions_and_the_second_press_saves(browser, client, sign_in):
    colleague = sign_in(make_user(Role.SUPERVISOR))
    mine, theirs = identity(client, surname="Ахметов"), identity(client, surname="Бекетов")
    colleague.post(f"/people/{client.id}/edit", data=theirs)

    clash = browser.post(f"/people/{client.id}/edit", data=mine)
    assert clash.status_code == 422
    assert "Somebody else saved this while you were typing" in clash.text
    assert "Бекетов" in clash.text
    assert 'value="Ахметов"' in clash.text
    assert again(client).surname == "Бекетов"

    browser.post(f"/people/{client.id}/edit", data=mine | {"version": str(again(client).version)})
    assert again(client).surname == "Ахметов"


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999", "\x00"])
def test_a_made_up_version_is_a_clash_and_not_a_fault(browser, client, version):
    answer = browser.post(f"/people/{client.id}/edit", data=identity(client, version=version))

    assert answer.status_code == 422
    assert again(client).surname == "Сәрсенов"


def test_the_iin_of_somebody_else_is_refused(browser, client):
    make_case(
        make_user(office=make_office("B-1")), make_client(iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None)
    )

    answer = browser.post(f"/people/{client.id}/edit", data=identity(client))

    assert "already on the register of Office B-1" in answer.text
    assert again(client).iin is None


def test_a_birth_date_after_a_judgment_is_refused(browser, client):
    late = identity(client, born_on="1.5.2026", iin="", iin_unknown="never_issued")

    answer = browser.post(f"/people/{client.id}/edit", data=late)

    assert "is not later than this birth date" in answer.text


def test_an_iin_that_contradicts_is_a_check_and_never_a_source(browser, client):
    answer = browser.post(f"/people/{client.id}/edit", data=identity(client, iin=for_demonstration("91050135012")))

    assert "The IIN gives another birth date" in answer.text
    assert again(client).born_on == date(1990, 5, 1)


def test_a_new_address_ends_the_one_before(browser, client):
    browser.post(f"/people/{client.id}/addresses/new", data=ADDRESS)
    browser.post(f"/people/{client.id}/addresses/new", data=ADDRESS | {"text": "Сарыарқа 7", "lives_from": "1.3.2026"})

    rows = again(client).addresses
    assert [(row.text, row.to_on) for row in rows] == [("Абай 5", date(2026, 3, 1)), ("Сарыарқа 7", None)]


def test_an_address_from_before_the_last_one_is_refused(browser, client):
    browser.post(f"/people/{client.id}/addresses/new", data=ADDRESS)

    answer = browser.post(f"/people/{client.id}/addresses/new", data=ADDRESS | {"lives_from": "1.1.2026"})

    assert "This begins before the entry that it follows" in answer.text
    assert len(again(client).addresses) == 1


def test_new_circumstances_start_from_the_present_ones_and_follow_them(browser, client):
    told = {"education": "higher", "employment": "seeking", "family": "single", "dependants": "2", "from_on": "1.2.26"}
    browser.post(f"/people/{client.id}/circumstances/new", data=told)

    offered = browser.get(f"/people/{client.id}/circumstances/new").text
    browser.post(
        f"/people/{client.id}/circumstances/new", data=told | {"employment": "employed", "from_on": "1/3/2026"}
    )

    assert '<option selected value="higher">' in offered
    assert again(client).situation.employment == Employment.EMPLOYED
    assert again(client).circumstances[0].to_on == date(2026, 3, 1)


def test_a_representative_needs_name_relation_and_telephone(browser, client):
    refused = browser.post(f"/people/{client.id}/representatives/new", data={"from_on": "1.2.2026"})
    told = {
        "representative_name": "Сәрсенова Айжан", "relation": "mother", "representative_phone": "87011234568",
        "from_on": "1.2.2026",
    }  # fmt: skip
    browser.post(f"/people/{client.id}/representatives/new", data=told)

    assert refused.text.count("field-error") == 3
    assert again(client).representatives[0].phone == "+77011234568"


def test_documents_are_noted_changed_and_taken_back(browser, client):
    url = f"/people/{client.id}/documents"
    browser.post(url, data={"identity_card": "missing", "passport": "held"})
    browser.post(url, data=papers(client, browser, identity_card="being_restored", passport=""))

    assert [(row.kind.value, row.state) for row in again(client).documents] == [
        ("identity_card", DocumentState.BEING_RESTORED)
    ]
    assert "Choose one of the answers" in browser.post(url, data={"passport": "lent"}).text


@pytest.mark.parametrize(
    "page", ["record", "edit", "addresses/new", "circumstances/new", "representatives/new", "documents", "cases/new"]
)
def test_the_pages_of_a_record_open_within_reach_and_are_not_there_beyond_it(browser, sign_in, client, page):
    stranger = sign_in(make_user())

    assert browser.get(f"/people/{client.id}/{page}").status_code == 200
    assert stranger.get(f"/people/{client.id}/{page}").status_code == 404
    assert stranger.post(f"/people/{client.id}/{page}").status_code in {404, 405}


def test_the_head_sees_who_has_looked_and_the_officer_does_not(browser, sign_in, client, officer):
    browser.get(f"/people/{client.id}/record")
    browser.post(f"/people/{client.id}/documents", data={"passport": "held"})
    head = sign_in(make_user(Role.SUPERVISOR, full_name="Басшы Болат"))

    page = head.get(f"/people/{client.id}/readers").text

    assert officer.full_name in page
    assert "Probation officer" in page
    assert "Change a person&#39;s record" in page
    assert "Басшы Болат" in page
    assert browser.get(f"/people/{client.id}/readers").status_code == 403


def test_the_readers_are_shown_page_by_page(browser, sign_in, client):
    for _turn in range(55):
        browser.get(f"/people/{client.id}/record")
    head = sign_in(make_user(Role.SUPERVISOR))

    first = head.get(f"/people/{client.id}/readers").text
    older = first.split('rel="next" href="')[1].split('"')[0]

    assert head.get(older).status_code == 200
    assert first.count("<tr>") > head.get(older).text.count("<tr>")
    for nonsense in ("-1", "x", "0", "99999999999", "%FF"):
        assert head.get(f"/people/{client.id}/readers?before={nonsense}").status_code == 200


def test_another_person_keeps_one_iin_in_the_database_too(client):
    """Whatever the pages check, the database takes an IIN once."""
    make_client(iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None)

    with pytest.raises(Exception, match=r"(?i)unique"):
        make_client(iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None)
    db.session.rollback()
    assert len(db.session.scalars(select(Client).where(Client.iin_digest == digest_of_iin(IIN))).all()) == 1


def test_two_people_never_undo_each_others_notes_about_documents(browser, client, sign_in):
    other = sign_in(make_user(Role.SUPERVISOR, office=client.cases[0].assignment.office))
    address, first, second = f"/people/{client.id}/documents", papers(client, browser), papers(client, other)

    browser.post(address, data=first | {"passport": "held"})
    late = other.post(address, data=second | {"birth_certificate": "missing"})
    kept = {row.kind.value: row.state.value for row in again(client).documents}
    knowingly = other.post(
        address, data=hidden_fields(late.text) | {"passport": "held", "birth_certificate": "missing"}
    )

    assert late.status_code == 422
    assert "Somebody else saved this while you were typing" in late.text
    assert kept == {"passport": "held"}
    assert knowingly.status_code == 302
    assert {row.kind.value: row.state.value for row in again(client).documents} == {
        "passport": "held",
        "birth_certificate": "missing",
    }
