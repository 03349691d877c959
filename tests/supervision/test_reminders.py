"""Reminders from the consent to the result: who is reminded, once, in which words, and what the officer sees."""

import json
from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.clients.cases import Deregistration
from app.clients.models import Client, Representative
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.supervision.calendar.models import VisitMove
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.messages import sending, tasks
from app.supervision.messages.gateways import files
from app.supervision.messages.models import (
    Message,
    MessageAttempt,
    MessageReport,
    MessageResult,
    OfficeSignature,
    ReminderConsent,
    ReminderConsentWithdrawal,
)
from app.supervision.messages.queries import cut_short_by, messages_of, not_reminded
from app.supervision.messages.tasks import note_reports, send_reminders
from app.supervision.messages.vocabulary import Channel, Result, Standing, Why
from tests.access.pages import hidden_fields
from tests.at_once import answer_to_the_second
from tests.databases import on_postgresql
from tests.factories.contacts import make_contact
from tests.factories.messages import make_expected, make_reminder_consent, make_signature
from tests.factories.people import make_case, make_client, make_user
from tests.factories.saving import saved

CONSENT = {"channel": "sms", "address": "8 701 123 45 67", "given_on": "20.11.2026"}


@pytest.fixture
def case(officer, stopped_clock):
    return make_case(officer, client=make_client(surname="Құпиябеков", language="ru"), articles="188")


@pytest.fixture
def outbox(app, tmp_path):
    """Both channels write files; what lies in the folder, in the order of sending."""
    app.config.update(SMS_GATEWAY="file", MAIL_GATEWAY="file")

    def read():
        return [json.loads(path.read_text()) for path in sorted((tmp_path / "messages" / "outbox").glob("*"))]

    return read


def results():
    return [(row.kind, row.why) for row in db.session.query(MessageResult).order_by(MessageResult.attempt_id)]


def stands(case):
    db.session.expire_all()
    return [row.standing for row in messages_of([case], now())]


def undone(case):
    """The visits that the officer's desk names because nobody was reminded of them."""
    db.session.expire_all()
    return [row.id for row in db.session.execute(not_reminded(today()), cut_short_by(now()))]


def test_a_person_is_reminded_once_the_day_before(case, outbox, stopped_clock):
    make_signature(case.assignment.office_id, case.registered_by_id)
    make_reminder_consent(case)
    visit = make_expected(case)
    make_expected(case, today() + timedelta(days=2))
    stopped_clock.move(hours=-8)
    send_reminders()
    assert outbox() == []  # four in the morning

    stopped_clock.move(hours=8)
    for _run in range(3):
        send_reminders()

    (sent,) = outbox()
    assert sent["to"] == "+77011234567"
    assert sent["text"] == "Напоминаем: вас ждут 21.11.2026 (суббота) в 10:00. Достык 5. Тел.: +7 7172 12 34 56"
    assert sent["channel"] == "sms"
    message = db.session.query(Message).one()
    assert (message.visit_id, message.case_id, message.language) == (visit.id, case.id, "ru")
    assert stands(case) == [Standing.SENT]
    assert undone(case) == []


@pytest.mark.one_engine
def test_the_service_is_named_only_with_the_persons_word(case, outbox):
    make_reminder_consent(case, names_service=True)
    make_expected(case, minute=None)

    send_reminders()

    assert outbox()[0]["text"] == "Напоминаем: вас ждут 21.11.2026 (суббота). Отдел A-1."


@pytest.mark.one_engine
def test_nobody_is_reminded_without_a_consent_that_stands(case, officer, outbox):
    make_expected(case)
    send_reminders()
    over = make_reminder_consent(make_case(officer), given_on=today() - timedelta(days=9), until_on=today())
    make_expected(make_case(officer, client=over.client))
    send_reminders()

    assert outbox() == []


def test_a_visit_that_moved_or_came_off_the_register_is_not_reminded_of(case, officer, outbox):
    make_reminder_consent(case)
    moved, other = make_expected(case), make_case(officer)
    make_reminder_consent(other)
    make_expected(other)
    saved(Deregistration(case_id=other.id, ground=Ground.TERM_ENDED, on=today(), by_id=officer.id, at=now()))
    moved.is_settled = True
    saved(VisitMove(visit_id=moved.id, reason="Works that day", by_id=officer.id, at=now()))

    send_reminders()

    assert outbox() == []


