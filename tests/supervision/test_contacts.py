"""Contacts between two visits: a short form for each kind, what is refused, and who has been silent."""

from datetime import date, timedelta
from html import escape

import pytest
from sqlalchemy import exc, select, text

from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.supervision.calendar.models import Visit, VisitOutcome
from app.supervision.calendar.vocabulary import Came, VisitKind
from app.supervision.contacts.models import Contact
from app.supervision.contacts.noting import withdraw_contact
from app.supervision.contacts.queries import last_contacts
from app.supervision.contacts.silence import is_silent, silent_since
from app.supervision.contacts.vocabulary import ContactKind, Means, TalkAbout, Whom
from tests.factories.community_work import make_order, make_timesheet, work
from tests.factories.contacts import attend, make_contact, make_group_event, withdrawn
from tests.factories.people import make_case, make_user
from tests.factories.saving import saved
from tests.factories.visits import make_visit

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("stopped_clock")
plain = pytest.mark.one_engine  # reading and writing that both engines do alike

TODAY = "20.11.2026"
TALK = {"whom": "person", "about": "preventive", "words": "Work, and the way home", "minutes": "25", "on": TODAY}
FORMS = {
    "talk": TALK,
    "call": {"whom": "family", "words": "The mother answered", "on": TODAY},
    "message": {"means": "sms", "whom": "person", "answered": "y", "words": "Come on Monday", "on": TODAY},
    "home-visit": {"whom": "nobody", "on": TODAY},
    "workplace": {"place": "Bakery", "whom": "employer", "on": TODAY},
}


def kept() -> Contact:
    return db.session.scalars(select(Contact).order_by(Contact.id.desc()).limit(1)).one()


@plain
def test_each_kind_is_noted_on_one_short_page(browser, case):
    case_id, client_id = case.id, case.client_id
    for noun, typed in FORMS.items():
        page = f"/cases/{case_id}/contacts/{noun}/new"
        assert browser.get(page).status_code == 200

        answer = browser.post(page, data=typed)

        assert answer.location == f"/people/{client_id}/supervision#contacts"
        contact = kept()
        assert (contact.kind.noun, contact.on) == (noun, today())
        assert browser.get(f"/contacts/{contact.id}").status_code == 200
    assert browser.get(f"/people/{client_id}/supervision").status_code == 200


@plain
def test_a_form_opened_from_the_day_leads_back_to_it_and_nowhere_else(browser, case):
    page = f"/cases/{case.id}/contacts/call/new"
    shown = browser.get(f"{page}?back=/").text
    assert 'name="back" type="hidden" value="/"' in shown
    assert f'/cases/{case.id}/contacts/talk/new?back=/"' in shown
    assert browser.post(page, data=FORMS["call"] | {"back": "/"}).location == "/"
    visit = f"/visits/{make_visit(case).id}/outcome"
    assert f'/contacts/talk/new?back={visit}?back%3D/"' in browser.get(f"{visit}?back=/").text
    for elsewhere in ("https://example.org", "//example.org"):
        answer = browser.post(page, data=FORMS["call"] | {"back": elsewhere})
        assert answer.location == f"/people/{case.client_id}/supervision#contacts"


@plain
def test_a_talk_keeps_what_was_said_of_it(browser, case):
    browser.post(f"/cases/{case.id}/contacts/talk/new", data=TALK)

    contact = kept()
    assert (contact.whom, contact.reached, contact.about) == (Whom.PERSON, True, TalkAbout.PREVENTIVE)
    assert (contact.minutes, contact.words) == (25, "Work, and the way home")
    assert "Work, and the way home" in browser.get(f"/people/{case.client_id}/contacts").text


@plain
def test_nobody_at_home_is_an_attempt_to_reach_the_person(browser, case):
    browser.post(f"/cases/{case.id}/contacts/home-visit/new", data=FORMS["home-visit"])

    assert (kept().whom, kept().reached) == (Whom.PERSON, False)
    assert "nobody was reached" in browser.get(f"/people/{case.client_id}/supervision").text


REFUSED = [
    ({"on": "21.11.2026"}, "This date is in the future."),
    ({"on": "04.01.2026"}, "The case was not yet on the register on this day."),
    ({"on": "31.02.2026"}, "There is no such date."),
    ({"on": ""}, "Enter the day."),
    ({"whom": ""}, "Choose whom."),
    ({"whom": "employer"}, "Choose one of the answers in the list."),
    ({"about": "weather"}, "Choose what it was about."),
    ({"whom": "other", "words": ""}, "“Other” alone says nothing."),
    ({"about": "other", "words": " "}, "“Other” alone says nothing."),
    ({"minutes": "0"}, "Write a number from 1 to 600."),
    ({"minutes": "half"}, "Write a whole number"),
    ({"words": "x" * 2001}, "This is too long."),
]


@plain
def test_what_cannot_be_is_refused_with_a_sentence_and_what_was_typed_stays(browser, case):
    page = f"/cases/{case.id}/contacts/talk/new"
    for given, said in REFUSED:
        typed = TALK | {"words": "Keep this text"} | given

        answer = browser.post(page, data=typed)

        assert answer.status_code == 422
        assert escape(said) in answer.text
        assert escape(typed["words"].strip())[:40] in answer.text
    assert db.session.scalars(select(Contact)).all() == []


