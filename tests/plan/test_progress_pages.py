"""A body writes and submits, the ministry answers: what the pages do, and what they refuse."""

from collections.abc import Iterator

import pytest

from app.access.models import Role
from app.audit.models import Entry
from app.db import db
from app.plan.models import ProgressAnswer, ProgressReport, ProgressVersion
from app.plan.vocabulary import Standing
from tests.access.pages import hidden_fields
from tests.factories.people import make_user
from tests.factories.plan import make_accepted, make_member, make_progress, make_returned, make_submitted

TYPED = {"state": "under_way", "kk": "Жоба дайын.", "ru": "Проект готов.", "evidence": "Приказ № 4"}


@pytest.fixture
def body(app, stopped_clock) -> Iterator:
    user = make_user(Role.BODY)
    make_member(user)
    return user


@pytest.fixture
def ministry(app, stopped_clock):
    return make_user(Role.MINISTRY)


def line_address(report: ProgressReport) -> str:
    return f"/progress-reports/{report.id}/measures/{report.drafts[0].measure}"


def test_a_body_begins_writes_and_submits(body, sign_in):
    browser = sign_in(body)

    assert "Begin the report" in browser.get("/progress").text
    begun = browser.post("/plans/sample-2026/progress/2026H1/reports")
    report = db.session.scalar(db.select(ProgressReport))
    address = line_address(report)
    page = browser.get(address).text
    saved = browser.post(address, data=hidden_fields(page) | TYPED)
    page = browser.get(begun.location).text
    sent = browser.post(f"/progress-reports/{report.id}/submissions", data=hidden_fields(page), follow_redirects=True)

    assert saved.status_code == 302
    assert "The report lies before the ministry." in sent.text
    assert db.session.get(ProgressReport, report.id).standing == Standing.SUBMITTED
    assert [entry.what for entry in db.session.query(Entry).filter(Entry.kind == "act")] == [
        "progress.create", "progress.line", "progress.submit",
    ]  # fmt: skip


def test_beginning_twice_leads_to_the_same_report(body, sign_in):
    browser = sign_in(body)

    first = browser.post("/plans/sample-2026/progress/2026H1/reports")
    second = browser.post("/plans/sample-2026/progress/2026H1/reports")

    assert first.location == second.location
    assert db.session.query(ProgressReport).count() == 1


def test_a_user_without_a_body_is_told_so(app, sign_in):
    browser = sign_in(make_user(Role.BODY))

    assert "You speak for no body yet" in browser.get("/progress").text
    assert "You speak for no body yet" in browser.post(
        "/plans/sample-2026/progress/2026H1/reports", follow_redirects=True
    ).text  # fmt: skip


def test_what_is_not_told_is_named_and_nothing_is_submitted(body, sign_in):
    report = make_progress(body, told=None)

    page = sign_in(body).post(f"/progress-reports/{report.id}/submissions", follow_redirects=True).text

    assert "1 measure is not told yet (4)" in page
    assert db.session.query(ProgressVersion).count() == 0


def test_a_half_year_that_is_not_over_is_not_submitted(body, sign_in):
    report = make_progress(body, half="2026H2")

    page = sign_in(body).post(f"/progress-reports/{report.id}/submissions", follow_redirects=True).text

    assert "The half-year is not over" in page


def test_two_who_write_the_same_line_see_both_versions(body, sign_in):
    report, colleague = make_progress(body), make_user(Role.BODY)
    make_member(colleague)
    first, second = sign_in(body), sign_in(colleague)
    address = line_address(report)
    seen_by_both = hidden_fields(first.get(address).text), hidden_fields(second.get(address).text)

    first.post(address, data=seen_by_both[0] | TYPED | {"ru": "Подписан."})
    clash = second.post(address, data=seen_by_both[1] | TYPED | {"ru": "Отложен."})

    assert clash.status_code == 422
    assert "Подписан." in clash.text
    assert "Отложен." in clash.text


def test_a_line_saves_itself_and_keeps_what_is_wrong_on_the_page(body, sign_in):
    report = make_progress(body)
    browser, address = sign_in(body), line_address(report)
    sent = hidden_fields(browser.get(address).text) | TYPED | {"autosave": "1"}
    sent.pop("receipt")

    kept = browser.post(address, data=sent | {"ru": "Готово."})
    refused = browser.post(address, data=sent | {"done_on": "31.02.2026"})

    assert kept.json["version"] > 1
    assert "Saved at" in kept.json["words"]
    assert refused.status_code == 409
    assert db.session.get(ProgressReport, report.id).drafts[0].ru == "Готово."


REFUSED = (
    ({"ru": "О человеке с ИИН 900501300012"}, "identification number"),
    ({"state": "nonsense"}, "Choose one of the answers in the list."),
    ({"state": "done", "done_on": "1.1.2030"}, "This day has not come yet."),
    ({"state": "done", "done_on": "1.7.2026"}, "This report tells of the time up to 30 Jun 2026."),
    ({"done_on": "1.6.2026"}, "A day is entered only for what is done."),
    ({"kk": "я" * 6001}, "This is too long."),
)