def test_a_crash_between_sending_and_recording_never_sends_twice(case, outbox, monkeypatch, stopped_clock):
    make_reminder_consent(case)
    visit = make_expected(case)

    def crash(*_values):
        raise SystemExit

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(tasks, "finish", crash)
        send_reminders()
    db.session.rollback()
    stopped_clock.move(hours=1)
    for _run in range(2):
        send_reminders()

    assert len(outbox()) == 1
    assert results() == []
    assert stands(case) == [Standing.UNKNOWN]
    assert undone(case) == [visit.id]
    make_contact(case, ContactKind.CALL, reached=False)
    assert undone(case) == [visit.id]
    make_contact(case, ContactKind.CALL)
    assert undone(case) == []


def test_of_two_at_once_one_steps_back_before_anything_is_sent(case, outbox, monkeypatch):
    make_reminder_consent(case)
    visit = make_expected(case)
    send_reminders()
    monkeypatch.setattr(sending, "message_of", lambda _visit: None)  # as one sees it who looked a moment too early

    assert tasks.remind(visit.id) is None
    assert len(outbox()) == 1
    assert db.session.query(MessageAttempt).count() == 1


@pytest.mark.one_engine
def test_a_gateway_that_fails_is_tried_a_few_times_and_the_officer_is_told(case, outbox, tmp_path, stopped_clock):
    (tmp_path / "messages").write_text("a file where the folder should be")
    make_reminder_consent(case)
    visit = make_expected(case, minute=19 * 60)

    send_reminders()
    assert stands(case) == [Standing.TRIED_AGAIN]
    assert undone(case) == []
    for _run in range(12):
        stopped_clock.move(hours=1)
        send_reminders()

    assert results() == [(Result.FAILED, Why.NO_ROOM)] * 5
    assert stands(case) == [Standing.NOT_SENT]
    assert undone(case) == [visit.id]
    (tmp_path / "messages").unlink()
    send_reminders()
    assert outbox() == []


@pytest.mark.one_engine
def test_a_channel_without_a_gateway_is_seen_and_goes_out_once_there_is_one(case, outbox, app, stopped_clock):
    app.config["SMS_GATEWAY"] = ""
    make_reminder_consent(case)
    make_expected(case)
    send_reminders()
    app.config["SMS_GATEWAY"] = "file"
    stopped_clock.move(minutes=10)
    send_reminders()

    assert results() == [(Result.FAILED, Why.NO_GATEWAY), (Result.TAKEN, None)]
    assert [row.gateway for row in db.session.query(MessageAttempt).order_by(MessageAttempt.id)] == ["none", "file"]
    assert len(outbox()) == 1


@pytest.mark.one_engine
def test_a_consent_taken_back_ends_the_trying(case, officer, outbox, sign_in, stopped_clock):
    current_app.config["SMS_GATEWAY"] = ""
    consent = make_reminder_consent(case)
    make_expected(case)
    send_reminders()
    page = sign_in(officer).post(f"/reminder-consents/{consent.id}/withdrawal", follow_redirects=True).text
    current_app.config["SMS_GATEWAY"] = "file"
    stopped_clock.move(minutes=10)
    send_reminders()

    assert "Nothing is sent to this person any more." in page
    assert "The consent was taken back" in page
    assert outbox() == []


def test_what_the_gateway_tells_later_is_kept_once(case, outbox, tmp_path):
    make_reminder_consent(case)
    visit = make_expected(case)
    send_reminders()
    told = tmp_path / "messages" / "reports"
    told.mkdir()
    for name, content in (
        (outbox()[0]["reference"], '{"arrived": false}'), ("0" * 32, '{"arrived": true}'), ("1" * 32, "{"),
        ("2" * 32, '{"arrived": "maybe"}'), ("odd name", '{"arrived": true}'),
    ):  # fmt: skip
        (told / f"{name}.json").write_text(content)

    note_reports()
    note_reports()

    assert db.session.query(MessageReport).one().has_arrived is False
    assert sorted(path.suffix for path in told.iterdir()) == [".unreadable"] * 3
    assert stands(case) == [Standing.NOT_ARRIVED]
    assert undone(case) == [visit.id]