@plain
def test_a_closed_case_takes_no_contact(browser, officer):
    case = make_case(officer)
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    answer = browser.post(f"/cases/{case.id}/contacts/talk/new", data=TALK, follow_redirects=True)

    assert "This case is off the register." in answer.text
    with pytest.raises(NotPossible):
        make_contact(case)
    assert db.session.scalars(select(Contact)).all() == []


@plain
def test_a_form_that_arrives_twice_is_noted_once(browser, case):
    for _press in range(2):
        browser.post(f"/cases/{case.id}/contacts/talk/new", data=TALK | {"receipt": "the-same-form"})

    assert len(db.session.scalars(select(Contact)).all()) == 1


@plain
def test_a_contact_is_withdrawn_with_its_reason_once(browser, case):
    contact = make_contact(case)

    browser.post(f"/contacts/{contact.id}/withdrawal", data={"reason": "It was another person"})

    page = browser.get(f"/people/{case.client_id}/supervision").text
    assert "It was another person" in page
    assert "has not been reached since the registration" in page
    again = browser.post(f"/contacts/{contact.id}/withdrawal", data={"reason": "Twice"}, follow_redirects=True)
    assert "cannot be withdrawn any more" in again.text
    with pytest.raises(NotPossible):
        withdraw_contact(db.session.get(Contact, contact.id), "Twice", make_user(), now())


@plain
def test_the_timeline_tells_of_contacts_events_and_community_work(browser, case):
    make_contact(case, words="About the way home")
    make_contact(case, ContactKind.CALL, reached=False)
    withdrawn(make_contact(case, words="Never was"))
    attend(make_group_event([case]))
    work(order := make_order(case), today())
    make_timesheet(order)

    page = browser.get(f"/people/{case.client_id}?room=supervision").text

    for words in ("Talk: the person", "About the way home", "Telephone call: not reached",
                  "Group event “How to look for work”: came", "Community work ordered: 100 hours",
                  "Timesheet of community work, 11.2026: 4 h"):  # fmt: skip
        assert words in page
    assert "Never was" not in page


@plain
def test_the_list_goes_on_where_the_page_ends(browser, case):
    for number in range(27):
        make_contact(case, on=today() - DAY * number, words=f"Talk no. {number};")

    first = browser.get(f"/people/{case.client_id}/contacts").text
    older = browser.get(f"/people/{case.client_id}/contacts?before={(today() - DAY * 24).isoformat()}.25").text

    assert "Talk no. 24;" in first
    assert "Talk no. 25;" not in first
    assert "Talk no. 25;" in older
    assert "Talk no. 24;" not in older
    assert browser.get(f"/people/{case.client_id}/contacts?before=nonsense.٣").status_code == 200


def test_what_was_noted_stays_in_the_database(app, case):
    contact = make_contact(case, words="As it was")

    with pytest.raises(exc.DBAPIError, match="what was written stays"):
        db.session.execute(text("UPDATE contacts SET words = 'Otherwise'"))
    db.session.rollback()
    with pytest.raises(exc.DBAPIError, match="what was written stays"):
        db.session.execute(text("DELETE FROM contacts"))
    db.session.rollback()
    assert db.session.get(Contact, contact.id).words == "As it was"


def answer_visit(case, on, *kinds):
    """A visit with its outcomes, the last of which counts."""
    by = case.assignment.officer
    visit = saved(Visit(case=case, kind=VisitKind.REPORTING, on=on, made_at=now(), made_by=by, is_settled=True))
    for ordinal, kind in enumerate(kinds, start=1):
        words = "Corrected" if ordinal > 1 else None
        saved(VisitOutcome(visit=visit, ordinal=ordinal, kind=kind, on=on, words=words, by=by, at=now()))
    return visit


def silence() -> dict[int, date]:
    return dict(db.session.execute(select(Case.id, silent_since())).all())


def silent_after(day: date) -> set[int]:
    return set(db.session.scalars(select(Case.id).where(is_silent(day))))


def test_only_the_person_s_own_voice_ends_a_silence(app, officer):
    never = make_case(officer)
    spoken, tried, family, slip, came, stayed_away = (make_case(officer) for _number in range(6))
    make_contact(spoken, on=date(2026, 11, 1))
    make_contact(spoken, on=date(2026, 10, 1))
    make_contact(tried, ContactKind.CALL, reached=False)
    make_contact(family, ContactKind.HOME_VISIT, whom=Whom.FAMILY)
    make_contact(family, ContactKind.MESSAGE, means=Means.SMS, reached=False)
    withdrawn(make_contact(slip))
    answer_visit(came, date(2026, 11, 5), Came.DID_NOT_COME, Came.CAME_LATE)
    answer_visit(stayed_away, date(2026, 11, 5), Came.CAME, Came.DID_NOT_COME)

    found = silence()

    assert found[spoken.id] == date(2026, 11, 1)
    assert found[came.id] == date(2026, 11, 5)
    registered = date(2026, 1, 5)
    silent = {case.id for case in (never, tried, family, slip, stayed_away)}
    assert {number for number, day in found.items() if day == registered} == silent
    assert silent_after(date(2026, 10, 31)) == silent
    assert silent_after(date(2026, 11, 1)) == silent | {spoken.id}
    assert silent_after(registered - DAY) == set()
    assert last_contacts([spoken, never, came]) == {
        spoken.id: date(2026, 11, 1), never.id: None, came.id: date(2026, 11, 5)
    }  # fmt: skip
