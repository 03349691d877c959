"""Which event may follow which: cases by hand, any history whatever, and the database's own opinion."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.assistance.models import ReferralEvent
from app.assistance.referrals.clocks import Clock, clock
from app.assistance.referrals.course import ENDS, NEXT, Fact, next_events, obstacle, standing
from app.assistance.referrals.vocabulary import Awaited, Event, Obstacle, Standing
from app.clock import now
from app.db import db
from tests.factories.people import make_case
from tests.factories.referrals import NEEDS, make_referral

MADE = date(2026, 11, 2)
TODAY = date(2026, 11, 20)
SOME_DAYS = st.integers(-1, 19).map(lambda days: MADE + timedelta(days=days))
EVENTS = st.lists(st.tuples(st.sampled_from(Event), SOME_DAYS), max_size=12)
UNTIL_TODAY = EVENTS.map(lambda told: [(event, min(on, TODAY)) for event, on in told])  # no database knows today


def facts(text: str) -> list[Fact]:
    """Facts written as "accepted 3, started 5": the event and the day of November 2026."""
    parts = (part.split() for part in text.split(",") if part)
    return [Fact(Event(event), date(2026, 11, int(day))) for event, day in parts]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("known", "new", "expected"),
    [
        ("", "accepted 2", None),
        ("", "accepted 21", Obstacle.IN_THE_FUTURE),
        ("", "accepted 1", Obstacle.BEFORE_THE_REFERRAL),
        ("", "done 5", None),
        ("", "dropped 5", Obstacle.NOT_ACCEPTED),
        ("", "attended 5", Obstacle.NOT_STARTED),
        ("received 3", "accepted 2", Obstacle.BEFORE_AN_EARLIER_EVENT),
        ("received 3", "received 4", Obstacle.KNOWN_ALREADY),
        ("accepted 3", "accepted 4", Obstacle.KNOWN_ALREADY),
        ("accepted 3", "received 3", Obstacle.ACCEPTED_ALREADY),
        ("accepted 3", "declined 4", Obstacle.ACCEPTED_ALREADY),
        ("accepted 3", "dropped 4", None),
        ("accepted 3", "withdrawn 4", None),
        ("started 3", "withdrawn 4", Obstacle.STARTED_ALREADY),
        ("started 3", "accepted 3", Obstacle.STARTED_ALREADY),
        ("started 3, attended 4", "attended 4", Obstacle.KNOWN_ALREADY),
        ("started 3, attended 9", "attended 5", None),
        ("started 3", "attended 2", Obstacle.BEFORE_AN_EARLIER_EVENT),
        ("started 3, attended 9", "done 8", Obstacle.BEFORE_AN_EARLIER_EVENT),
        ("started 3, done 9", "attended 9", None),
        ("started 3, done 9", "attended 10", Obstacle.AFTER_THE_END),
        ("started 3, done 9", "dropped 9", Obstacle.ENDED),
        ("done 9", "attended 9", Obstacle.ENDED),
        ("declined 9", "accepted 9", Obstacle.ENDED),
        ("withdrawn 9", "withdrawn 9", Obstacle.ENDED),
    ],
)
def test_an_event_follows_what_is_known_or_is_refused_with_a_sentence(known, new, expected):
    (fact,) = facts(new)

    assert obstacle(MADE, facts(known), fact, TODAY) == expected


@pytest.mark.one_engine
@given(EVENTS)
def test_whatever_is_told_a_referral_has_one_end_and_its_days_are_in_order(told):
    kept: list[Fact] = []
    for event, on in told:
        if obstacle(MADE, kept, Fact(event, on), TODAY) is None:
            assert event in next_events(kept)
            kept.append(Fact(event, on))
        stands = standing(kept)
        ends = [fact for fact in kept if fact.event in ENDS]
        assert len(ends) == (not stands.is_open)
        assert not ends or all(fact.on <= ends[0].on for fact in kept)
        single = [fact.event for fact in kept if fact.event is not Event.ATTENDED]
        assert len(single) == len(set(single))
        assert all(MADE <= fact.on <= TODAY for fact in kept)
    assert standing(reversed(kept)) == standing(kept)


@pytest.mark.one_engine
def test_every_open_referral_has_a_next_act_and_what_ended_has_none():
    assert {stands for stands in Standing if NEXT[stands]} == {stands for stands in Standing if stands.is_open}


@given(UNTIL_TODAY)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_takes_what_the_rule_takes_and_nothing_else(app, stopped_clock, told):
    referral = make_referral(make_case(registered_on=MADE - timedelta(days=200)), made_on=MADE)
    kept: list[Fact] = []
    for event, on in told:
        allowed = obstacle(MADE, kept, Fact(event, on), TODAY) is None
        needs = NEEDS.get(event, {})
        row = ReferralEvent(referral_id=referral.id, kind=event, on=on, by_id=referral.made_by_id, at=now(), **needs)
        row.by_provider, row.start_by = False, on if event is Event.ACCEPTED else None
        try:
            with db.session.begin_nested():
                db.session.add(row)
                db.session.flush()
        except IntegrityError:
            assert not allowed, (kept, event, on)
        else:
            assert allowed, (kept, event, on)
            kept.append(Fact(event, on))


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": Event.DONE},
        {"kind": Event.RECEIVED, "result": "helped"},
        {"kind": Event.DONE, "result": "other"},
        {"kind": Event.DECLINED},
        {"kind": Event.DECLINED, "reason": "other"},
        {"kind": Event.WITHDRAWN},
        {"kind": Event.RECEIVED, "by_id": None},
    ],
    ids=str,
)
def test_the_database_refuses_an_event_that_is_not_complete(app, facts):
    referral = make_referral()
    given = {"referral_id": referral.id, "on": referral.made_on, "by_id": referral.made_by_id, "at": now()}
    db.session.add(ReferralEvent(**given | {"by_provider": False} | facts))

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.one_engine
def test_the_clock_waits_for_the_answer_then_for_the_start_and_a_reminder_moves_it():
    day = timedelta(days=1)
    reminded = [(Awaited.ANSWER, MADE + 9 * day), (Awaited.ANSWER, MADE + 4 * day)]

    assert clock(Standing.MADE, MADE, None, ()) == Clock(Awaited.ANSWER, MADE)
    assert clock(Standing.RECEIVED, MADE, None, reminded) == Clock(Awaited.ANSWER, MADE + 9 * day)
    assert clock(Standing.ACCEPTED, MADE, MADE + day, reminded) == Clock(Awaited.START, MADE + day)
    waiting = {Standing.MADE, Standing.RECEIVED, Standing.ACCEPTED}
    assert {stands for stands in Standing if clock(stands, MADE, MADE, ())} == waiting
