"""Group events: who is on the list, who came, and what is refused."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import exc, select

from app.access.models import Role
from app.audit.models import Entry, Kind
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.supervision.contacts.groups.holding import cancel_event, note_attendance, put_on_list
from app.supervision.contacts.models import GroupEvent, GroupParticipant
from app.supervision.contacts.silence import is_silent
from app.supervision.contacts.vocabulary import Attended
from tests.factories.contacts import attend, make_group_event
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.substitutions import make_substitution

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("stopped_clock")
plain = pytest.mark.one_engine

EVENT = {"title": "How to look for work", "kind": "training", "on": "20.11.2026", "time": "10:30", "minutes": "90",
         "place": "Career centre"}  # fmt: skip


@pytest.fixture
def cases(officer):
    names = ("Ахметов", "Бекенов", "Жұмабаев")
    return [make_case(officer, make_client(surname=name, registered_by_id=officer.id)) for name in names]


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def kept() -> GroupEvent:
    return db.session.scalars(select(GroupEvent)).one()


def acts(kind: Kind = Kind.ACT) -> list[int]:
    """The people of whom an act was journalled."""
    found = select(Entry.client_id).where(Entry.kind == kind, Entry.subject == "groupparticipant")
    return sorted(db.session.scalars(found))


def latest(event: GroupEvent) -> dict[int, Attended | None]:
    rows = db.session.get(GroupEvent, event.id).participants
    return {row.case_id: row.attendance and row.attendance.kind for row in rows}


@plain
def test_an_event_is_made_with_its_list_and_then_with_who_came(browser, cases):
    assert "Бекенов" in browser.get("/group-events/new").text
    first, second, third = (case.id for case in cases)
    people = sorted(case.client_id for case in cases[:2])

    browser.post("/group-events/new", data=EVENT | {"people": [first, second]})

    event = kept()
    assert (event.minute, event.minutes, event.title) == (630, 90, "How to look for work")
    assert {row.case_id for row in event.participants} == {first, second}
    assert acts() == people, "the act is noted of each person"
    came, excused = (row.id for row in event.participants)
    address = f"/group-events/{event.id}"
    assert "10:30" in browser.get(address).text
    assert "attendance of 2 people not noted" in browser.get("/group-events").text
    browser.post(f"{address}/attendance", data={f"came_{came}": "came"})
    assert acts() == sorted([*people, people[0]]), "who was left blank has no act"
    browser.post(
        f"{address}/attendance",
        data={f"came_{came}": "came", f"came_{excused}": "valid_reason", f"words_{excused}": "A note of the clinic"},
    )
    assert latest(event) == {first: Attended.CAME, second: Attended.VALID_REASON}
    browser.post(f"{address}/participants", data={"people": [third]})
    assert latest(event)[third] is None
    client = db.session.get(Case, first).client_id
    assert "How to look for work" in browser.get(f"/people/{client}/supervision").text
    assert "1 of 3 came" in browser.get("/group-events").text


@plain
def test_the_search_finds_more_people_and_loses_nothing_that_was_typed(browser, cases):
    typed = EVENT | {"people": [cases[0].id], "words": "жұма", "find": "1"}

    page = browser.post("/group-events/new", data=typed).text

    assert "Жұмабаев" in page
    assert "Бекенов" not in page
    assert "How to look for work" in page
    assert re.findall(r'<input checked[^>]*value="(\d+)"', page) == [str(cases[0].id)]
    assert "Something is missing" not in page
    assert db.session.scalars(select(GroupEvent)).all() == []


@plain
def test_what_cannot_be_is_refused_with_a_sentence(browser, cases, sign_in):
    one, stranger = cases[0], make_case(make_user(office=make_office("B-2")))
    same_person = make_case(one.assignment.officer, client=one.client)
    late = make_case(one.assignment.officer, registered_on=today(), judged_on=today())
    refused = [
        ({"people": []}, "Choose at least one participant."),
        ({"people": [one.id, one.id]}, "The same person is chosen twice."),
        ({"people": [one.id, same_person.id]}, "is on the list already: nobody is on it twice."),
        ({"people": [stranger.id]}, "Choose only people in the list."),
        ({"people": ["'; DROP TABLE", "٣", "99999999999"]}, "Choose only people in the list."),
        ({"people": [late.id], "on": "19.11.2026"}, "was not yet on the register on the day of the event."),
        ({"people": [one.id], "on": "21.11.2027"}, "This day is more than a year ahead."),
        ({"people": [one.id], "title": " "}, "Write what the event is called."),
        ({"people": [one.id], "time": "25:00"}, "There is no such time."),
        ({"people": [one.id], "kind": "party"}, "Choose the kind of event."),
    ]

    for given, said in refused:
        answer = browser.post("/group-events/new", data=EVENT | given)
        assert answer.status_code == 422
        assert said in answer.text
    assert db.session.scalars(select(GroupEvent)).all() == []


@plain
def test_whoever_opens_an_event_has_read_of_each_person_on_its_list(browser, cases):
    elsewhere = make_case(make_user(office=make_office("B-2")))
    event, people = make_group_event([*cases, elsewhere], on=today()), sorted(case.client_id for case in cases)

    browser.get(f"/group-events/{event.id}")
    assert acts(Kind.READ) == people, "and of nobody who stays unnamed"
    browser.get(f"/group-events/{event.id}/attendance")
    assert acts(Kind.READ) == sorted([*people, *people])


@plain
def test_an_event_of_another_officer_is_not_there_and_a_head_sees_the_office(browser, cases, sign_in):
    colleague = make_user()
    event = make_group_event([make_case(colleague)])
    elsewhere = make_group_event([make_case(make_user(office=make_office("B-2")))])
    head = sign_in(make_user(Role.SUPERVISOR))

    assert browser.get(f"/group-events/{event.id}").status_code == 404
    assert head.get(f"/group-events/{event.id}").status_code == 200
    assert head.get(f"/group-events/{elsewhere.id}").status_code == 404


@plain
def test_who_stands_in_notes_who_came(cases, officer, sign_in):
    event = make_group_event(cases[:1])
    substitute = make_user()
    browser = sign_in(substitute)
    assert browser.get(f"/group-events/{event.id}").status_code == 404
    make_substitution(officer, substitute)
    row = event.participants[0].id

    assert "How to look for work" in browser.get("/group-events").text
    browser.post(f"/group-events/{event.id}/attendance", data={f"came_{row}": "came"})

    assert latest(event) == {cases[0].id: Attended.CAME}


@plain
def test_whose_case_went_elsewhere_is_counted_and_not_named(browser, cases):
    event = make_group_event(cases[:2])
    gone = cases[0]
    successor = make_user(office=make_office("B-2"))
    db.session.flush()
    new = gone.hand_over(successor.office_id, successor.id, now())
    db.session.flush()
    db.session.add(new)
    db.session.commit()

    page = browser.get(f"/group-events/{event.id}").text

    assert "Бекенов" in page
    assert "Ахметов" not in page
    assert "1 more person, whose case is held elsewhere now." in page


@plain
def test_attendance_waits_for_the_day_and_a_reason_for_its_proof(browser, cases, officer):
    ahead = make_group_event(cases[:1], on=today() + DAY)
    event = make_group_event(cases[:1])
    row = event.participants[0].id

    assert "has not taken place yet" in browser.get(
        f"/group-events/{ahead.id}/attendance", follow_redirects=True
    ).text  # fmt: skip
    said = browser.post(f"/group-events/{event.id}/attendance", data={f"came_{row}": "valid_reason"})
    assert "write what the valid reason is" in said.text
    with pytest.raises(NotPossible):
        note_attendance(db.session.get(GroupEvent, ahead.id), {}, officer, today(), now())


@plain
def test_a_cancelled_event_takes_nothing_more_and_one_that_took_place_is_not_cancelled(browser, cases, officer):
    event, held = make_group_event(cases[:1]), attend(make_group_event(cases[:1]))

    browser.post(f"/group-events/{event.id}/cancellation", data={"reason": "The hall is closed"})

    assert "The hall is closed" in browser.get(f"/group-events/{event.id}").text
    event = db.session.get(GroupEvent, event.id)
    for refused in (
        lambda: cancel_event(event, "Twice", officer, now()),
        lambda: put_on_list(event, [cases[1]], officer, now()),
        lambda: note_attendance(event, {}, officer, today(), now()),
    ):
        with pytest.raises(NotPossible):
            refused()
    answer = browser.post(f"/group-events/{held.id}/cancellation", data={"reason": "No"})
    assert "Somebody came to this event" in answer.text


@plain
def test_a_closed_case_is_put_on_no_list(app, cases, officer):
    cases[0].deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    with pytest.raises(NotPossible):
        make_group_event(cases[:1])


def test_the_database_takes_nobody_twice(app, cases, officer):
    event = make_group_event(cases[:1])
    again = GroupParticipant(event=event, case=cases[0], client_id=cases[0].client_id, by_id=officer.id, at=now())
    db.session.add(again)

    with pytest.raises(exc.IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_who_came_is_silent_no_more_until_it_is_corrected(app, cases):
    event = attend(make_group_event(cases))
    attend(event, Attended.DID_NOT_COME, only=cases[0])
    cancelled = make_group_event(cases[:1])
    cancel_event(cancelled, "Nobody could", cancelled.made_by, now())
    db.session.commit()

    found = set(db.session.scalars(select(Case.id).where(is_silent(today() - DAY))))

    assert found == {cases[0].id}
