"""Putting a person on the register: once, with the first case, and never twice."""

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError, Thread
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, select

from app.access.models import Role
from app.audit.models import Entry, Kind
from app.clients.cases import Case
from app.clients.iin import for_demonstration
from app.clients.models import Client, ClientName, digest_of_iin
from app.clients.vocabulary import Body, Registration, Stage
from app.db import db
from tests.clients.filling import IIN, registration
from tests.factories.people import make_case, make_client, make_office, make_region, make_user


@pytest.fixture(autouse=True)
def region(app):
    make_region()


BORN = date(1990, 5, 1)


def people():
    return db.session.scalars(select(Client)).all()


def test_an_officer_registers_a_person_and_the_case_at_once(officer, sign_in):
    answer = sign_in(officer).post("/people/new", data=registration())

    person = people()[0]
    assert answer.status_code == 302
    assert answer.location == f"/people/{person.id}"
    assert (person.full_name, person.iin, person.phone) == ("Сәрсенов Дәулет Қайратұлы", IIN, "+77011234567")
    assert (person.address.registration, person.situation.dependants) == (Registration.PERMANENT, 0)
    case = person.cases[0]
    assert case.number == f"2026-{case.id:06}"
    assert (case.stages[0].stage, case.bodies[0].body) == (Stage.SENTENCE, Body.PROBATION)
    assert (case.assignment.officer_id, case.assignment.office_id) == (officer.id, officer.office_id)


def test_the_journal_names_the_new_person(officer, sign_in):
    sign_in(officer).post("/people/new", data=registration())

    line = db.session.scalars(select(Entry).where(Entry.kind == Kind.ACT)).one()
    assert (line.actor_id, line.client_id, line.permission) == (officer.id, people()[0].id, "register_client")


def test_the_head_chooses_an_officer_of_the_own_office(officer, sign_in):
    head = make_user(Role.SUPERVISOR)

    sign_in(head).post("/people/new", data=registration(officer_id=officer.id))

    assert people()[0].cases[0].assignment.officer_id == officer.id


def test_the_head_must_choose_an_officer(sign_in):
    answer = sign_in(make_user(Role.SUPERVISOR)).post("/people/new", data=registration())

    assert "Choose an officer of your office." in answer.text
    assert not people()


def test_an_officer_of_another_office_is_refused(sign_in):
    stranger = make_user(office=make_office("B-1"))

    answer = sign_in(make_user(Role.SUPERVISOR)).post("/people/new", data=registration(officer_id=stranger.id))

    assert answer.status_code == 422
    assert "Choose one of the answers in the list." in answer.text
    assert not people()


def test_an_unknown_iin_needs_a_reason(officer, sign_in):
    browser = sign_in(officer)

    refused = browser.post("/people/new", data=registration(iin=""))
    taken = browser.post("/people/new", data=registration(iin="", iin_unknown="documents_lost"))

    assert "Enter the IIN, or say why it is unknown." in refused.text
    assert taken.status_code == 302


