"""The pages of a plan and its measures: states, filters, what the ministry records, and the linked figures."""

import json

import pytest

from app.access.models import Role
from app.db import db
from app.indicators.models import Snapshot
from app.plan.models import MeasureEntry
from tests.access.pages import hidden_fields
from tests.factories.indicators import make_snapshot
from tests.factories.people import make_user
from tests.factories.plan import make_accepted, make_member, make_returned
from tests.factories.saving import saved
from tests.factories.statements import statements

ENTRIES = "/plans/sample-2026/measures/4/entries/new"


@pytest.fixture
def ministry(app, stopped_clock, sign_in):
    return sign_in(make_user(Role.MINISTRY))


def test_a_plan_shows_its_measures_narrowed_by_state_and_body(ministry):
    make_accepted(body="MZ")

    everything = ministry.get("/plans/sample-2026").text
    late = ministry.get("/plans/sample-2026?state=late").text
    of_prosecutor = ministry.get("/plans/sample-2026?body=GP").text
    nonsense = ministry.get("/plans/sample-2026?body=XX&state=zzz").text

    assert "This plan is invented for the demonstration" in everything
    assert "under way: 1" in everything
    assert "late by 143 days" in everything  # measure 1, due on 30 June
    assert "Train the staff" not in late
    assert "Analyse how special records" in of_prosecutor
    assert "Set quotas of jobs" not in of_prosecutor
    assert "No measure fits" in nonsense


def test_the_decree_is_there_with_its_thirty_measures(ministry):
    page = ministry.get("/plans/decree-912").text

    assert page.count('href="/plans/decree-912/measures/') == 30
    assert "nothing of it was told in this system" in page
    assert "late by" not in page
    assert "Decree of the Government of the Republic of Kazakhstan No. 912" in page
    assert "invented" not in page.replace("Plan for 2026–2028 (invented)", "")


def test_a_measure_tells_all_that_happened_to_it(ministry):
    make_returned(body="MZ", words="Say when it is signed.")

    page = ministry.get("/plans/sample-2026/measures/4").text

    assert "Returned: Ministry of Health" in page
    assert "Say when it is signed." in page
    assert "No body has reported on this measure yet." in page  # what was returned does not count


def test_a_measure_shows_the_frozen_figures_of_its_indicator_and_says_what_is_hidden(ministry):
    frozen = make_snapshot()
    shown = ministry.get("/plans/sample-2026/measures/2").text
    body = json.loads(frozen.body)
    for figure in body["figures"]:
        if figure["quantity"] == "I-04" and set(figure["key"]) == {"_T"}:
            figure["value"] = None
    facts = {name: getattr(frozen, name) for name in ("period", "frozen_at", "definitions", "sha256")}
    saved(Snapshot(revision=1, body=json.dumps(body), because="A late entry.", **facts))
    hidden = ministry.get("/plans/sample-2026/measures/2").text

    assert "53.2 %" in shown  # 117 of 220
    assert "117" in shown
    assert "53.2 %" not in hidden
    assert "hidden" in hidden


def test_a_measure_with_an_indicator_says_when_nothing_is_frozen(ministry):
    assert "No half-year of this plan is frozen yet." in ministry.get("/plans/sample-2026/measures/2").text


def test_the_ministry_records_a_completion_and_opens_the_measure_again(ministry):
    form = hidden_fields(ministry.get(ENTRIES).text)
    done = {"kind": "completed", "on": "19.11.2026", "document": "Joint order No. 5"}

    first = ministry.post(ENTRIES, data=form | done, follow_redirects=True).text
    twice = ministry.post(ENTRIES, data=form | done, follow_redirects=True).text
    form = hidden_fields(ministry.get(ENTRIES).text)
    again = ministry.post(ENTRIES, data=form | done)
    reopened = ministry.post(ENTRIES, data=form | {"kind": "reopened", "on": "20.11.2026", "ru": "Приказ отменён."},
                             follow_redirects=True).text  # fmt: skip

    assert "19 Nov 2026" in first
    assert "This was already saved" in twice
    assert again.status_code == 422
    assert "recorded already" in again.text
    assert "late by 51 days" in reopened
    assert db.session.query(MeasureEntry).count() == 2


@pytest.mark.one_engine
def test_what_an_entry_lacks_is_said_in_a_sentence(ministry):
    form = hidden_fields(ministry.get(ENTRIES).text)
    refused = {
        "Choose what is recorded.": {"on": "19.11.2026"},
        "Name the document": {"kind": "evidence", "on": "19.11.2026"},
        "Say in words why": {"kind": "reopened", "on": "19.11.2026", "document": "Order"},
        "This day has not come yet.": {"kind": "completed", "on": "1.1.2027", "document": "Order"},
        "begins with https://": {
            "kind": "evidence",
            "on": "19.11.2026",
            "address": "javascript:alert(1)",
            "document": "O",
        },
        "identification number": {"kind": "evidence", "on": "19.11.2026", "document": "900501300012"},
    }

    answers = {says: ministry.post(ENTRIES, data=form | typed) for says, typed in refused.items()}

    assert {says for says, answer in answers.items() if answer.status_code != 422 or says not in answer.text} == set()


def test_a_body_cannot_record_for_the_ministry(app, sign_in):
    user = make_user(Role.BODY)
    make_member(user)

    assert sign_in(user).get(ENTRIES).status_code == 403


def test_the_pages_take_as_many_statements_for_one_report_as_for_many(ministry):
    addresses = ("/plans/sample-2026", "/plans/sample-2026/progress/2026H1", "/plans/sample-2026/measures/2")
    make_accepted(body="MTSZN")
    few = [statements(lambda at=address: ministry.get(at)) for address in addresses]
    for body in ("MVD", "AKIMAT-AST", "AKIMAT-ATY", "MP"):
        make_accepted(body=body)

    assert [statements(lambda at=address: ministry.get(at)) for address in addresses] == few
