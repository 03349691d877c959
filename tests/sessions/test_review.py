"""The officer confirms a session or asks; only confirmed time counts, and what was written stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.clock import now, today
from app.db import db
from app.sessions.hours import Hours, total
from app.sessions.models import Confirmation, Question, Session, Withdrawal
from app.sessions.queries import consents_ending, new_sessions, time_spent
from app.sessions.vocabulary import Standing
from tests.factories.people import make_case, make_office, make_user
from tests.factories.saving import saved
from tests.factories.sessions import days_ago, make_helper, make_match, make_session


@pytest.fixture
def match(officer):
    return make_match(make_case(officer))


@pytest.fixture
def browser(officer, sign_in):
    return sign_in(officer)


def standing(meeting):
    return db.session.get(Session, meeting.id).standing


def test_an_officer_confirms_a_session_and_its_time_counts(browser, match):
    meeting, other = make_session(match, minutes=90), make_session(match, on=days_ago(9), minutes=30)
    assert total(time_spent(Session.match_id == match.id)) == Hours(logged=120, confirmed=0)

    browser.post(f"/sessions/{meeting.id}/confirmation")

    assert standing(meeting) == Standing.CONFIRMED
    assert standing(other) == Standing.NEW
    assert total(time_spent(Session.match_id == match.id)) == Hours(logged=120, confirmed=90)
    assert "1 h 30 min confirmed of 2 h logged in all." in browser.get(f"/people/{match.case.client_id}/sessions").text


def test_a_session_is_confirmed_once(browser, match):
    meeting = make_session(match)
    browser.post(f"/sessions/{meeting.id}/confirmation")
    page = browser.post(f"/sessions/{meeting.id}/confirmation", follow_redirects=True)

    assert "already confirmed" in page.text
    assert len(list(db.session.scalars(select(Confirmation)))) == 1


def test_an_officer_asks_and_the_helper_answers_on_their_page(browser, match, sign_in):
    meeting = make_session(match)
    mentor = sign_in(match.helper)

    assert "Write what you want to know." in browser.post(f"/sessions/{meeting.id}/questions/new", data={}).text
    browser.post(f"/sessions/{meeting.id}/questions/new", data={"words": "Who else was there?"})
    assert standing(meeting) == Standing.ASKED
    assert (
        "waits for an answer" in browser.post(f"/sessions/{meeting.id}/questions/new", data={"words": "And when?"}).text
    )

    question = db.session.scalar(select(Question))
    assert "Who else was there?" in mentor.get(f"/helping/{match.id}").text
    assert "Write your answer." in mentor.post(f"/helping/questions/{question.id}", data={}).text
    mentor.post(f"/helping/questions/{question.id}", data={"words": "Nobody else"})
    assert "already answered" in mentor.post(f"/helping/questions/{question.id}", data={"words": "Nobody"}).text
    assert mentor.get(f"/helping/questions/{question.id}").status_code == 200

    assert standing(meeting) == Standing.ANSWERED
    assert "Nobody else" in browser.get(f"/sessions/{meeting.id}").text


def test_a_question_is_answered_only_by_who_logged_the_session(match, sign_in):
    question = saved(Question(session_id=make_session(match).id, words="Who?", by_id=match.made_by_id, at=now()))
    stranger = sign_in(make_helper())

    assert stranger.get(f"/helping/questions/{question.id}").status_code == 404
    assert stranger.post(f"/helping/questions/{question.id}", data={"words": "Me"}).status_code == 404


def test_a_question_behind_a_shut_door_cannot_be_answered(match, sign_in):
    question = saved(Question(session_id=make_session(match).id, words="Who?", by_id=match.made_by_id, at=now()))
    saved(Withdrawal(consent_id=match.consents[0].id, by_id=match.made_by_id, at=now()))

    page = sign_in(match.helper).post(f"/helping/questions/{question.id}", data={"words": "My brother came, too"})

    assert page.status_code == 404
    assert "My brother came, too" in page.text


def test_a_worry_stands_first_on_the_officers_pages(browser, match):
    make_session(match, on=days_ago(1))
    worrying = make_session(match, on=days_ago(30), concern="Owes money to dangerous people")

    page = browser.get(f"/people/{match.case.client_id}/sessions").text
    assert page.index("Owes money to dangerous people") < page.index("<table")
    assert "Owes money" in browser.get(f"/sessions/{worrying.id}").text

    browser.post(f"/sessions/{worrying.id}/confirmation")
    assert "Owes money" not in browser.get(f"/people/{match.case.client_id}/sessions").text


def test_another_officers_session_is_not_found(match, sign_in):
    meeting = make_session(match)
    for user in (make_user(), make_user(Role.SUPERVISOR, make_office("B-2"))):
        browser = sign_in(user)
        assert browser.get(f"/sessions/{meeting.id}").status_code == 404
        assert browser.post(f"/sessions/{meeting.id}/confirmation").status_code == 404
        assert browser.post(f"/sessions/{meeting.id}/questions/new", data={"words": "?"}).status_code == 404
    assert sign_in(make_user(Role.SUPERVISOR)).get(f"/sessions/{meeting.id}").status_code == 200


def test_new_sessions_come_with_worries_first(officer, match):
    old = make_session(match, on=days_ago(20))
    fresh = make_session(match, on=days_ago(2))
    worrying = make_session(match, on=days_ago(5), concern="Not well")
    confirmed = make_session(match, on=days_ago(7))
    asked = make_session(match, on=days_ago(8))
    make_session(make_match())  # another officer's
    saved(Confirmation(session_id=confirmed.id, by_id=officer.id, at=now()))
    saved(Question(session_id=asked.id, words="?", by_id=officer.id, at=now()))

    assert [row.id for row in new_sessions(officer)] == [worrying.id, old.id, fresh.id]


def test_consents_that_end_soon_or_have_ended_are_told(officer):
    def ending(days, **facts):
        return make_match(make_case(officer), consents=[(days_ago(50), days_ago(-days))], **facts)

    soon, past, later, withdrawn = ending(10), ending(-5), ending(15), ending(3)
    saved(Withdrawal(consent_id=withdrawn.consents[0].id, by_id=officer.id, at=now()))
    renewed = make_match(make_case(officer), consents=[(days_ago(50), days_ago(-1)), (days_ago(1), days_ago(-100))])
    make_match(consents=[(days_ago(50), days_ago(-1))])

    found = [consent.match_id for consent in consents_ending(officer, today(), timedelta(days=14))]

    assert found == [past.id, soon.id]
    assert later.id not in found
    assert renewed.id not in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sessions SET minutes = 300",
        "DELETE FROM sessions",
        "DELETE FROM session_confirmations",
        "UPDATE session_questions SET words = 'other'",
        "UPDATE session_replies SET words = 'other'",
        "UPDATE match_consents SET names_address = true",
        "DELETE FROM match_consents",
        "DELETE FROM matches",
    ],
)
def test_what_was_written_stays_whoever_asks_the_database(match, officer, statement):
    from app.sessions.models import Reply

    meeting = make_session(match)
    saved(Confirmation(session_id=meeting.id, by_id=officer.id, at=now()))
    question = saved(Question(session_id=meeting.id, words="?", by_id=officer.id, at=now()))
    saved(Reply(question_id=question.id, words="!", by_id=match.helper_id, at=now()))

    with pytest.raises(DatabaseError, match="what was written stays as it is"):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    "facts",
    [{"minutes": 721}, {"minutes": 0}, {"has_met": False}, {"has_concern": True}, {"absence": "illness"}],
)
def test_the_database_refuses_a_session_that_contradicts_itself(match, facts):
    with pytest.raises(DatabaseError):
        make_session(match, **facts)
    db.session.rollback()


def test_pages_cost_as_much_with_many_sessions_as_with_few(browser, match):
    from sqlalchemy import event

    def statements(address):
        count = []
        listener = lambda *_args: count.append(1)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert browser.get(address).status_code == 200
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(count)

    address = f"/people/{match.case.client_id}/sessions"
    make_session(match)
    few = statements(address)
    for n in range(20):
        make_session(match, on=days_ago(5 + n))
        make_match(match.case, make_helper())

    assert statements(address) == few