BAD_INPUT = [
    ({"surname": ""}, "Enter the surname"),
    ({"surname": "   "}, "Enter the surname"),
    ({"surname": "Ә" * 10_000}, "This name is too long"),
    ({"surname": "<script>"}, "A name has only letters"),
    ({"surname": "Иванов2"}, "A name has no digits"),
    ({"given_name": "王"}, "Cyrillic or Latin letters"),
    ({"born_on": "31.2.1990"}, "There is no such date"),
    ({"born_on": "1.1.1850"}, "There is no such date"),
    ({"born_on": "1.1.2090"}, "This date is in the future"),
    ({"born_on": ""}, "Enter the birth date"),
    ({"born_on": "1.7.2026"}, "The judgment is not later than the birth date"),
    ({"iin": "123"}, "exactly 12 digits"),
    ({"iin": IIN[:-1] + str((int(IIN[-1]) + 5) % 10)}, "last digit does not fit"),
    ({"iin_unknown": "documents_lost"}, "not both"),
    ({"born_on": "2.5.1990"}, "The IIN gives another birth date"),
    ({"sex": "female"}, "The IIN gives another sex"),
    ({"sex": "other"}, "Choose one of the answers in the list"),
    ({"phone": "12"}, "This is not a telephone number"),
    ({"region_code": "000000000"}, "Choose one of the answers in the list"),
    ({"lives_from": "1.1.1980"}, "earlier than the birth date"),
    ({"dependants": "-1"}, "Write a number from 0"),
    ({"dependants": "many"}, "Write a whole number"),
    ({"legal_basis": "banishment"}, "Choose one of the answers in the list"),
    ({"stage": "pre_trial"}, "On this legal basis a case stands at"),
    ({"erdr": "12"}, "exactly 15 digits"),
    ({"term_from": "1.5.1990"}, "The term does not begin later than the birth date"),
    ({"judged_on": "16.6.2026"}, "The judgment is later than the registration"),
    ({"judged_on": "1.6.2031"}, "This date is in the future"),
    ({"registered_on": "1.6.2031"}, "This date is in the future"),
    ({"term_to": "9.6.2026"}, "The term ends before it starts"),
    ({"term_from": "soon"}, "There is no such date"),
    ({"articles": "x" * 10_000}, "This is too long"),
    ({"representative_name": "Сәрсенова Айжан"}, "Enter who the representative is"),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "sentence"), BAD_INPUT)
def test_bad_input_is_a_sentence_and_the_typed_text_stays(officer, sign_in, answers, sentence):
    answer = sign_in(officer).post("/people/new", data=registration(**answers))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Алматы ауданының соты" in answer.text
    assert not people()


def test_an_empty_form_is_refused_field_by_field(officer, sign_in):
    answer = sign_in(officer).post("/people/new", data={})

    assert answer.status_code == 422
    assert answer.text.count("field-error") > 10


def test_a_minor_needs_a_representative(officer, sign_in):
    minor = {"born_on": "1.5.2010", "iin": for_demonstration("10050155012")}
    named = {"representative_name": "Сәрсенова Айжан", "relation": "mother", "representative_phone": "87011234568"}
    browser = sign_in(officer)

    refused = browser.post("/people/new", data=registration(**minor))
    taken = browser.post("/people/new", data=registration(**minor, **named))

    assert "A person under 18 needs a representative" in refused.text
    assert taken.status_code == 302
    assert people()[0].representatives[0].full_name == "Сәрсенова Айжан"


def test_a_second_person_with_the_same_iin_is_refused_with_the_office(officer, sign_in):
    other = make_user(office=make_office("B-1"))
    make_case(other, make_client(iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None))

    answer = sign_in(officer).post("/people/new", data=registration())

    assert "A person with this IIN is already on the register of Office B-1. Ask for a transfer." in answer.text
    assert "Нұрғалиев" not in answer.text
    assert len(people()) == 1


def test_within_reach_the_same_iin_leads_to_the_person(officer, sign_in):
    known = make_case(officer, make_client(iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None)).client

    answer = sign_in(officer).post("/people/new", data=registration())

    assert f'href="/people/{known.id}"' in answer.text


