"""The link for the service: it opens one referral for as long as it works, and tells nobody anything else."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assistance.models import ReferralEvent
from app.assistance.models.links import ProviderLink
from app.assistance.provider import links
from app.assistance.provider.life import Life, life_of
from app.assistance.referrals.vocabulary import DeclineReason, Event
from app.audit.models import Entry, Kind
from app.clients.cases import Deregistration
from app.clients.models import Address
from app.clients.vocabulary import Ground, Registration
from app.clock import now, today
from app.db import db
from tests.access.pages import hidden_fields
from tests.factories.people import make_case, make_client, make_region, make_user
from tests.factories.provider import make_provider_link
from tests.factories.referrals import make_referral, tell
from tests.factories.saving import saved

ON = date(2026, 11, 20)
ACCEPTANCE = {"on": "20.11.2026", "begins_on": "23.11.2026", "words": "Room 5, Mon–Fri"}
NEVER = ("Құпиябеков", "Ғалымұлы", "1991", "910705300124", "Art. 188", "Өскемен соты", "701 123", "Абай көшесі")


@pytest.fixture
def case(officer, stopped_clock):
    client = make_client(
        surname="Құпиябеков", given_name="Нұрлан", patronymic="Ғалымұлы", born_on=date(1991, 7, 5),
        phone="+77011234567", iin="910705300124", iin_digest="d" * 64, iin_unknown=None,
    )  # fmt: skip
    saved(Address(
        client_id=client.id, region_code=make_region().code, text="Абай көшесі 7-9", from_on=date(2020, 1, 1),
        registration=Registration.PERMANENT,
    ))  # fmt: skip
    return make_case(officer, client=client, articles="Art. 188", court="Өскемен соты")


@pytest.fixture
def link(case):
    return make_provider_link(make_referral(case))


@pytest.fixture
def stranger(app):
    return app.test_client()


def lines(kind):
    return [(row.actor_id, row.permission, row.what) for row in db.session.query(Entry).filter_by(kind=kind)
            if row.subject == "providerlink"]  # fmt: skip


def receipt_in(page):
    return re.search(r'name="receipt"[^>]*value="([^"]+)"', page)[1]


def answer(stranger, token, event="accepted", **typed):
    address = f"/provider/{token}/{event}"
    return stranger.post(address, data=hidden_fields(stranger.get(address).text) | (typed or ACCEPTANCE))


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("day", "withdrawn", "finished", "stands"),
    [
        (date(2026, 11, 20), False, False, Life.LIVE),
        (date(2026, 11, 21), False, False, Life.EXPIRED),
        (date(2026, 11, 19), True, True, Life.WITHDRAWN),
        (date(2026, 11, 21), True, False, Life.WITHDRAWN),
        (date(2026, 11, 20), False, True, Life.FINISHED),
    ],
)
def test_how_a_link_stands(day, withdrawn, finished, stands):
    assert life_of(ON, withdrawn, finished, day) is stands


@pytest.mark.one_engine
def test_the_page_shows_what_the_service_needs_and_no_more(link, case, stranger):
    page = stranger.get(f"/provider/{link[1]}")

    assert "Нұрлан" in page.text
    assert "Help to find work near home" in page.text
    assert [secret for secret in NEVER if secret in page.text] == []
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert '<html lang="kk">' in stranger.get(f"/provider/{link[1]}?language=kk").text
    assert '<html lang="kk">' in stranger.get(f"/provider/{link[1]}").text
    agreed = stranger.get(f"/provider/{make_provider_link(make_referral(case, shares_contact=True))[1]}").text
    assert "+7 701 123-45-67" in agreed
    assert "Абай көшесі 7-9" in agreed


def test_the_service_accepts_then_reports_and_each_step_is_in_the_journal(link, stranger, sign_in):
    row, token = link
    answer(stranger, token)
    answer(stranger, token, "started", on="20.11.2026")
    answer(stranger, token, "attended", days="20.11.2026")
    last = answer(stranger, token, "done", on="20.11.2026", result="helped")

    events = db.session.query(ReferralEvent).order_by(ReferralEvent.id).all()
    assert [(one.kind.value, one.by_provider, one.by_id) for one in events] == [
        (kind, True, None) for kind in ("accepted", "started", "attended", "done")
    ]
    assert events[0].words == "The person can come from 23 Nov 2026.\nRoom 5, Mon–Fri"
    assert lines(Kind.ACT)[-1] == (None, "link", "provider.done")
    assert lines(Kind.READ)[0] == (None, "link", "provider.tell")
    assert {one.client_id for one in db.session.query(Entry).filter_by(subject="providerlink")} == {row.about_client_id}
    assert last.location == f"/provider/{token}"
    gone = stranger.get(last.location)
    assert gone.status_code == 410
    assert "Nothing more is needed" in gone.text
    readers = sign_in(make_user(Role.SUPERVISOR)).get(f"/people/{row.about_client_id}/readers").text
    assert "the service that the person was referred to" in readers


@pytest.mark.one_engine
def test_a_refusal_needs_its_reason_and_other_needs_words(link, stranger):
    _row, token = link

    assert "Choose the reason." in answer(stranger, token, "declined", on="20.11.2026").text
    assert "alone says nothing" in answer(stranger, token, "declined", on="20.11.2026", declined="other").text
    assert "write" in answer(stranger, token, "accepted", on="20.11.2026").text.lower()
    assert "future" in answer(stranger, token, "declined", on="1.12.2026", declined="no_places").text
    assert "Check the year" in answer(stranger, token, **ACCEPTANCE | {"begins_on": "23.11.2036"}).text
    assert db.session.query(ReferralEvent).count() == 0
    answer(stranger, token, "declined", on="20.11.2026", declined="no_places")
    assert db.session.query(ReferralEvent).one().coded_reason is DeclineReason.NO_PLACES


def test_a_second_press_is_taken_once_even_when_the_first_ended_the_referral(link, stranger):
    address = f"/provider/{link[1]}/declined"
    typed = hidden_fields(stranger.get(address).text) | {"on": "20.11.2026", "declined": "no_places"}

    assert [stranger.post(address, data=typed).status_code for _press in range(2)] == [302, 302]
    assert stranger.post(address, data=typed | {"receipt": "another"}).status_code == 410
    assert db.session.query(ReferralEvent).count() == 1
    assert len(lines(Kind.ACT)) == 1


def test_an_expired_a_withdrawn_and_a_tampered_link_give_a_calm_page_without_a_person(
    link, case, stranger, stopped_clock, capsys
):
    row, token = link
    stopped_clock.move(days=(row.expires_on - today()).days)
    assert stranger.get(f"/provider/{token}").status_code == 200
    stopped_clock.move(days=1)
    expired = stranger.get(f"/provider/{token}")
    posted = stranger.post(f"/provider/{token}/accepted", data=ACCEPTANCE)
    tampered = stranger.get(f"/provider/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}")
    strange = [stranger.get(f"/provider/{odd}") for odd in ("a" * 500, "жол", "%00", "1")]
    links.withdraw_link(db.session.get(ProviderLink, row.id), row.made_by, now())
    db.session.commit()
    withdrawn = stranger.get(f"/provider/{token}")

    assert (expired.status_code, posted.status_code, withdrawn.status_code, tampered.status_code) == (
        410,
        410,
        410,
        404,
    )
    assert {one.status_code for one in strange} == {404}
    assert "has expired" in expired.text
    assert "does not work any more" in withdrawn.text
    for page in (expired, withdrawn, tampered):
        assert "call" in page.text
        assert not [secret for secret in (*NEVER, "Нұрлан", "Help to find work") if secret in page.text]
        assert page.headers["Referrer-Policy"] == "no-referrer"
    assert db.session.query(ReferralEvent).count() == 0
    written = capsys.readouterr().out
    assert json.loads(written.splitlines()[-1])["event"] == "unknown provider link"
    assert token[:-1] not in written


def test_a_link_opens_its_own_referral_only(case, stranger):
    mine, other = make_referral(case), make_referral(case)
    _link, token = make_provider_link(mine)

    page = stranger.get(f"/provider/{token}").text
    answer(stranger, token)

    assert other.number not in page
    assert set(re.findall(r'href="/(?!static|bootstrap)([^"/]*)', page)) == {"provider"}
    assert db.session.query(ReferralEvent).one().referral_id == mine.id


def test_the_address_and_the_table_hold_nothing_of_the_person_nor_the_token(link):
    row, token = link

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    kept = db.session.execute(text("SELECT * FROM provider_links")).mappings().one()
    assert token not in str(dict(kept))
    with pytest.raises(DatabaseError):
        db.session.execute(text("UPDATE provider_links SET expires_on = '2099-01-01'"))


def test_what_the_office_did_first_holds(link, case, officer, stranger):
    row, token = link
    address = f"/provider/{token}/accepted"
    typed = hidden_fields(stranger.get(address).text) | ACCEPTANCE
    tell(row.referral, Event.ACCEPTED)

    assert stranger.post(address, data=typed).location == f"/provider/{token}"
    assert "cannot be told now" in stranger.get(f"/provider/{token}").text
    saved(Deregistration(case_id=case.id, ground=Ground.TERM_ENDED, on=today(), by_id=officer.id, at=now()))
    assert stranger.get(f"/provider/{token}").status_code == 410


@pytest.mark.one_engine
def test_whoever_hammers_at_a_link_waits(link, stranger, monkeypatch):
    monkeypatch.setattr(links, "MOST_IN_AN_HOUR", 2)

    answers = [stranger.get(f"/provider/{link[1]}").status_code for _time in range(3)]

    assert answers == [200, 200, 429]


@pytest.mark.one_engine
def test_the_form_is_guarded_without_a_referer_over_https(link, app):
    app.config["WTF_CSRF_ENABLED"] = True
    stranger, address = app.test_client(), f"/provider/{link[1]}/accepted"
    page = stranger.get(address, base_url="https://localhost").text

    forged = app.test_client().post(address, data=ACCEPTANCE, base_url="https://localhost")
    honest = stranger.post(address, data=hidden_fields(page) | ACCEPTANCE, base_url="https://localhost")

    assert "open for too long" in forged.text
    assert "Room 5" in forged.text
    assert honest.status_code == 302


def test_the_officer_makes_sees_and_withdraws_a_link(case, officer, sign_in, stranger, stopped_clock):
    browser, address = sign_in(officer), f"/referrals/{make_referral(case).id}/links"
    form = {"receipt": receipt_in(browser.get(address).text)}
    browser.post(address, data=form)
    browser.post(address, data=form)
    page = browser.get(address).text
    token = re.search(r"/provider/([A-Za-z0-9_-]{43})", page)[1]
    stranger.get(f"/provider/{token}")

    made = db.session.query(ProviderLink).one()
    assert made.expires_on == date(2027, 2, 2)
    assert "1 time, last on" in browser.get(address).text
    browser.post(address, data={"receipt": receipt_in(browser.get(address).text)})
    assert stranger.get(f"/provider/{token}").status_code == 410
    newest = db.session.query(ProviderLink).order_by(ProviderLink.id.desc()).first()
    browser.post(f"/provider-links/{newest.id}/withdrawal")
    assert browser.get(address).text.count("withdrawn") == 2
    stopped_clock.move(minutes=11)
    assert "/provider/" not in re.sub(r"/provider-links", "", browser.get(address).text)
