"""A case: its facts, its stages and bodies, its transfers, and its end."""

from datetime import date

import pytest
from sqlalchemy import select, text

from app.access.models import Role
from app.clients.cases import Case, Deregistration, Transfer
from app.clients.queries import transfers_waiting
from app.clients.vocabulary import Body, Ground, Stage
from app.clock import today
from app.db import db
from tests.clients import filling
from tests.factories.people import make_case, make_client, make_office, make_user


@pytest.fixture
def case(officer):
    return make_case(officer, make_client(surname="Сәрсенов"))


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def again(case):
    db.session.expire_all()
    return db.session.get(Case, case.id)


def end(**answers):
    return {"ground": "term_ended", "on": today().strftime("%d.%m.%Y"), "words": "", "is_sure": "y"} | answers


def test_the_page_of_a_case_tells_its_facts(browser, case):
    page = browser.get(f"/cases/{case.id}").text

    for words in (case.number, "Conditional sentence", "Суд № 1", "sentence probation", "probation service"):
        assert words in page


def test_facts_are_edited_with_the_same_checks(browser, case):
    facts = filling.case(court="Басқа сот", version=str(case.version))

    refused = browser.post(f"/cases/{case.id}/edit", data=facts | {"term_to": "1.1.2026"})
    browser.post(f"/cases/{case.id}/edit", data=facts | {"version": str(again(case).version)})

    assert "The term ends before it starts" in refused.text
    assert again(case).court == "Басқа сот"


def test_two_people_at_one_case_see_both_versions(browser, case):
    url, seen = f"/cases/{case.id}/edit", str(case.version)
    browser.post(url, data=filling.case(court="Бірінші сот", version=seen))

    clash = browser.post(url, data=filling.case(court="Екінші сот", version=seen))

    assert "Somebody else saved this while you were typing" in clash.text
    assert "Бірінші сот" in clash.text
    assert again(case).court == "Бірінші сот"


def test_a_stage_follows_the_one_before(browser, case):
    url = f"/cases/{case.id}/stages/new"
    same = browser.post(url, data={"stage": "sentence", "from_on": "1.6.2026"})
    early = browser.post(url, data={"stage": "penitentiary", "from_on": "5.1.2026"})
    moved = browser.post(url, data={"stage": "penitentiary", "from_on": "1.6.2026"})

    assert "The case is already at this stage." in same.text
    assert "Enter a later date." in early.text
    assert moved.status_code == 302
    assert again(case).stage_on(date(2026, 5, 31)) == Stage.SENTENCE
    assert again(case).stage_on(date(2026, 6, 1)) == Stage.PENITENTIARY


def test_another_body_supervises_from_a_day_on(browser, case):
    url = f"/cases/{case.id}/bodies/new"
    same = browser.post(url, data={"body": "probation", "from_on": "1.6.2026"})
    browser.post(url, data={"body": "police", "from_on": "1.6.2026"})

    assert "This body supervises the case already." in same.text
    assert again(case).body_on(date(2026, 6, 1)) == Body.POLICE


@pytest.mark.parametrize("page", ["", "/edit", "/stages/new", "/bodies/new", "/transfer", "/deregistration"])
def test_the_pages_of_a_case_are_there_within_reach_only(browser, sign_in, case, page):
    assert browser.get(f"/cases/{case.id}{page}").status_code == 200
    assert sign_in(make_user()).get(f"/cases/{case.id}{page}").status_code == 404
    assert sign_in(make_user(Role.VOLUNTEER)).get(f"/cases/{case.id}{page}").status_code == 403


# Transfers


def offer(browser, case, office, **answers):
    return browser.post(f"/cases/{case.id}/transfer?office={office.id}", data=filling.transfer(**answers))


def waiting():
    return db.session.scalars(select(Transfer)).one()


