"""What is raised, grows and is settled: once, as of a day, for all as for one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from app.clients.events import EventWithdrawal
from app.clients.vocabulary import EventKind, Ground, Stage
from app.clock import now
from app.db import db
from app.signals import raising
from app.signals.models import Signal
from app.signals.raising import look_again, run
from app.signals.vocabulary import Reason, Verdict
from tests.factories.assessments import make_completed
from tests.factories.people import make_case
from tests.factories.programs import make_assessment
from tests.factories.signals import fresh_case, make_event, make_review, noon
from tests.factories.statements import statements

DAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def standing(code: str) -> list[Signal]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Signal).where(Signal.rule_code == code).order_by(Signal.id)))


def keys(code: str) -> list[list[str]]:
    return [[row.key for row in signal.evidence] for signal in standing(code)]


def test_what_was_raised_once_is_not_raised_again(app, officer, stopped_clock):
    make_event(fresh_case(officer), EventKind.LOST_WORK, ago(2))

    first, second = run(DAY, now()), run(DAY, now())

    assert (first.evaluated, first.raised, first.grown, first.closed) == (1, 1, 0, 0)
    assert (second.evaluated, second.raised, second.grown, second.closed) == (1, 0, 0, 0)
    (signal,) = standing("loss")
    assert (signal.raised_on, signal.due_on) == (DAY, DAY + timedelta(days=3))
    assert signal.newest.values == {"on": ago(2).isoformat(), "event": "lost_work"}


def test_new_evidence_grows_the_open_signal_and_raises_another_after_the_closing(app, officer, stopped_clock):
    case = fresh_case(officer)
    make_event(case, EventKind.LOST_WORK, ago(5))
    run(DAY, now())
    make_event(case, EventKind.LOST_HOME, ago(4))
    assert run(DAY, now()).grown == 1
    standing("loss")[0].close(Reason.HELP_GIVEN, None, officer, now())
    db.session.commit()
    assert run(DAY, now()).raised == 0

    make_event(case, EventKind.TREATMENT_STOPPED, ago(3))
    assert run(DAY, now()).raised == 1
    assert keys("loss") == [["event:1", "event:2"], ["event:3"]]


def test_what_lasts_is_settled_by_the_system_and_what_happened_is_not(app, officer, stopped_clock):
    case = make_case(officer, registered_on=ago(40), stage_from=ago(40))
    event = make_event(case, EventKind.LOST_WORK, ago(2))
    run(DAY, now())
    make_completed(case, by=officer, on=DAY)
    event.withdrawal = EventWithdrawal(at=now(), by_id=officer.id, reason="Another person")
    db.session.commit()

    assert run(DAY, now()).closed == 1
    closure = standing("first_assessment_late")[0].closure
    assert (closure.verdict, closure.reason, closure.by) == (Verdict.SETTLED, Reason.NO_LONGER_SO, None)
    assert standing("loss")[0].closure is None
    assert run(DAY, now()).closed == 0


def test_a_past_day_uses_nothing_that_came_or_was_written_down_later(app, officer, stopped_clock):
    case = fresh_case(officer)
    make_event(case, EventKind.LOST_WORK, ago(10))
    make_event(case, EventKind.LOST_HOME, ago(3))
    make_event(case, EventKind.TREATMENT_STOPPED, ago(12), recorded_at=noon(ago(4)))

    assert run(ago(11), now()).raised == 0
    assert run(ago(5), now()).raised == 1
    assert keys("loss") == [["event:1"]]
    assert run(ago(4), now()).grown == 1
    assert keys("loss") == [["event:1", "event:3"]]


def test_a_review_that_was_written_down_later_is_not_used_before(app, officer, stopped_clock):
    make_review(fresh_case(officer), ago(6), at=noon(ago(2)), substance=2)

    assert run(ago(3), now()).raised == 0
    assert run(ago(2), now()).raised == 1


def test_a_past_day_settles_nothing_that_was_raised_after_it(app, officer, stopped_clock):
    make_case(officer, registered_on=ago(31), stage_from=ago(31))

    assert run(DAY, now()).raised == 1
    assert run(ago(1), now()).closed == 0
    assert standing("first_assessment_late")[0].closure is None


def test_a_case_off_the_register_is_left_alone_and_its_signals_are_settled(app, officer, stopped_clock):
    case = fresh_case(officer)
    make_event(case, EventKind.LOST_WORK, ago(2))
    run(DAY, now())
    case.deregister(Ground.TERM_ENDED, DAY, officer, None, now())
    db.session.commit()

    outcome = run(DAY, now())

    assert (outcome.evaluated, outcome.closed) == (0, 1)
    assert standing("loss")[0].closure.reason == Reason.OFF_REGISTER
    assert run(DAY, now()).closed == 0


def test_acute_reviews_speak_by_what_moved(app, officer, stopped_clock):
    case = make_case(officer, registered_on=ago(300), stage_from=ago(300))
    for days in (60, 45, 30):
        make_review(case, ago(days), substance=1, plans=1)
    run(ago(29), now())
    review = make_review(case, ago(2), substance=2, anger=1, mood=1, support=0, routine=1)
    run(DAY, now())

    assert keys("acute_item_high") == [[f"{review.id}:substance"]]
    (rise,) = standing("acute_sum_rise")
    assert rise.newest.values == {"on": ago(2).isoformat(), "sum": 4, "mean": 1.0, "reviews": 3}
    assert keys("protective_fall") == [[f"{review.id}"]]


def test_who_is_to_be_reviewed_and_was_not_is_unknown(app, officer, stopped_clock):
    reviewed, unknown, low = (make_case(officer, registered_on=ago(60), stage_from=ago(60)) for _case in range(3))
    for case in (reviewed, unknown):
        make_assessment(case, on=ago(45))
    make_completed(low, by=officer, on=ago(45))
    make_review(reviewed, ago(30))
    run(DAY, now())

    assert [signal.case_id for signal in standing("review_unknown")] == [unknown.id]
    make_review(unknown, DAY)
    look_again(unknown, DAY, now())
    assert standing("review_unknown")[0].closure.verdict == Verdict.SETTLED


def test_a_release_and_an_ending_term_are_watched(app, officer, stopped_clock):
    make_case(officer, stage=Stage.POST_PENITENTIARY, registered_on=ago(20), stage_from=ago(20), term_to=ago(-30))
    run(DAY, now())

    assert {code for (code,) in db.session.execute(db.select(Signal.rule_code))} == {"recent_release", "term_ends"}


def test_spans_meet_without_a_gap(app, officer, stopped_clock, monkeypatch):
    for days in range(5):
        make_event(fresh_case(officer), EventKind.LOST_WORK, ago(days))
    monkeypatch.setattr(raising, "CHUNK", 2)

    assert asdict(run(DAY, now())) == {"evaluated": 5, "raised": 5, "grown": 0, "closed": 0}


def test_as_many_statements_for_many_cases_as_for_one(app, officer, stopped_clock):
    def act():
        for _number in range(count):
            make_event(fresh_case(officer), EventKind.LOST_WORK, ago(1))
        return statements(lambda: run(DAY, now()))

    count = 1
    run(DAY, now())
    one = act()
    count = 6
    assert act() == one


def test_two_runs_at_once_raise_everything_once(app, officer, stopped_clock):
    for days in range(6):
        make_event(fresh_case(officer), EventKind.LOST_WORK, ago(days))
    db.session.remove()

    def night():
        with app.app_context():
            return run(DAY, now())

    with ThreadPoolExecutor(2) as pool:
        outcomes = [future.result() for future in [pool.submit(night) for _turn in range(2)]]

    assert sorted(outcome.raised for outcome in outcomes) == [0, 6]
    assert len(standing("loss")) == 6


@pytest.mark.parametrize("change", ["UPDATE signals SET urgency = 0", "DELETE FROM signal_evidence"])
def test_what_was_raised_stays_as_it_is(app, officer, stopped_clock, change):
    make_event(fresh_case(officer), EventKind.LOST_WORK, ago(1))
    run(DAY, now())

    with pytest.raises(DatabaseError, match="stays as it is"):
        db.session.execute(db.text(change))