@pytest.mark.one_engine
def test_neither_logs_nor_names_of_files_hold_a_person(case, outbox, tmp_path, capsys):
    make_reminder_consent(case)
    make_expected(case)

    send_reminders()

    written = capsys.readouterr().out + " ".join(str(path) for path in tmp_path.rglob("*"))
    assert '"taken": 1' in written
    assert [secret for secret in ("7011234567", "Құпиябеков", "Напоминаем") if secret in written] == []
    kept = db.session.execute(text("SELECT m.text, c.address FROM messages m JOIN reminder_consents c ON true")).one()
    assert not any(secret in str(tuple(kept)) for secret in ("7011234567", "Напоминаем"))
    assert {oct(path.stat().st_mode)[-3:] for path in (tmp_path / "messages").rglob("*.json")} == {"600"}


def test_what_was_sent_stays_as_it_was_sent(case, outbox):
    make_reminder_consent(case)
    make_expected(case)
    send_reminders()

    for table in ("messages", "message_attempts", "message_results", "reminder_consents"):
        with pytest.raises(DatabaseError):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - a name of ours
        db.session.rollback()


@pytest.mark.one_engine
def test_the_officer_takes_a_consent_and_sees_what_will_be_sent(case, officer, outbox, sign_in):
    browser, address = sign_in(officer), f"/people/{case.client_id}/reminder-consent"
    page = browser.get(address).text
    assert "вас ждут 20.11.2026 (пятница) в 10:00. Отдел A-1." in page
    typed = hidden_fields(page) | CONSENT
    assert [browser.post(address, data=typed).status_code for _press in range(2)] == [302, 302]

    consent = db.session.query(ReminderConsent).one()
    assert (consent.address, consent.channel, consent.names_service) == ("+77011234567", Channel.SMS, False)
    assert consent.until_on.isoformat() == "2027-11-20"
    shown = browser.get(f"/people/{case.client_id}/supervision").text
    assert "+7 701 123-45-67" in shown
    assert "The text does not name the probation service." in shown
    mail = {"channel": "email", "address": "erlan@example.kz", "names_service": "y"}
    browser.post(address, data=hidden_fields(browser.get(address).text) | CONSENT | mail)
    db.session.expire_all()
    assert consent.withdrawal is not None
    assert db.session.query(ReminderConsent).count() == 2


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
@pytest.mark.parametrize("address", ["withdrawal", "renewal"])
def test_what_two_take_back_at_once_is_taken_back_once_and_nothing_breaks(address, case, officer, outbox, sign_in):
    consent, browser = make_reminder_consent(case), sign_in(officer)
    page = f"/people/{case.client_id}/reminder-consent"
    addresses = {"withdrawal": f"/reminder-consents/{consent.id}/withdrawal", "renewal": page}
    typed = hidden_fields(browser.get(page).text) | CONSENT

    answer = answer_to_the_second(
        browser, addresses[address], typed,
        select(Client.id).where(Client.id == case.client_id).with_for_update(),
        insert(ReminderConsentWithdrawal).values(consent_id=consent.id, by_id=officer.id, at=now()),
    )  # fmt: skip

    assert answer.status_code == 302


@pytest.mark.one_engine
def test_a_consent_that_cannot_be_is_refused_in_a_sentence(case, officer, outbox, sign_in):
    browser, address = sign_in(officer), f"/people/{case.client_id}/reminder-consent"
    refused = [
        ({"address": ""}, "Enter the number or the address."),
        ({"address": "12"}, "This is not a telephone number."),
        ({"channel": "email", "address": "erlan"}, "This is no e-mail address."),
        ({"channel": "email", "address": "a@b.kz\r\nBcc: c@d.kz"}, "This is no e-mail address."),
        ({"channel": "email", "address": "=?utf-8?q?=0ABcc=3A?=@d.kz"}, "This is no e-mail address."),
        ({"channel": "email", "address": "ерлан@пошта.kz"}, "Latin letters"),
        ({"channel": "pigeon"}, "Choose"),
        ({"given_on": "21.11.2026"}, "future"),
        ({"given_on": "20.11.2025"}, "has ended already"),
        ({"given_on": "31.02.2026"}, "There is no such date."),
    ]

    for typed, sentence in refused:
        page = browser.post(address, data=hidden_fields(browser.get(address).text) | CONSENT | typed)
        assert sentence in page.text, typed

    assert db.session.query(ReminderConsent).count() == 0


