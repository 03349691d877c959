"""Finding people: any spelling, any part of a name, by IIN, by case number; in ranked order and never beyond reach."""

from datetime import date

import pytest
from sqlalchemy import event

from app.access.models import Role
from app.clients.models import digest_of_iin
from app.clients.search import AT_ONCE, People
from app.clients.vocabulary import Ground, Stage
from app.clock import now, today
from app.db import db
from tests.clients.filling import IIN
from tests.factories.people import make_case, make_client, make_office, make_user


def person(officer, surname, given_name="Ерлан", patronymic=None, **facts):
    client = make_client(
        surname=surname, given_name=given_name, patronymic=patronymic, registered_by_id=officer.id, **facts
    )
    return make_case(officer, client).client


def names(actor, words=""):
    return [client.full_name for client in People(actor, today(), words).page().people]


SPELLINGS = [
    ("Қасымов Әділ", ["касымов", "Kassymov", "қасымов", "асымо", "Адил", "әділ", "Касымов Адиль", "kasimov", "ҚАС"]),
    ("Ғаниев Өтеген", ["ганиев", "ганиев отеген", "Ganiyev", "өтеген", "отег"]),
    ("Ұлықбеков Үміт", ["улыкбеков", "Ulykbekov", "умит", "үміт"]),
    ("Іңкәрбаев Һамит", ["инкарбаев", "Inkarbayev", "хамит", "Hamit", "Khamit"]),
    ("Щербаков Юрий", ["shcherbakov", "Scherbakov", "щербак", "Yuriy", "юри"]),
    ("Жұмабаева Анна-Мария", ["жумабаева", "Zhumabayeva", "Jumabaeva", "анна-мария", "мария"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), SPELLINGS)
def test_each_spelling_finds_the_person(officer, name, typed):
    person(officer, *name.split())
    person(officer, "Петренко", "Олег")

    for words in typed:
        assert names(officer, words) == [name], words


def test_a_whole_word_comes_before_a_start_and_a_start_before_a_part(officer):
    for surname in ("Тоалин", "Алимов", "Али"):
        person(officer, surname, "Б")

    assert names(officer, "али") == ["Али Б", "Алимов Б", "Тоалин Б"]


def test_two_letters_are_found_anywhere_and_one_at_the_start_of_a_word(officer):
    for surname in ("Ким", "Аким", "Ли"):
        person(officer, surname, "Б")

    assert names(officer, "им") == ["Аким Б", "Ким Б"]
    assert names(officer, "ки") == ["Ким Б", "Аким Б"]
    assert names(officer, "л") == ["Ли Б"]


def test_a_former_name_finds_the_person_and_is_shown(officer, sign_in):
    client = person(officer, "Иванова", "Анна")
    client.call("Серикова", "Анна", None)
    db.session.commit()

    page = sign_in(officer).get("/people?q=ivanova")

    assert "Серикова Анна" in page.text
    assert "formerly Иванова Анна" in page.text


def test_a_slip_of_the_finger_still_finds_and_says_so(officer, sign_in):
    person(officer, "Нұрғалиев", "Ерлан")
    person(officer, "Петренко", "Олег")

    page = sign_in(officer).get("/people?q=нургалоев")

    assert "These names are much like it" in page.text
    assert "Нұрғалиев Ерлан" in page.text
    assert "Петренко" not in page.text


def test_twelve_digits_are_an_iin(officer):
    person(officer, "Сәрсенов", iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None)
    person(officer, "Петренко")

    assert names(officer, f"{IIN[:6]} {IIN[6:]}") == ["Сәрсенов Ерлан"]
    assert names(officer, IIN[::-1]) == []


def test_a_part_of_a_case_number_finds_its_person(officer):
    case = make_case(officer)
    person(officer, "Петренко")

    assert names(officer, case.number.lower()) == [case.client.full_name]
    assert names(officer, case.number[-6:])[0] == case.client.full_name


def test_an_officer_finds_nobody_of_a_colleague_and_the_head_finds_both(officer):
    person(officer, "Ахметов")
    case = make_case(
        make_user(), make_client(surname="Ахметова", iin=IIN, iin_digest=digest_of_iin(IIN), iin_unknown=None)
    )
    make_case(make_user(office=make_office("B-1")), make_client(surname="Ахметбеков"))

    assert names(officer, "ахмет") == ["Ахметов Ерлан"]
    assert names(officer, IIN) == names(officer, case.number) == []
    assert names(make_user(Role.SUPERVISOR), "ахмет") == ["Ахметов Ерлан", "Ахметова Ерлан"]


def test_without_words_the_list_is_the_caseload_in_kazakh_order(officer):
    for surname in ("Яхин", "Ұлықбеков", "Уәлиев", "Әлімов", "Ким", "Қасымов", "Абаев", "Ғани", "Гани"):
        person(officer, surname, "Б")

    surnames = [name.split()[0] for name in names(officer)]
    assert surnames == ["Абаев", "Әлімов", "Гани", "Ғани", "Ким", "Қасымов", "Уәлиев", "Ұлықбеков", "Яхин"]


def test_filters_narrow_the_list(sign_in, officer):
    make_case(officer, make_client(surname="Абаев"), stage=Stage.PRE_TRIAL, legal_basis="pre_trial")
    make_case(officer, make_client(surname="Бабаев"))
    gone = make_case(officer, make_client(surname="Вагин"))
    gone.deregister(Ground.DEATH, today(), by=officer, words=None, at=now())
    db.session.commit()
    other = make_case(make_user(), make_client(surname="Гагин"))
    head = sign_in(make_user(Role.SUPERVISOR))

    def found(query):
        page = head.get(f"/people?{query}").text
        return [name for name in ("Абаев", "Бабаев", "Вагин", "Гагин") if name in page]

    assert found("") == ["Абаев", "Бабаев", "Гагин"]
    assert found("stage=pre_trial") == ["Абаев"]
    assert found("legal_basis=conditional_sentence") == ["Бабаев", "Гагин"]
    assert found(f"officer_id={other.assignment.officer_id}") == ["Гагин"]
    assert found("register=off") == ["Вагин"]
    assert found("q=вагин") == ["Вагин"]
    assert "Вагин" not in found("q=вагин&register=on")
    assert found("register=both") == ["Абаев", "Бабаев", "Вагин", "Гагин"]
    assert found("stage=nonsense&legal_basis=nonsense&officer_id=-1&register=%FF") == ["Абаев", "Бабаев", "Гагин"]


NONSENSE = [
    "q=%FF%FE", "q=%00", "q=" + "a" * 10_000, "q=%25", "q=%22+OR+1", "q=*", "q=NEAR(", "q=王", "q=%D9%A1" * 12,
    "after=-1", "after=x", "after=99999999999", "before=0", "after=7&before=9", "page=-1", "after=%FF", "q=1'--",
]  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_is_an_ordinary_page(officer, sign_in, query):
    person(officer, "Ахметов")

    assert sign_in(officer).get(f"/people?{query}").status_code == 200


def test_pages_follow_one_another_and_lead_back(officer):
    for number in range(2 * AT_ONCE + 3):
        person(officer, f"Абаев{'а' * number}")
    people = People(officer, date(2026, 11, 20))

    first = people.page()
    second = people.page(after=first.older)
    third = people.page(after=second.older)

    assert [len(page.people) for page in (first, second, third)] == [AT_ONCE, AT_ONCE, 3]
    assert len({client.id for page in (first, second, third) for client in page.people}) == 2 * AT_ONCE + 3
    assert (first.newer, third.older) == (None, None)
    assert [client.id for client in people.page(before=second.newer).people] == [client.id for client in first.people]


def test_search_results_page_in_ranked_order(officer):
    for number in range(AT_ONCE + 2):
        person(officer, f"Тоали{'а' * number}")
    person(officer, "Али")
    people = People(officer, today(), "али")

    first = people.page()
    second = people.page(after=first.older)

    assert first.people[0].surname == "Али"
    assert len(second.people) == 3


@pytest.mark.parametrize("query", ["", "?q=ерлан", "?q=T-0", "?q=ерлан&stage=sentence"])
def test_the_number_of_statements_does_not_grow_with_the_people(sign_in, query):
    head = make_user(Role.SUPERVISOR)
    browser = sign_in(head)
    officer = make_user()
    person(officer, "Абаев")

    one = statements(browser, f"/people{query}")
    for number in range(29):
        person(officer, f"Абаев{'а' * number}")

    assert statements(browser, f"/people{query}") == one


def statements(browser, url):
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    assert browser.get(url).status_code == 200
    event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)