def test_reach_follows_the_acceptance_of_a_transfer(browser, sign_in, case):
    there = make_office("B-1")
    receiver = make_user(office=there)
    receiving = sign_in(receiver)
    person = f"/people/{case.client_id}/record"
    offer(browser, case, there, officer_id=receiver.id)

    assert (browser.get(person).status_code, receiving.get(person).status_code) == (200, 404)
    receiving.post(f"/transfers/{waiting().id}", data={"decision": "accept"})
    assert (browser.get(person).status_code, receiving.get(person).status_code) == (404, 200)
    first, second = again(case).assignments
    assert first.to_at == second.from_at
    assert (second.officer_id, second.office_id) == (receiver.id, there.id)


def test_before_accepting_the_receiver_sees_no_more_than_is_needed(browser, sign_in, case):
    there = make_office("B-1")
    receiver = make_user(office=there)
    offer(browser, case, there, officer_id=receiver.id)

    page = sign_in(receiver).get(f"/transfers/{waiting().id}").text

    for words in (case.client.full_name, case.number, "Conditional sentence", "sentence probation", "Көшіп кетті"):
        assert words in page
    for words in ("1990", case.court, f"/people/{case.client_id}"):
        assert words not in page


def test_the_head_accepts_for_the_office_and_names_an_officer(browser, sign_in, case):
    there = make_office("B-1")
    receiver, stranger = make_user(office=there), make_user()
    head = sign_in(make_user(Role.SUPERVISOR, office=there))
    offer(browser, case, there)
    url = f"/transfers/{waiting().id}"

    nobody = head.post(url, data={"decision": "accept"})
    foreign = head.post(url, data={"decision": "accept", "officer_id": stranger.id})
    head.post(url, data={"decision": "accept", "officer_id": receiver.id})

    assert "Choose the officer who will answer for the case." in nobody.text
    assert "Choose one of the answers in the list." in foreign.text
    assert again(case).assignment.officer_id == receiver.id


def test_a_declined_transfer_needs_words_and_leaves_the_case_where_it_is(browser, sign_in, case, officer):
    there = make_office("B-1")
    head = sign_in(make_user(Role.SUPERVISOR, office=there))
    offer(browser, case, there)
    url = f"/transfers/{waiting().id}"

    silent = head.post(url, data={"decision": "decline"})
    head.post(url, data={"decision": "decline", "words": "Бізде тұрмайды"})

    assert "Write why you decline." in silent.text
    assert again(case).assignment.officer_id == officer.id
    assert "Бізде тұрмайды" in browser.get(f"/cases/{case.id}").text
    assert case.client.full_name not in head.get(url).text


def test_an_answered_transfer_is_not_answered_again(browser, sign_in, case):
    there = make_office("B-1")
    head = sign_in(make_user(Role.SUPERVISOR, office=there))
    offer(browser, case, there)
    url = f"/transfers/{waiting().id}"
    head.post(url, data={"decision": "decline", "words": "жоқ"})

    answer = head.post(url, data={"decision": "decline", "words": "жоқ"})

    assert "This transfer has been answered already." in answer.text


def test_one_transfer_waits_at_a_time(browser, case):
    there = make_office("B-1")
    offer(browser, case, there)

    second = offer(browser, case, there)

    assert "A transfer of this case is waiting for an answer already." in second.text
    assert len(db.session.scalars(select(Transfer)).all()) == 1


def test_nobody_accepts_an_own_offer(sign_in, case):
    head = make_user(Role.SUPERVISOR)
    colleague = make_user()
    browser = sign_in(head)
    offer(browser, case, make_office(), officer_id=colleague.id)
    url = f"/transfers/{waiting().id}"

    page = browser.get(url)
    answer = browser.post(url, data={"decision": "accept", "officer_id": colleague.id})

    assert "You offered this transfer yourself" in page.text
    assert "You offered this transfer yourself" in answer.text
    assert waiting().answer is None
    assert transfers_waiting(head) == []
    assert transfers_waiting(colleague) == [waiting()]