def test_what_cannot_stand_in_a_report_is_refused_in_a_sentence(body, sign_in):
    report = make_progress(body)
    browser, address = sign_in(body), line_address(report)
    form = hidden_fields(browser.get(address).text)
    form.pop("receipt")

    answers = [(browser.post(address, data=form | TYPED | typed), says) for typed, says in REFUSED]

    assert [answer.status_code for answer, _says in answers] == [422] * len(REFUSED)
    assert [says for answer, says in answers if says not in answer.text] == []


def test_the_ministry_returns_and_the_mended_report_is_accepted(body, ministry, sign_in):
    report = make_submitted(body)
    writer, reader = sign_in(body), sign_in(ministry)
    page, address = f"/progress-reports/{report.id}", line_address(report)

    form = hidden_fields(reader.get(f"{page}/return").text)
    reader.post(f"{page}/return", data=form | {"words": "Say when it is signed.", "measures": "4"})
    returned = writer.get(page).text
    unmended = writer.post(f"{page}/submissions", follow_redirects=True).text
    writer.post(address, data=hidden_fields(writer.get(address).text) | TYPED | {"ru": "Подписан."})
    writer.post(f"{page}/submissions")
    stale = reader.post(f"{page}/acceptance", data={"seen_version": "1"}, follow_redirects=True).text
    accepted = reader.post(f"{page}/acceptance", data={"seen_version": "2"}, follow_redirects=True).text

    assert "Say when it is signed." in returned
    assert "to be mended" in returned
    assert "Nothing has changed since" in unmended
    assert "another version since you opened" in stale
    assert "The report is accepted." in accepted
    kept = db.session.get(ProgressReport, report.id)
    assert [one.answer.kind.value for one in kept.versions] == ["returned", "accepted"]
    assert kept.accepted.ordinal == 2


def test_one_answer_counts_when_two_are_given(body, ministry, sign_in):
    report = make_submitted(body)
    page = f"/progress-reports/{report.id}"
    browser = sign_in(ministry)
    form = hidden_fields(browser.get(f"{page}/return").text)

    sign_in(make_user(Role.MINISTRY)).post(f"{page}/acceptance", data={"seen_version": "1"})
    late = browser.post(f"{page}/return", data=form | {"words": "No."})

    assert late.status_code == 422
    assert "answered this report before you: it is accepted" in late.text
    assert db.session.query(ProgressAnswer).count() == 1


def test_what_is_accepted_does_not_change(body, sign_in):
    report = make_accepted(body)
    browser = sign_in(body)

    written = browser.post(line_address(report), data=TYPED | {"version": "2"}, follow_redirects=True)
    sent = browser.post(f"/progress-reports/{report.id}/submissions", follow_redirects=True)

    assert "What is accepted does not change." in written.text
    assert "What is accepted does not change." in sent.text


def test_a_body_does_not_write_for_another_one_and_does_not_see_its_draft(body, sign_in):
    theirs = make_progress(make_user(Role.BODY), body="MP")
    browser = sign_in(body)

    assert browser.get(line_address(theirs)).status_code == 404
    assert browser.post(f"/progress-reports/{theirs.id}/submissions").status_code == 404
    page = browser.get(f"/progress-reports/{theirs.id}").text
    assert "This report is being written." in page
    assert "Проект приказа готов." not in page


def test_the_board_says_who_is_late(ministry, sign_in):
    make_submitted(body="MP")
    browser = sign_in(ministry)

    everybody = browser.get("/plans/sample-2026/progress/2026H1").text
    late = browser.get("/plans/sample-2026/progress/2026H1?state=late").text

    assert "submitted: 1" in everybody
    assert "133 days" in late  # from 10 July to 20 November
    assert "Ministry of Enlightenment" not in late
    assert browser.get("/").location == "/progress/board"
    assert browser.get("/progress/board").location == "/plans/sample-2026/progress/2026H1"


def test_a_returned_report_stands_first_among_what_presses(body, sign_in):
    make_returned(body, words="Say when it is signed.")

    page = sign_in(body).get("/progress").text

    assert "The ministry returned this report" in page
    assert "Say when it is signed." in page
    assert "Mend the report" in page


def test_the_ministry_names_who_speaks_for_a_body(ministry, sign_in):
    user = make_user(Role.BODY, name="labour")
    browser = sign_in(ministry)
    form = hidden_fields(browser.get("/plan-members").text)

    wrong = browser.post("/plan-members", data=form | {"user_id": user.id, "body": "MTSZN", "email": "nobody"})
    named = browser.post(
        "/plan-members",
        data=form | {"user_id": user.id, "body": "MTSZN", "email": "a@b.example"},
        follow_redirects=True,
    )

    assert "This is no e-mail address." in wrong.text
    assert "a@b.example" in named.text


NOWHERE = (
    "/plans/none", "/plans/sample-2026/measures/99", "/plans/sample-2026/progress/2019H1",
    "/plans/sample-2026/progress/2026M01", "/plans/sample-2026/progress/x",
)  # fmt: skip


def test_what_is_in_no_plan_is_not_there(ministry, sign_in):
    browser = sign_in(ministry)

    assert {address: browser.get(address).status_code for address in NOWHERE} == dict.fromkeys(NOWHERE, 404)
