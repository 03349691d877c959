"""The pages on which everybody in the service can read the methodology."""

import re

import pytest

from app.access.models import Role
from app.clients.vocabulary import Stage
from app.programs.methodology import documents, methodology_for
from tests.factories.people import make_user
from tests.factories.statements import statements

pytestmark = pytest.mark.one_engine


def test_the_menu_leads_to_the_methodology_of_every_stage(sign_in):
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.ANALYST, Role.ADMINISTRATOR):
        page = sign_in(make_user(role)).get("/methodology").text
        assert re.search(r'<a href="/methodology" aria-current="page">Methodology</a>', page), role
    for stage in ("pre-trial", "sentence", "penitentiary", "post-penitentiary", "every-stage"):
        assert f'href="/methodology/{stage}/1"' in page
    assert page.count("not yet") == len(documents())


def test_a_stage_is_shown_whole(sign_in, officer):
    page = sign_in(officer).get("/methodology/sentence/1").text
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#39;", "'")

    own = methodology_for(Stage.SENTENCE).own
    for rule in own.rules:
        said = (f"Rule {rule.code}", rule.goal["en"], rule.basis["en"], *(step.text["en"] for step in rule.steps))
        assert [text for text in said if text not in words] == []
    for text in (own.introduction["en"], own.source["en"], own.digest, "3 at most"):
        assert text in words
    assert "low risk: 40; medium: 100; high: 200" in words
    assert "in working hours" in words
    assert "service: employment" in words


def test_what_is_the_same_at_every_stage_names_the_instruments_of_its_rules(sign_in, officer):
    page = sign_in(officer).get("/methodology/every-stage/1").text

    assert "Only where the need was found by: " in page
    assert "How to work with the person" in page


def test_the_whole_methodology_asks_the_database_for_nothing_of_its_own(sign_in, officer):
    browser = sign_in(officer)
    browser.get("/methodology")

    assert statements(lambda: browser.get("/methodology/sentence/1")) <= 4


def test_what_is_not_there_is_not_found(sign_in, officer):
    browser = sign_in(officer)

    for address in ("sentence/2", "parole/1", "every/1", "sentence/99999999999999999999", "%00/1"):
        assert browser.get(f"/methodology/{address}").status_code == 404, address