def test_of_two_who_register_one_iin_at_once_the_second_gets_the_same_sentence(app, officer, sign_in):
    """Both look the IIN up before either saves; where the engine allows that, the database refuses the second."""
    browsers, meeting = [sign_in(officer), sign_in(officer)], Barrier(2)
    answers = []

    def wait_for_twin(_mapper, _connection, _target):
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=1)

    def send(browser):
        with app.app_context():
            answers.append(browser.post("/people/new", data=registration()))

    event.listen(Client, "before_insert", wait_for_twin)
    threads = [Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    event.remove(Client, "before_insert", wait_for_twin)

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    refused = max(answers, key=lambda answer: answer.status_code)
    assert "A person with this IIN is already on the register of Office A-1" in refused.text
    assert len(people()) == 1


def test_letters_broken_on_the_way_are_a_sentence(officer, sign_in):
    body = urlencode(registration()).replace("surname=", "surname=%ED%A0%80%FF", 1)

    answer = sign_in(officer).post("/people/new", data=body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422
    assert "A name has only letters" in answer.text


def test_likely_duplicates_are_shown_before_saving(officer, sign_in):
    mine = make_case(officer, make_client(surname="Sarsenov", given_name="Daulet", born_on=BORN)).client
    theirs = make_user(office=make_office("B-1"))
    make_case(theirs, make_client(surname="Сарсенов", given_name="Даулет", patronymic="Ким", born_on=BORN))
    browser = sign_in(officer)

    shown = browser.post("/people/new", data=registration())

    assert shown.status_code == 422
    assert "may be on the register already" in shown.text
    assert "Somebody with these details is in Office B-1" in shown.text
    assert "This is somebody else, register" in shown.text
    assert "Алматы ауданының соты" in shown.text
    assert len(people()) == 2
    assert f'href="/people/{mine.id}"' in shown.text


def test_somebody_else_of_the_same_name_is_registered_after_a_look(officer, sign_in):
    make_case(officer, make_client(surname="Сарсенов", given_name="Даулет", born_on=BORN))
    browser = sign_in(officer)
    shown = browser.post("/people/new", data=registration())
    confirmed = shown.text.split('name="confirmed" value="')[1].split('"')[0]

    other_name = browser.post("/people/new", data=registration(confirmed="made up"))
    taken = browser.post("/people/new", data=registration(confirmed=confirmed))

    assert other_name.status_code == 422
    assert taken.status_code == 302
    assert len(people()) == 2


def test_the_button_pressed_twice_makes_one_person(officer, sign_in):
    browser = sign_in(officer)

    first = browser.post("/people/new", data=registration(receipt="one-form"))
    second = browser.post("/people/new", data=registration(receipt="one-form"))

    assert first.location == second.location
    assert len(people()) == 1


def test_a_refused_form_may_be_sent_again(officer, sign_in):
    browser = sign_in(officer)

    browser.post("/people/new", data=registration(receipt="one-form", surname=""))
    browser.post("/people/new", data=registration(receipt="one-form"))

    assert len(people()) == 1


def test_a_file_is_refused(officer, sign_in):
    answer = sign_in(officer).post(
        "/people/new", data=registration() | {"photo": (b"", "photo.png")}, content_type="multipart/form-data"
    )

    assert answer.status_code in {400, 415}
    assert not people()


def test_what_is_private_is_unreadable_at_rest(officer, sign_in):
    sign_in(officer).post("/people/new", data=registration())

    kept = ""
    for table in ("clients", "client_addresses", "journal", "receipts"):
        kept += str(db.session.connection().exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608
    assert "Сәрсенов" in kept
    for secret in (IIN, "7011234567", "Абай"):
        assert secret not in kept


def test_names_are_kept_folded_for_the_search(officer, sign_in):
    sign_in(officer).post("/people/new", data=registration())

    assert db.session.scalars(select(ClientName.folded)).one() == "sarsenov daulet kairatuli"


def test_a_further_case_gets_its_own_number(officer, sign_in):
    first = make_case(officer)

    answer = sign_in(officer).post(f"/people/{first.client_id}/cases/new", data=registration())

    numbers = db.session.scalars(select(Case.number)).all()
    assert answer.status_code == 302
    assert len(set(numbers)) == 2


def test_every_role_but_officer_and_head_is_refused(sign_in):
    for role in (Role.VOLUNTEER, Role.MENTOR, Role.ANALYST, Role.ADMINISTRATOR):
        assert sign_in(make_user(role)).get("/people/new").status_code == 403
