"""Referring a person and recording what came of it, from page to page."""

from datetime import date, timedelta
from html import escape

import pytest
from sqlalchemy import select

from app.access.models import Role
from app.assistance.models import Referral, ReferralEvent, ReferralReminder
from app.assistance.referrals.referring import clock_of
from app.assistance.referrals.vocabulary import Event, Result, Standing
from app.assistance.vocabulary import Direction
from app.clients.models import Address, NotPossible
from app.clients.vocabulary import Ground, Registration
from app.clock import now, today
from app.db import db
from app.programs.wording import step_in_words
from app.web.languages import speaking
from tests.factories.people import make_case, make_office, make_region, make_user
from tests.factories.programs import make_approved
from tests.factories.referrals import make_referral, make_silent, tell
from tests.factories.saving import saved
from tests.factories.services import make_organisation, make_service

DAY = timedelta(days=1)
pytestmark = [pytest.mark.usefixtures("stopped_clock"), pytest.mark.one_engine]  # plain reading and writing


@pytest.fixture
def case(officer):
    return make_case(officer)


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def form_of(service, **facts):
    return {"service_id": service.id, "why": "Find work near home", "made_on": "20.11.2026"} | facts


def kept() -> Referral:
    return db.session.scalars(select(Referral)).one()


def test_a_referral_is_made_on_one_page_and_waits_for_the_service_s_own_term(browser, case):
    service = make_service(answer_working_days=5)
    page = f"/cases/{case.id}/referrals/new?direction=employment"

    assert "answers within 5 working days" in browser.get(page).text
    answer = browser.post(page, data=form_of(service))

    referral = kept()
    assert answer.location == f"/referrals/{referral.id}"
    assert referral.number == f"R-2026-{referral.id:06d}"
    assert referral.answer_by == date(2026, 11, 27)
    assert referral.standing == Standing.MADE
    assert service.en in browser.get(f"/people/{case.client_id}/assistance").text


def test_without_a_term_of_its_own_the_norm_counts_working_days(app, case):
    assert make_referral(case).answer_by == date(2026, 12, 4)


def test_what_cannot_be_referred_is_refused_with_a_sentence_and_the_text_stays(browser, case):
    service = make_service()
    page = f"/cases/{case.id}/referrals/new?direction=employment"
    make_referral(case, service)

    for facts, sentence in (
        ({}, "to this service is still open"),
        ({"made_on": "21.11.2026"}, "This date is in the future"),
        ({"made_on": "1.1.2026"}, "The case was not yet on the register"),
        ({"service_id": "999"}, "Choose one of the answers in the list"),
        ({"why": " "}, "Write what the person is referred for"),
    ):
        said = browser.post(page, data=form_of(service, **facts)).text
        assert sentence in said
        assert facts.get("why") or "Find work near home" in said
    assert kept()


def test_nobody_is_referred_to_a_service_that_closed(browser, case):
    closed = make_service(en="Closed courses", valid_to=today(), closed_because="No money")
    page = f"/cases/{case.id}/referrals/new?direction=employment&region=all"

    assert "Closed courses" not in browser.get(page).text
    browser.post(page, data=form_of(closed))
    assert not db.session.scalars(select(Referral)).all()
    with speaking("en"), pytest.raises(NotPossible, match="closed on"):
        make_referral(case, closed)


def test_a_service_of_another_region_is_asked_about_once(browser, case, officer):
    home = make_region("750000000")
    saved(Address(client_id=case.client_id, region_code=home.code, text="Алматы", from_on=date(2026, 1, 1),
                  registration=Registration.PERMANENT))  # fmt: skip
    far = make_service(make_organisation(region_code=make_region().code))
    page = f"/cases/{case.id}/referrals/new?direction=employment"

    assert "has no such service" in browser.get(page).text
    asked = browser.post(page + "&region=all", data=form_of(far)).text
    assert "in another region" in asked
    assert f'name="elsewhere" type="hidden" value="{far.id}"' in asked
    browser.post(page + "&region=all", data=form_of(far, elsewhere=far.id))
    assert kept().service_id == far.id


def test_an_event_is_recorded_with_the_most_likely_one_first(browser, case):
    referral = make_silent(case)
    page = f"/referrals/{referral.id}/events/new"

    assert "<h2>Accepted</h2>" in browser.get(page).text
    browser.post(page, data={"on": "20.11.2026"})
    assert "<h2>Help started</h2>" in browser.get(page).text
    browser.post(f"{page}?event=started", data={"on": "20.11.2026"})
    browser.post(f"{page}?event=attended", data={"days": "20.11.2026, 20.11.26"})
    browser.post(f"{page}?event=done", data={"on": "20.11.2026", "result": "consulted_only"})

    referral = kept()
    assert referral.standing == Standing.DONE
    assert referral.result == Result.CONSULTED_ONLY
    assert [row.kind for row in referral.events] == [Event.ACCEPTED, Event.STARTED, Event.ATTENDED, Event.DONE]
    shown = " ".join(browser.get(f"/people/{case.client_id}/assistance").text.split())
    assert "<span>Consulted only</span> <strong>1</strong>" in shown
    assert "<span>Helped</span> <strong>0</strong>" in shown