def test_an_offer_to_an_officer_of_another_office_than_chosen_is_refused(browser, case):
    stranger = make_user(office=make_office("C-1"))

    answer = offer(browser, case, make_office("B-1"), officer_id=stranger.id)

    assert "Choose one of the answers in the list." in answer.text
    assert not db.session.scalars(select(Transfer)).all()


def test_an_offer_needs_a_reason_and_a_place_to_go(browser, case):
    assert "Write why the case is to be transferred." in offer(browser, case, make_office("B-1"), reason=" ").text
    for office in ("-1", "x", "0", "999999"):
        assert browser.get(f"/cases/{case.id}/transfer?office={office}").status_code == 200


def test_the_offering_side_takes_an_offer_back(browser, sign_in, case):
    there = make_office("B-1")
    head = sign_in(make_user(Role.SUPERVISOR, office=there))
    offer(browser, case, there)
    url = f"/transfers/{waiting().id}"

    back = f"/cases/{case.id}/transfer/withdrawal"

    assert head.post(back).status_code == 404
    assert browser.post(back).status_code == 302
    assert "answered already" in head.post(url, data={"decision": "accept"}).text
    assert "answered already" in browser.post(back, follow_redirects=True).text
    assert "taken back" in browser.get(f"/cases/{case.id}").text


def test_an_office_without_a_named_officer_has_its_case_until_the_head_names_one(browser, case, officer):
    offer(browser, case, make_office())

    assert transfers_waiting(officer) == []
    assert transfers_waiting(make_user(Role.SUPERVISOR)) == [waiting()]


# The end


def test_a_case_leaves_the_register_for_good(browser, case, officer):
    answer = browser.post(f"/cases/{case.id}/deregistration", data=end(words="Қаулы № 5"))

    page = browser.get(f"/cases/{case.id}").text
    assert answer.status_code == 302
    assert (again(case).deregistration.ground, again(case).deregistration.by_id) == (Ground.TERM_ENDED, officer.id)
    assert "the term has ended" in page
    assert "Қаулы № 5" in page


def test_taking_off_the_register_asks_for_confirmation_and_a_possible_day(browser, case):
    url = f"/cases/{case.id}/deregistration"

    assert "Tick the box to confirm." in browser.post(url, data=end(is_sure="")).text
    assert "before it entered it" in browser.post(url, data=end(on="1.1.2026")).text
    assert "in the future" in browser.post(url, data=end(on="1.1.2036")).text
    assert "Choose one of the answers" in browser.post(url, data=end(ground="boredom")).text
    assert again(case).is_open


def test_a_waiting_transfer_is_settled_before_the_end(browser, case):
    offer(browser, case, make_office("B-1"))

    answer = browser.post(f"/cases/{case.id}/deregistration", data=end())

    assert "Settle it first." in answer.text


@pytest.mark.parametrize("page", ["edit", "stages/new", "bodies/new", "transfer", "deregistration"])
def test_a_closed_case_refuses_every_act_with_a_sentence(browser, case, page):
    browser.post(f"/cases/{case.id}/deregistration", data=end())

    seen = browser.get(f"/cases/{case.id}/{page}", follow_redirects=True)
    acted = browser.post(f"/cases/{case.id}/{page}", data=end() | filling.transfer(), follow_redirects=True)

    for answer in (seen, acted):
        assert "This case is off the register. It can be read, but not changed." in answer.text


@pytest.mark.parametrize(
    "statement", ["UPDATE case_deregistrations SET words = 'x'", "DELETE FROM case_deregistrations"]
)
def test_the_database_keeps_a_deregistration_as_it_was_written(browser, case, statement):
    browser.post(f"/cases/{case.id}/deregistration", data=end())

    with pytest.raises(Exception, match="what was written stays as it is"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert len(db.session.scalars(select(Deregistration)).all()) == 1
