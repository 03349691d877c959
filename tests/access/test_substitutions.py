"""Standing in for an officer opens that officer's cases, to nobody else, and for no day longer than was said."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.access.policy import Permission, allows
from app.access.substitutions.models import Substitution, SubstitutionEnding
from app.audit.models import Entry
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.reach import cases_within, clients_within
from app.clock import COUNTRY, now, today
from app.db import db
from tests.databases import on_postgresql
from tests.factories.assessments import make_completed
from tests.factories.contacts import make_group_event
from tests.factories.levels import make_objection
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.referrals import make_silent
from tests.factories.releases import make_consent, make_prisoner
from tests.factories.saving import saved
from tests.factories.signals import make_signal
from tests.factories.substitutions import make_substitution

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAY = timedelta(days=1)
LISTS = (
    "/", "/caseload", "/caseload.csv", "/people", "/people?q=Серік", "/referrals?state=", "/signals",
    "/referrals.csv?state=",
)  # fmt: skip


@pytest.fixture
def absent(app):
    return make_user(full_name="Жақсыбеков Нұрлан")


@pytest.fixture
def substitute(app):
    return make_user(full_name="Асанова Айгүл")


@pytest.fixture
def case(absent) -> Case:
    """A case of the absent officer that stands in every list: with a signal and a referral without an answer."""
    case = make_case(absent, client=make_client(surname="Қабдолов", given_name="Серік", registered_by_id=absent.id))
    make_silent(case)
    make_signal(case)
    return case


def names_in(browser, addresses=LISTS) -> dict[str, bool]:
    return {address: "Қабдолов" in browser.get(address).get_data(as_text=True) for address in addresses}


def all_of(found: bool) -> dict[str, bool]:
    return dict.fromkeys(LISTS, found)


def pages_of(case: Case) -> list[str]:
    person = f"/people/{case.client_id}"
    tabs = ("record", "supervision", "assessments", "programs", "assistance", "sessions")
    return [person, *(f"{person}/{tab}" for tab in tabs), f"/cases/{case.id}", f"/cases/{case.id}/edit"]


def answers(browser, addresses) -> set[int]:
    return {browser.get(address).status_code for address in addresses}


@pytest.mark.one_engine
def test_the_day_of_who_is_away_says_who_stands_in(sign_in, stopped_clock, absent, substitute):
    browser = sign_in(absent)
    assert "stands in for you" not in browser.get("/").text
    make_substitution(absent, substitute)
    assert "Асанова Айгүл stands in for you until" in browser.get("/").text
    assert "stands in for you" not in sign_in(substitute).get("/").text
    stopped_clock.move(days=7)
    assert "stands in for you" not in sign_in(absent).get("/").text


def test_lists_search_exports_day_and_signals_follow_and_end_with_the_last_day(
    sign_in, stopped_clock, absent, substitute, case
):
    third, addresses = make_user(full_name="Үшінші Ұлан"), pages_of(case)
    browser, other = sign_in(substitute), sign_in(third)
    assert names_in(browser) == all_of(False)

    make_substitution(absent, substitute, today(), today() + DAY)

    for _day in range(2):
        assert names_in(browser) == all_of(True)
        assert answers(browser, addresses) == {200}
        assert names_in(other) == all_of(False)
        assert answers(other, addresses) == {404}
        stopped_clock.move(days=1)
        browser, other = sign_in(substitute), sign_in(third)
    assert names_in(browser) == all_of(False)
    assert answers(browser, addresses) == {404}
    assert names_in(sign_in(absent)) == all_of(True)


def test_it_ends_at_midnight_in_an_open_browser(sign_in, stopped_clock, absent, substitute, case):
    stopped_clock.moment = datetime(2026, 11, 20, 23, 59, tzinfo=COUNTRY)
    make_substitution(absent, substitute, today(), today())
    browser, address = sign_in(substitute), f"/people/{case.client_id}"
    assert browser.get(address).status_code == 200

    stopped_clock.move(minutes=1)

    assert browser.get(address).status_code == 404


def test_it_opens_nothing_before_its_first_day(sign_in, stopped_clock, absent, substitute, case):
    make_substitution(absent, substitute, today() + DAY)

    assert names_in(sign_in(substitute)) == all_of(False)
    stopped_clock.move(days=1)
    assert names_in(sign_in(substitute)) == all_of(True)


def test_it_is_said_for_whom(sign_in, absent, substitute, case):
    make_case(substitute, client=make_client(surname="Өз", registered_by_id=substitute.id))
    make_substitution(absent, substitute)
    browser = sign_in(substitute)

    assert "You stand in for Жақсыбеков Нұрлан until 26 Nov 2026" in browser.get("/instruments").text
    assert 'tone-caution">for Жақсыбеков Нұрлан</span>' in browser.get(f"/people/{case.client_id}").text
    for address in ("/", "/signals", "/referrals?state=", "/caseload"):
        assert 'caption">for Жақсыбеков Нұрлан<' in browser.get(address).text, address
    assert browser.get("/people").text.count('caption">for Жақсыбеков Нұрлан<') == 1  # of two people


def test_the_journal_names_who_acted(sign_in, absent, substitute, case):
    make_substitution(absent, substitute)

    sign_in(substitute).get(f"/people/{case.client_id}/record")

    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.actor_id, entry.client_id) == (substitute.id, case.client_id)


def test_what_is_kept_apart_stays_with_the_officer_of_the_case(sign_in, absent, substitute):
    prisoner = make_prisoner(absent)
    consent = make_consent(prisoner)
    make_substitution(absent, substitute)
    addresses = (f"/cases/{prisoner.id}/treatment", f"/treatment-consents/{consent.id}/handovers/new")
    known = [address for address in addresses if sign_in(absent).get(address).status_code == 200]

    assert known
    assert answers(sign_in(substitute), known) == {404}
    assert sign_in(substitute).get(f"/people/{prisoner.client_id}").status_code == 200


def test_it_reaches_one_step_only(sign_in, absent, substitute, case):
    """The database refuses a chain; were there one all the same, it would open nothing."""
    third = make_user(full_name="Үшінші Ұлан")
    theirs = make_case(third, client=make_client(surname="Үшіншінің", registered_by_id=third.id))
    make_substitution(absent, substitute)
    db.session.execute(db.text("DROP TRIGGER substitutions_frozen_insert" + " ON substitutions" * on_postgresql()))
    saved(raw(third, absent))
    db.session.expire_all()

    assert absent.stands_for == {third.id}
    assert allows(absent, Permission.VIEW_CLIENT, theirs)
    assert substitute.stands_for == {absent.id}
    assert not allows(substitute, Permission.VIEW_CLIENT, theirs)
    assert sign_in(absent).get(f"/people/{theirs.client_id}").status_code == 200
    assert sign_in(substitute).get(f"/people/{theirs.client_id}").status_code == 404


def test_a_suspended_officer_substitutes_nobody(sign_in, absent, substitute, case):
    make_substitution(absent, substitute)
    browser = sign_in(substitute)
    assert names_in(browser) == all_of(True)

    substitute.suspend(make_user(Role.ADMINISTRATOR), now())
    db.session.commit()

    assert substitute.stands_for == frozenset()
    assert answers(browser, ["/people"]) == {302}


def test_it_never_crosses_offices(absent, substitute, case):
    """Neither when somebody moves, nor for cases that an officer still holds in another office."""
    elsewhere = make_office("B-2")
    left_behind = make_case(absent, office_id=elsewhere.id)
    make_substitution(absent, substitute)
    within = select(Case.id).where(cases_within(substitute, Permission.VIEW_CLIENT))
    assert db.session.scalars(within).all() == [case.id]
    assert not allows(substitute, Permission.VIEW_CLIENT, left_behind)

    absent.move(Role.OFFICER, elsewhere.id)
    db.session.commit()
    assert substitute.stands_for == frozenset()

    absent.move(Role.OFFICER, substitute.office_id)
    substitute.move(Role.OFFICER, elsewhere.id)
    db.session.commit()
    assert substitute.stands_for == frozenset()


def test_somebody_who_is_no_officer_any_more_stands_in_for_nobody(absent, substitute, case):
    make_substitution(absent, substitute)

    for role in set(Role) - {Role.OFFICER}:
        substitute.move(role, substitute.office_id)
        assert substitute.stands_for == frozenset()


def test_lists_hold_exactly_what_the_guard_would_admit(absent, substitute, case):
    make_case(absent, office_id=make_office("B-2").id)
    make_case(substitute)
    make_case(make_user())
    make_substitution(absent, substitute)
    for permission in Permission:
        for model, within in ((Client, clients_within), (Case, cases_within)):
            listed = set(db.session.scalars(select(model.id).where(within(substitute, permission))))
            rows = db.session.scalars(select(model)).unique()
            assert listed == {row.id for row in rows if allows(substitute, permission, row)}, permission


def test_the_head_names_and_ends_it(sign_in, absent, substitute, case):
    head = make_user(Role.SUPERVISOR)
    browser = sign_in(head)

    answer = browser.post("/substitutions/new", data={
        "absent_id": absent.id, "substitute_id": substitute.id, "from_on": "20.11.2026", "last_on": "27.11.26",
        "reason": "Leave",
    })  # fmt: skip

    assert answer.status_code == 302
    row = db.session.scalars(select(Substitution)).one()
    assert (row.to_on, row.by_id, row.office_id) == (date(2026, 11, 28), head.id, head.office_id)
    assert "Жақсыбеков Нұрлан" in browser.get("/substitutions").text
    assert names_in(sign_in(substitute)) == all_of(True)

    browser.post(f"/substitutions/{row.id}/ending")

    assert names_in(sign_in(substitute)) == all_of(False)
    assert "ended on" in browser.get("/substitutions").text
    assert "over already" in browser.post(f"/substitutions/{row.id}/ending", follow_redirects=True).text
    assert db.session.query(SubstitutionEnding).count() == 1


WRONG = (
    ({"substitute": "absent"}, "Nobody can stand in for themselves"),
    ({"last_on": "19.11.2026"}, "no day is left"),
    ({"from_on": "19.11.2026"}, "begins today or later"),
    ({"last_on": "24.11.2028"}, "longer than a year"),
    ({"last_on": "31.12.9999"}, "Something is missing or wrong"),
    ({"last_on": "31.02.2026"}, "There is no such date"),
    ({"reason": " "}, "Enter the reason"),
    ({"substitute": "stranger"}, "Choose one of the answers"),
    ({"substitute": "head"}, "Choose one of the answers"),
    ({"substitute": "suspended"}, "Choose one of the answers"),
    ({"absent": "busy"}, "stands in for"),
    ({"absent": "away"}, "already"),
    ({"substitute": "away"}, "cannot stand in for anybody"),
)


def test_what_cannot_be_is_told_and_what_was_typed_stays(sign_in, absent, substitute):
    head = make_user(Role.SUPERVISOR)
    people = {
        "absent": absent, "substitute": substitute, "head": head, "suspended": make_user(),
        "stranger": make_user(office=make_office("B-2")), "away": make_user(), "busy": make_user(),
    }  # fmt: skip
    people["suspended"].suspend(head, now())
    db.session.commit()
    make_substitution(people["away"], people["busy"])
    numbers = {name: user.id for name, user in people.items()}
    browser = sign_in(head)
    for given, told in WRONG:
        values = {"absent": "absent", "substitute": "substitute", "from_on": "20.11.2026", "last_on": "24.11.2026",
                  "reason": "Away"} | given  # fmt: skip
        values["absent_id"] = numbers[values.pop("absent")]
        values["substitute_id"] = numbers[values.pop("substitute")]

        answer = browser.post("/substitutions/new", data=values)

        assert answer.status_code == 422, given
        assert told in answer.text, given
        assert f'value="{values["reason"].strip()}"' in answer.text, given
    assert db.session.query(Substitution).count() == 1


def raw(absent, substitute, **facts) -> Substitution:
    defaults = {"from_on": today(), "to_on": today() + 7 * DAY, "office_id": absent.office_id}
    return Substitution(absent=absent, substitute=substitute, reason="x", by_id=absent.id, at=now(), **defaults | facts)


def test_the_database_has_the_last_word(absent, substitute):
    third, stranger = make_user(), make_user(office=make_office("B-2"))
    first = make_substitution(absent, substitute)
    db.session.commit()
    refused = [
        lambda: raw(absent, third),
        lambda: raw(substitute, third),
        lambda: raw(third, absent),
        lambda: raw(third, third),
        lambda: raw(third, substitute, to_on=today()),
        lambda: raw(third, stranger),
        lambda: raw(third, substitute, office_id=stranger.office_id),
    ]

    for make in refused:
        with pytest.raises(DBAPIError), db.session.no_autoflush:
            saved(make())
        db.session.rollback()
    for change in ("UPDATE substitutions SET to_on = '2030-01-01'", "DELETE FROM substitutions"):
        with pytest.raises(DBAPIError):
            db.session.execute(db.text(change))
        db.session.rollback()
    saved(SubstitutionEnding(substitution_id=first.id, on=today(), by_id=absent.id, at=now()))
    db.session.expire_all()
    saved(raw(absent, third))


def test_the_officer_who_is_away_keeps_their_own_reach(sign_in, absent, substitute, case):
    make_objection(make_completed(case))
    make_substitution(absent, substitute)

    assert names_in(sign_in(absent)) == all_of(True)
    assert substitute.id not in absent.stands_for


def test_group_events_of_who_is_away_are_held_by_who_stands_in(sign_in, absent, substitute):
    third = make_user()
    event = make_group_event([make_case(absent)], on=today())
    page = f"/group-events/{event.id}"
    assert sign_in(substitute).get(page).status_code == 404

    make_substitution(absent, substitute)

    assert sign_in(substitute).get(page).status_code == 200
    assert page in sign_in(substitute).get("/").text
    assert sign_in(third).get(page).status_code == 404
    assert page not in sign_in(third).get("/").text
