"""The catalogue: finding a service, keeping it, closing it, and the reference file that fills it."""

import re
from datetime import date
from io import StringIO

import pytest

from app.access.models import Role
from app.assistance.catalogue import queries
from app.assistance.catalogue.naming import give_names
from app.assistance.catalogue.queries import Services, stranded_referrals
from app.assistance.models import Service
from app.assistance.vocabulary import Direction
from app.audit.models import Entry
from app.db import db
from app.offices.partners import Organisation
from app.seeds import reference_data
from app.seeds.reference_services import read_organisations
from tests.access.pages import hidden_fields
from tests.factories.people import make_case, make_region, make_user
from tests.factories.referrals import make_referral
from tests.factories.services import make_organisation, make_service
from tests.factories.statements import statements

ON = date(2026, 11, 20)


@pytest.fixture
def keeper(app, stopped_clock, sign_in):
    return sign_in(make_user(Role.SUPERVISOR))


def typed(page, **changes):
    answers = {
        "direction": "legal", "kk": "Заңгер", "ru": "Юрист", "en": "", "about_kk": "Кеңес", "about_ru": "Совет",
        "about_en": "", "answer_working_days": "", "valid_from": "1.2.26",
    }  # fmt: skip
    return hidden_fields(page) | answers | changes


def found(**filters):
    return [one.en for one in Services(on=ON, language="en", **filters).all()]


def test_a_service_is_found_by_words_of_any_spelling_by_direction_and_by_region(app):
    far = make_organisation(region_code=make_region("230000000").code, ru="Центр «Қорғау»", kk="Қорғау", en="Qorgau")
    from_page = make_service(far, direction=Direction.LEGAL, en="Advice")
    make_service(en="Work")
    reference_names(from_page.organisation)

    assert found() == ["Work", "Advice"]
    assert found(words="коргау") == found(words="Qorǵau ortalyǵy"[:6]) == ["Advice"]
    assert found(words="100%_") == []
    assert found(direction=Direction.LEGAL) == found(region_code="230000000") == ["Advice"]


def reference_names(organisation):
    give_names(organisation, {"kk": organisation.kk, "ru": organisation.ru, "en": organisation.en})
    db.session.commit()