@pytest.mark.one_engine
def test_a_representative_consents_for_a_minor_until_they_come_of_age(officer, outbox, sign_in, stopped_clock):
    client = make_client(born_on=today().replace(year=2009, month=3, day=1))
    saved(Representative(client_id=client.id, full_name="Анасы", relation="ана", from_on=today()))
    case = make_case(officer, client=client)
    browser, address = sign_in(officer), f"/people/{case.client_id}/reminder-consent"
    form = hidden_fields(browser.get(address).text) | CONSENT

    assert "enter who consented" in browser.post(address, data=form).text
    browser.post(address, data=hidden_fields(browser.get(address).text) | CONSENT | {"representative": "Анасы"})

    assert db.session.query(ReminderConsent).one().until_on.isoformat() == "2027-03-01"


@pytest.mark.one_engine
def test_where_nothing_is_set_up_nobody_is_asked_to_agree(case, officer, sign_in):
    page = sign_in(officer).get(f"/people/{case.client_id}/reminder-consent", follow_redirects=True).text

    assert "Reminders are not set up here." in page


@pytest.mark.one_engine
def test_the_head_signs_with_a_name_that_tells_nothing(app, outbox, sign_in, stopped_clock):
    head = make_user(Role.SUPERVISOR)
    browser = sign_in(head)
    names = {"kk": "Достық 5", "ru": "Служба пробации", "en": "Dostyk 5", "phone": "8 717 212 34 56"}
    page = browser.post("/office-signature", data=hidden_fields(browser.get("/office-signature").text) | names).text
    assert "“пробации” tells strangers too much" in page
    assert db.session.query(OfficeSignature).count() == 0

    form = hidden_fields(browser.get("/office-signature").text) | names | {"ru": "Достык 5"}
    page = browser.post("/office-signature", data=form, follow_redirects=True).text

    assert "Напоминаем: вас ждут 20.11.2026 (пятница) в 10:00. Достык 5. Тел.: +7 7172 12 34 56" in page
    assert sign_in(make_user()).get("/office-signature").status_code == 403


@pytest.mark.one_engine
def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    gateway = files.FileGateway(tmp_path)
    parcel = files.Parcel("a" * 32, Channel.SMS, "+77011234567", "", "x")

    def full(*_values):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(files.os, "fsync", full)
        assert gateway.send(parcel).why is Why.NO_ROOM
    assert list((tmp_path / "outbox").iterdir()) == []
    assert gateway.send(parcel).kind is Result.TAKEN
    assert gateway.send(parcel).kind is Result.FAILED  # the same parcel never lies there twice


@pytest.mark.one_engine
def test_the_day_names_who_was_not_reminded_and_the_timeline_who_agreed(case, officer, outbox, app, sign_in):
    app.config["SMS_GATEWAY"] = ""
    consent = make_reminder_consent(case)
    attempt = saved(MessageAttempt(
        message=Message(case=case, visit=make_expected(case), consent=consent, language="ru", text="x", made_at=now()),
        ordinal=1, gateway="file", reference="a" * 32, at=now(),
    ))  # fmt: skip
    saved(MessageResult(attempt_id=attempt.id, kind=Result.REFUSED, why=Why.NO_SUCH_ADDRESS, code=550, at=now()))
    browser = sign_in(officer)

    day = browser.get("/").text
    assert "The reminder of the visit may not have arrived" in day
    assert f"/cases/{case.id}/contacts/call/new" in day
    assert "Consent to be reminded: SMS" in browser.get(f"/people/{case.client_id}").text
    assert "there is no such number or address" in browser.get(f"/people/{case.client_id}/supervision").text
    assert "The reminder of the visit" not in sign_in(make_user()).get("/").text
