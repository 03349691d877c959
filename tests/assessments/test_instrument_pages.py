"""The pages on which everybody in the service can read the instruments."""

import re

import pytest

from app.access.models import Role
from app.assessments import library
from tests.assessments.answering import TEXT
from tests.factories.people import make_user
from tests.factories.statements import statements

pytestmark = pytest.mark.one_engine


def test_the_menu_leads_to_the_list_of_all_that_is_in_force(sign_in):
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.ANALYST, Role.ADMINISTRATOR):
        page = sign_in(make_user(role)).get("/instruments").text
        assert 'href="/instruments"' in page, role
    for one in library.shelf().values():
        assert f'href="/instruments/{one.code}/{one.version}">{one.title["en"]}</a>' in page
    assert page.count("not yet") == len(library.shelf())
    assert "from 14 to 17 years" in page


def test_an_instrument_is_shown_whole(sign_in, officer):
    page = sign_in(officer).get("/instruments/adult-community/1").text
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    instrument = library.find("adult-community", 1)

    for section, item in instrument.items():
        for text in (section.name, section.explanation, item.question, item.guidance):
            assert text["en"] in words.replace("&#39;", "'"), item.code
        assert all(option.text["en"] in words.replace("&#39;", "'") for option in item.options), item.code
    assert instrument.notice["en"] in words
    assert instrument.digest in words
    assert "All together 0–20 21–40 41–61" in words


def test_every_kind_of_instrument_says_how_long_a_result_holds(sign_in, officer):
    browser = sign_in(officer)

    for code, said in (("acute", "30 days"), ("minors", "low: 6 months; medium: 4 months")):
        assert said in browser.get(f"/instruments/{code}/1").text


def test_the_whole_instrument_asks_the_database_for_nothing_of_its_own(sign_in, officer):
    browser = sign_in(officer)
    browser.get("/instruments")

    assert statements(lambda: browser.get("/instruments/adult-community/1")) <= 4


def test_what_is_not_there_is_not_found(sign_in, officer):
    browser = sign_in(officer)

    for address in ("adult-community/2", "nobody/1", "adult-community/99999999999999999999", "%00/1"):
        assert browser.get(f"/instruments/{address}").status_code == 404, address


def test_the_installations_own_versions_are_listed_with_those_to_come(sign_in, officer, tmp_path, monkeypatch):
    text = TEXT.replace("code: adult-community", "code: ministry-90", 1).replace("2025-01-01", "2999-01-01", 1)
    (tmp_path / "ministry-90-1.yaml").write_text(text)
    monkeypatch.setattr(library, "FOLDERS", [tmp_path, library.FOLDER])

    page = sign_in(officer).get("/instruments").text

    assert page.index("Earlier and coming versions") < page.index("/instruments/ministry-90/1")