def test_pages_of_the_list_follow_each_other_without_a_gap(app, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    organisation = make_organisation()
    made = {make_service(organisation).id for _number in range(4)}
    first = Services(on=ON).page()
    second = Services(on=ON).page(after=first.older)

    assert {one.id for one in (*first.rows, *second.rows)} == made
    assert (first.newer, second.older) == (None, None)
    assert Services(on=ON).page(before=second.newer).rows == first.rows


@pytest.mark.one_engine
def test_the_file_holds_what_the_screen_shows(app, stopped_clock, sign_in):
    make_service(en="=Work")
    make_service(en="Advice", direction=Direction.LEGAL)
    browser = sign_in(make_user(Role.ANALYST))

    few = statements(lambda: browser.get("/services?state=all"))
    make_service(make_organisation(), direction=Direction.LEGAL, en="More advice")
    assert statements(lambda: browser.get("/services?state=all")) == few
    page = browser.get("/services?direction=employment").text
    file = browser.get(re.search(r'href="(/services\.csv[^"]*)"', page)[1].replace("&amp;", "&"))

    assert "=Work" in page
    assert "Advice" not in page.split("<tbody>")[1]
    lines = StringIO(file.text).read().splitlines()
    assert len(lines) == 2
    assert "'=Work" in lines[1]


def test_a_service_is_entered_changed_and_named_in_the_journal(keeper):
    organisation = make_organisation()
    address = f"/organisations/{organisation.id}/services/new"
    form = typed(keeper.get(address).text)
    keeper.post(address, data=form)
    again = keeper.post(address, data=form)

    service = db.session.query(Service).one()
    assert (service.en, service.about_en, service.answer_working_days) == ("Юрист", "Совет", None)
    assert again.location.endswith(f"/services/{service.id}")
    assert db.session.query(Entry).filter_by(what="services.create", subject="service", subject_id=service.id).count()
    assert "10 working days (the norm)" in keeper.get(f"/services/{service.id}").text


@pytest.mark.one_engine
def test_two_people_who_change_a_service_see_both_versions(keeper):
    service = make_service()
    address = f"/services/{service.id}/edit"
    mine, theirs = typed(keeper.get(address).text, ru="Моё"), typed(keeper.get(address).text, ru="Их")
    keeper.post(address, data=theirs)

    clash = keeper.post(address, data=mine)

    assert "Somebody else saved this while you were typing" in clash.text
    assert db.session.get(Service, service.id).ru == "Их"


@pytest.mark.one_engine
def test_what_cannot_be_kept_is_said_and_stays_typed(keeper):
    address = f"/organisations/{make_organisation().id}/services/new"
    for changes, sentence in (
        ({"ru": " "}, "Enter the name in Russian."),
        ({"answer_working_days": "0"}, "Write a number from 1 to 120."),
        ({"direction": "magic"}, "Choose a direction."),
        ({"valid_from": "31.2.26"}, "There is no such date."),
    ):
        page = keeper.post(address, data=typed(keeper.get(address).text, **changes)).text

        assert sentence in page
        assert "Заңгер" in page
    assert db.session.query(Service).count() == 0


def test_a_closed_service_stays_in_history_and_leaves_the_list(keeper):
    service = make_service()
    address = f"/services/{service.id}/closure"
    keeper.post(address, data=hidden_fields(keeper.get(address).text) | {"on": "20.11.2026", "because": "No money"})

    db.session.expire_all()
    assert found() == []
    assert found(is_open=False) == ["Help in finding work"]
    assert "No money" in keeper.get(f"/services/{service.id}").text
    assert not service.is_valid_on(ON)
    refused = keeper.post(address, data=hidden_fields(keeper.get(address).text) | {"on": "1.12.26", "because": "x"})
    assert "This has ended already." in refused.text
    keeper.post(f"/services/{service.id}/reopening")
    assert found() == ["Help in finding work"]


def test_an_organisation_ends_with_its_services(keeper):
    organisation = make_organisation()
    service = make_service(organisation)
    later = make_service(organisation, valid_from=date(2027, 1, 1))
    address = f"/organisations/{organisation.id}/closure"

    keeper.post(address, data=hidden_fields(keeper.get(address).text) | {"on": "20.11.2026", "because": "Moved"})

    db.session.expire_all()
    assert (service.valid_to, later.valid_to) == (ON, date(2027, 1, 2))
    keeper.post(f"/services/{service.id}/reopening")
    db.session.expire_all()
    assert service.valid_to == ON


def test_the_reference_file_is_loaded_twice_and_leaves_alone_what_was_changed_on_a_page(app, keeper):
    reference_data.load()
    ids = {row.code: row.id for row in db.session.query(Service)}
    service = db.session.query(Service).filter_by(code="birge-counselling").one()
    address = f"/services/{service.id}/edit"
    keeper.post(address, data=typed(keeper.get(address).text, ru="Психолог"))
    db.session.query(Organisation).filter_by(code="birge").one().ru = "slip"
    db.session.commit()

    reference_data.load()

    db.session.expire_all()
    assert {row.code: row.id for row in db.session.query(Service)} == ids
    assert service.ru == "Психолог"
    assert service.organisation.ru == "Общественное объединение «Бірге»"


@pytest.mark.one_engine
def test_every_direction_is_there_in_every_region_and_nobody_is_real():
    organisations = read_organisations()
    places = {one.region_code for one in organisations}

    for place in places:
        given = {service.direction for one in organisations if one.region_code == place for service in one.services}
        assert given == set(Direction)
    assert all(one.email.endswith(".example") for one in organisations)
    assert all(re.fullmatch(r"\+7 [0-9]{4} 00-00-[0-9]{2}", one.phone) for one in organisations)


def test_the_officer_sees_who_waits_for_a_service_that_ended(app, stopped_clock, sign_in):
    officer, colleague = make_user(), make_user()
    service = make_service()
    mine = make_referral(make_case(officer), service=service)
    make_referral(make_case(colleague), service=service)
    assert stranded_referrals(officer, ON) == []

    service.valid_to, service.closed_because = ON, "No money"
    db.session.commit()

    assert stranded_referrals(officer, ON) == [mine]
    page = sign_in(officer).get("/").text
    assert "“Help in finding work” has ended, and the referral is still open" in page
    assert f"/referrals/{mine.id}" in page
