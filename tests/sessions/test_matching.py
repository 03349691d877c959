"""An officer matches a person with a volunteer or mentor, and takes the match back."""

import re

import pytest
from sqlalchemy import select

from app.access.models import Role
from app.audit.models import Entry, Kind
from app.clients.models import Representative
from app.clock import today
from app.db import db
from app.sessions.models import Helper, Match
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.sessions import days_ago, make_goals, make_helper, make_match


@pytest.fixture
def case(officer):
    return make_case(officer)


@pytest.fixture
def browser(officer, sign_in):
    return sign_in(officer)


def answers(helper, **changed):
    given = {
        "helper_id": helper.id, "starts_on": str(today()), "given_on": str(today()), "until_on": str(days_ago(-200)),
    }  # fmt: skip
    return {name: value for name, value in (given | changed).items() if value is not None}


def matches():
    return list(db.session.scalars(select(Match)))


def test_an_officer_matches_a_person_with_a_mentor(browser, case):
    mentor = make_helper()
    threads = make_goals(case, "Find work", "Finish school")

    page = browser.post(f"/cases/{case.id}/matches/new", data=answers(mentor, goals=[threads[0]], names_phone="y"))

    (match,) = matches()
    assert page.location.endswith(f"/matches/{match.id}")
    assert match.threads == {threads[0]}
    assert match.program_id is not None
    consent = match.consent_on(today())
    assert (consent.names_phone, consent.names_address) == (True, False)
    assert match.is_open_on(today())
    entry = db.session.scalar(select(Entry).where(Entry.kind == Kind.ACT, Entry.subject == "match"))
    assert (entry.subject_id, entry.client_id) == (match.id, case.client_id)
    shown = browser.get(page.location).text
    assert "Find work" in shown
    assert "Finish school" not in shown


def test_the_form_opens_with_a_consent_of_a_year(browser, case):
    make_helper()
    page = browser.get(f"/cases/{case.id}/matches/new")
    assert page.status_code == 200
    assert f'value="{today():%d.%m}.{today().year + 1}"' in page.text or today().day == 29


def test_somebody_of_seventeen_cannot_be_chosen_and_the_page_says_why(browser, case):
    young = make_helper(Role.VOLUNTEER, born_on=days_ago(17 * 365), full_name="Жас Көмекші")
    make_helper()

    page = browser.post(f"/cases/{case.id}/matches/new", data=answers(young))

    assert "Choose one of the answers in the list." in page.text
    assert "Under 18. The law on volunteering" in page.text
    assert matches() == []


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"undertaking_on": None}, "The undertaking of confidentiality is not signed yet."),
        ({"born_on": None}, "The birth date and the undertaking of confidentiality are not recorded yet."),
    ],
)
def test_nobody_is_matched_without_an_undertaking(browser, case, known, reason):
    helper = make_helper(**known)

    page = browser.post(f"/cases/{case.id}/matches/new", data=answers(helper))

    assert reason in page.text
    assert matches() == []


@pytest.mark.parametrize("foreign", ["elsewhere", "officer", "nobody", "nonsense", "9" * 30])
def test_only_a_helper_of_the_own_office_can_be_chosen(browser, case, foreign):
    make_helper()
    known = {
        "elsewhere": lambda: make_helper(office=make_office("B-2")).id,
        "officer": lambda: make_user().id,
        "nobody": lambda: 99999,
    }
    value = known.get(foreign, lambda: foreign)()

    page = browser.post(f"/cases/{case.id}/matches/new", data=answers(make_helper(), helper_id=value))

    assert page.status_code == 200
    assert "Choose one of the answers in the list." in page.text or "Choose who is to help." in page.text
    assert matches() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given_on": None}, "consent. Enter the day on which it was given."),
        ({"until_on": ""}, "Enter the day from which the consent no longer stands."),
        ({"given_on": str(days_ago(-1))}, "Consent cannot be given in the future."),
        ({"given_on": "31.02.2026"}, "There is no such date."),
        ({"given_on": str(days_ago(400))}, "A consent stands for a year at most"),
        ({"until_on": str(days_ago(-400))}, "A consent stands for a year at most"),
        ({"until_on": str(today())}, "This consent would already have ended."),
        ({"starts_on": str(days_ago(5))}, "Help cannot begin before the person was registered and gave consent."),
        ({"starts_on": str(days_ago(-201))}, "Help cannot begin after the consent has ended."),
        ({"goals": ["not-of-this-case"]}, ""),
    ],
)
def test_a_match_without_a_sound_consent_is_refused_and_what_was_typed_stays(browser, case, changed, sentence):
    make_goals(case, "Find work")
    page = browser.post(f"/cases/{case.id}/matches/new", data=answers(make_helper(), names_phone="y", **changed))

    assert page.status_code == 200
    assert sentence in page.text
    assert re.search(r'<input checked [^>]*id="names_phone"', page.text)
    assert matches() == []


def test_a_minors_representative_consents(browser, officer):
    client = make_client(born_on=days_ago(16 * 365))
    db.session.add(
        Representative(client_id=client.id, full_name="Анасы Гүлнар", relation="mother", from_on=days_ago(100))
    )
    db.session.commit()
    case = make_case(officer, client)
    mentor = make_helper()
    address = f"/cases/{case.id}/matches/new"

    assert "Анасы Гүлнар" in browser.get(address).text
    refused = browser.post(address, data=answers(mentor, representative=""))
    assert "The person is under 18. Enter who consented as their legal representative." in refused.text
    browser.post(address, data=answers(mentor, representative="Анасы Гүлнар"))

    (match,) = matches()
    assert match.consents[0].representative == "Анасы Гүлнар"