def test_several_days_of_attendance_are_kept_together_or_not_at_all(browser, case):
    referral = tell(make_silent(case), Event.STARTED, today() - 20 * DAY)
    page = f"/referrals/{referral.id}/events/new?event=attended"

    refused = browser.post(page, data={"days": "2.11.2026, 1.10.2026"}).text
    assert "recorded on a later day" in refused
    assert not kept().attended
    browser.post(page, data={"days": "2.11.2026, 9.11.2026; 4.11.2026"})
    assert kept().attended == [date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 9)]


def test_what_does_not_fit_is_refused_with_a_sentence(browser, case):
    referral = make_silent(case)

    for event, typed, sentence in (
        ("done", {}, "Choose what came of it"),
        ("done", {"result": "other"}, "alone says nothing"),
        ("declined", {"declined": "other"}, "alone says nothing"),
        ("declined", {"declined": "stopped_coming"}, "Choose the reason"),
        ("withdrawn", {}, "Write why the referral is withdrawn"),
        ("dropped", {"dropped": "moved"}, "so none can stop"),
        ("attended", {"days": "20.11.2026"}, "The start of the help is not recorded yet"),
        ("accepted", {"on": "21.11.2026"}, "in the future"),
        ("accepted", {"on": "1.3.2026"}, "was not made by that day"),
        ("accepted", {"on": "yesterday"}, "There is no such date"),
        ("nonsense", {"on": "21.11.2026"}, "in the future"),
    ):
        page = f"/referrals/{referral.id}/events/new?event={event}"
        assert sentence in browser.post(page, data={"on": "20.11.2026"} | typed).text
    assert not db.session.scalars(select(ReferralEvent)).all()


def test_two_officers_and_one_end(app, case):
    """The second of two at once finds the rule, and behind the rule the database."""
    referral = tell(make_referral(case), Event.WITHDRAWN)

    with speaking("en"), pytest.raises(NotPossible, match="has ended"):
        tell(referral, Event.DONE)


def test_a_case_off_the_register_takes_only_what_happened_before(browser, case, officer):
    referral = make_silent(case)
    case.deregister(Ground.TERM_ENDED, today() - DAY, officer, None, now())
    db.session.commit()
    page = f"/referrals/{referral.id}/events/new?event=accepted"

    assert "off the register since" in browser.post(page, data={"on": "20.11.2026"}).text
    browser.post(page, data={"on": "19.11.2026"})
    assert kept().standing == Standing.ACCEPTED
    assert clock_of(kept()) is None
    browser.post(f"/cases/{case.id}/referrals/new?direction=employment", data=form_of(make_service()))
    assert kept() is not None


def test_a_reminder_is_noted_and_sets_the_next_one(browser, case):
    referral = make_silent(case)
    page = f"/referrals/{referral.id}/reminders/new"
    assert clock_of(referral).is_late_on(today())

    assert "in the future" in browser.post(page, data={"how": "phone", "on": "21.11.2026"}).text
    browser.post(page, data={"how": "phone", "on": "20.11.2026"})

    reminder = db.session.scalars(select(ReferralReminder)).one()
    assert reminder.next_on == date(2026, 11, 27)
    assert clock_of(kept()).due_on == date(2026, 11, 27)
    tell(kept(), Event.WITHDRAWN)
    assert browser.post(page, data={"how": "phone", "on": "20.11.2026"}).location == f"/referrals/{referral.id}"


def test_another_office_s_referral_is_not_there(browser):
    elsewhere = make_referral(make_case(make_user(office=make_office("B-1"))))

    for page in ("", "/events/new", "/reminders/new", "/letter/kk.pdf"):
        assert browser.get(f"/referrals/{elsewhere.id}{page}").status_code == 404


def test_the_same_form_twice_refers_once(browser, case):
    page, service = f"/cases/{case.id}/referrals/new?direction=employment", make_service()
    data = form_of(service, receipt="once")

    assert browser.post(page, data=data).location == browser.post(page, data=data).location
    assert kept()


def test_a_closed_service_warns_on_the_referrals_that_wait_for_it(browser, case):
    referral = make_silent(case)
    referral.service.valid_to = today()
    db.session.commit()

    assert "This service closed on" in browser.get(f"/referrals/{referral.id}").text


def test_the_head_of_service_may_refer_too(sign_in, case):
    page = f"/cases/{case.id}/referrals/new?direction={Direction.EMPLOYMENT}"

    sign_in(make_user(Role.SUPERVISOR)).post(page, data=form_of(make_service()))

    assert kept().case_id == case.id


def test_a_step_of_the_programme_asks_for_a_referral_and_its_progress_is_shown(browser, officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))
    step = next(step for goal in version.goals for step in goal.steps if step.direction)
    thread, need, case_id, program_id = step.thread, step.goal.need.code, version.case.id, version.program_id
    with speaking("en"):
        words = escape(step_in_words(step))
    page = f"/cases/{case_id}/referrals/new?direction={step.direction}&step={thread}&need={need}"
    service = make_service(direction=step.direction)

    assert escape(page) in browser.get(f"/programs/{program_id}").text
    assert words in browser.get(page).text
    browser.post(page, data=form_of(service, need_code=need))
    referral = kept()
    assert (referral.step_thread, referral.need_code) == (thread, need)
    assert words in browser.get(f"/referrals/{referral.id}").text
    assert words not in browser.get(f"/cases/{make_case(officer).id}/referrals/new?step={thread}").text