def test_nobody_helps_twice_in_one_case_at_a_time(browser, case):
    mentor = make_helper()
    browser.post(f"/cases/{case.id}/matches/new", data=answers(mentor))

    page = browser.post(f"/cases/{case.id}/matches/new", data=answers(mentor))

    assert "already helps the person in this case" in page.text
    assert len(matches()) == 1


def test_a_double_submit_makes_one_match(browser, case):
    data = answers(make_helper(), receipt="one-and-the-same")

    first = browser.post(f"/cases/{case.id}/matches/new", data=data)
    second = browser.post(f"/cases/{case.id}/matches/new", data=data)

    assert len(matches()) == 1
    assert second.location == first.location


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.MENTOR, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_the_service_matches(case, sign_in, role):
    assert sign_in(make_user(role)).get(f"/cases/{case.id}/matches/new").status_code == 403


def test_another_officers_case_is_not_found(case, sign_in):
    match = make_match(case)
    other = sign_in(make_user())

    for address in (f"/cases/{case.id}/matches/new", f"/matches/{match.id}", f"/people/{case.client_id}/sessions"):
        assert other.get(address).status_code == 404
    for act in ("consents/new", "withdrawal", "ending", "goals"):
        assert other.post(f"/matches/{match.id}/{act}", data={"words": "no"}).status_code == 404


def test_a_withdrawn_consent_is_kept_with_the_persons_words(browser, case):
    match = make_match(case)

    browser.post(f"/matches/{match.id}/withdrawal", data={"words": "I would rather be alone"})

    match = db.session.get(Match, match.id)
    assert not match.is_open_on(today())
    assert "I would rather be alone" in browser.get(f"/matches/{match.id}").text
    assert "nothing to withdraw" in browser.post(f"/matches/{match.id}/withdrawal", data={}).text


def test_a_withdrawn_consent_can_be_given_anew(browser, case):
    match = make_match(case)
    browser.post(f"/matches/{match.id}/withdrawal", data={})

    browser.post(
        f"/matches/{match.id}/consents/new",
        data={"given_on": str(today()), "until_on": str(days_ago(-30)), "names_address": "y"},
    )

    match = db.session.get(Match, match.id)
    assert match.is_open_on(today())
    assert match.consent_on(today()).names_address


def test_a_narrower_consent_takes_the_place_of_a_longer_one(browser, case):
    match = make_match(case, names_phone=True)

    browser.post(f"/matches/{match.id}/consents/new", data={"given_on": str(today()), "until_on": str(days_ago(-10))})

    match = db.session.get(Match, match.id)
    assert not match.consent_on(today()).names_phone
    assert match.consent_on(days_ago(-11)) is None


def test_help_ends_with_words_and_only_once(browser, case):
    match = make_match(case)
    address = f"/matches/{match.id}/ending"

    assert "Write in a few words how the help ended." in browser.post(address, data={"on": str(today())}).text
    assert (
        "Help cannot end before it began."
        in browser.post(address, data={"on": str(days_ago(60)), "words": "Moved away"}).text
    )
    browser.post(address, data={"on": str(today()), "words": "Moved away"})

    assert "Moved away" in browser.get(f"/matches/{match.id}").text
    assert "This help has already ended." in browser.post(address, data={"on": str(today()), "words": "Again"}).text


def test_goals_can_be_chosen_later(browser, case):
    match = make_match(case)
    threads = make_goals(case, "Find work", "Finish school")

    assert "Find work" in browser.get(f"/matches/{match.id}/goals").text
    browser.post(f"/matches/{match.id}/goals", data={"goals": [threads[1]]})

    assert db.session.get(Match, match.id).threads == {threads[1]}


def test_an_officer_records_what_admission_needs(browser):
    volunteer = make_helper(Role.VOLUNTEER, born_on=None, full_name="Әли Қанат")
    assert "not recorded yet" in browser.get("/helpers").text

    browser.post(f"/helpers/{volunteer.id}", data={"born_on": "1.2.90", "undertaking_on": "05/01/2026"})

    assert str(db.session.get(Helper, volunteer.id).born_on) == "1990-02-01"
    assert "not recorded yet" not in browser.get("/helpers").text


def test_a_volunteer_of_seventeen_is_refused_with_the_law(browser):
    volunteer = make_helper(Role.VOLUNTEER, born_on=None)

    page = browser.post(f"/helpers/{volunteer.id}", data={"born_on": str(days_ago(17 * 365)), "organisation": "Үміт"})

    assert "Under 18. The law on volunteering (No. 42-VI, article 12)" in page.text
    assert 'value="Үміт"' in page.text
    assert db.session.get(Helper, volunteer.id) is None


def test_helpers_are_found_in_any_spelling_and_only_in_the_own_office(browser):
    make_helper(full_name="Қанат Әли")
    make_helper(full_name="Төлеген Нұр")
    elsewhere = make_helper(full_name="Канат Бөтен", office=make_office("B-2"))

    page = browser.get("/helpers?q=канат").text

    assert "Қанат Әли" in page
    assert "Төлеген" not in page
    assert "Бөтен" not in page
    assert browser.get(f"/helpers/{elsewhere.id}").status_code == 404
    assert browser.post(f"/helpers/{elsewhere.id}", data={"born_on": "1.2.90"}).status_code == 404


def test_an_officer_is_no_helper(browser, officer):
    assert browser.get(f"/helpers/{officer.id}").status_code == 404
