"""An order to freeze is worked off once, says how far it has come, and is never left open."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.clock import now
from app.db import db
from app.indicators import heavy, orders, working
from app.indicators.models import Freezing, Snapshot, Step
from app.indicators.orders import TooFew, order, warning_of
from app.indicators.periods import parse
from app.indicators.queries import years_waiting
from app.indicators.tables import CannotBeMadeSafe
from app.indicators.tasks import freeze_half_year, take_up_freezing
from app.tasks.claims import claim
from app.web.languages import speaking
from app.web.refusals import NotPossible
from tests.factories.indicators import make_snapshot
from tests.factories.people import make_user
from tests.indicators.registers import Register

H1 = parse("2026H1")


@pytest.fixture
def wanted(app, stopped_clock, few_definitions) -> Freezing:
    """An order of an analyst, of a register of seven."""
    register = Register()
    for _ in range(7):
        register.case(date(2025, 3, 3))
    with speaking("en"):
        found = order(H1, make_user(Role.ANALYST), now())
    db.session.commit()
    return found


def again(wanted: Freezing) -> Freezing:
    return db.session.get_one(Freezing, wanted.id, populate_existing=True)


def test_an_order_of_somebody_alive_is_not_taken_by_another(wanted):
    assert claim(Freezing, wanted.id, working.LEASE)
    assert not claim(Freezing, wanted.id, working.LEASE)
    working.work(wanted.id)
    assert db.session.query(Snapshot).count() == 0


def test_an_order_whose_process_died_is_taken_up_again(wanted, stopped_clock):
    claim(Freezing, wanted.id, working.LEASE)
    take_up_freezing()
    assert again(wanted).settled_at is None

    stopped_clock.move(minutes=31)
    take_up_freezing()

    assert again(wanted).snapshot.period == "2026H1"
    assert again(wanted).step is Step.DONE


def test_the_command_takes_up_an_order_that_nobody_works_at(wanted):
    claim(Freezing, wanted.id, working.LEASE)
    with speaking("en"), pytest.raises(NotPossible, match="is being frozen already"):
        working.freeze_now(H1)
    again(wanted).claimed_until = None
    db.session.commit()

    assert working.freeze_now(H1).id == wanted.id
    assert again(wanted).snapshot.period == "2026H1"


def test_what_cannot_be_made_safe_settles_the_order_with_a_sentence(wanted, monkeypatch):
    def unsafe(*_what, **_named):
        raise CannotBeMadeSafe

    monkeypatch.setattr(heavy, "prepare", unsafe)
    working.work(wanted.id)

    assert "would tell too much" in again(wanted).refusal
    assert again(wanted).snapshot is None
    order(H1, None, now())  # it can be asked for again


def test_what_breaks_settles_the_order_too(wanted, monkeypatch):
    def broken(*_what, **_named):
        raise RuntimeError

    monkeypatch.setattr(heavy, "prepare", broken)
    working.work(wanted.id)

    assert again(wanted).refusal == "This could not be frozen. The administrator finds the reason in the log."


def test_how_far_it_has_come_is_told_while_it_runs(wanted, monkeypatch):
    told = []
    monkeypatch.setattr(working, "advance", lambda *_order, step: told.append(step))
    working.work(wanted.id)

    assert told[:2] == [Step.COUNTING, Step.PROTECTING]


def test_a_second_order_says_whose_the_first_is(wanted):
    with speaking("en"), pytest.raises(NotPossible, match="2026H1 is being frozen already"):
        order(H1, make_user(Role.ANALYST), now())


def test_a_settled_order_stays_as_it_is(wanted):
    working.work(wanted.id)

    with pytest.raises(DatabaseError, match="what was written stays as it is"):
        db.session.execute(text("UPDATE indicator_freezings SET because = 'x'"))
    db.session.rollback()


@pytest.mark.parametrize(("revision", "because"), [(2, "Late."), (1, None)])
def test_revisions_follow_one_another_and_say_why(app, revision, because):
    first = make_snapshot()
    values = {"period": first.period, "frozen_at": now(), "definitions": {}, "body": "{}", "sha256": "0" * 64}
    db.session.add(Snapshot(**values, revision=revision, because=because))

    with pytest.raises(DatabaseError, match="revisions follow one another"):
        db.session.commit()
    db.session.rollback()


def test_a_year_waits_for_both_its_half_years(app, few_definitions, stopped_clock):
    Register().case(date(2024, 3, 3))
    db.session.commit()
    assert years_waiting(date(2026, 11, 20)) == []
    with speaking("en"):
        refused = working.freeze_now(parse("2025"))
    working.freeze_now(parse("2025H1"))
    working.freeze_now(parse("2025H2"))

    assert refused.refusal == "Freeze both half-years of 2025 first."
    assert [str(year) for year in years_waiting(date(2026, 11, 20))] == ["2025"]
    assert working.freeze_now(parse("2025")).snapshot.period == "2025"
    assert years_waiting(date(2026, 11, 20)) == []


@pytest.fixture
def few_people(monkeypatch):
    monkeypatch.setattr(orders, "FEW_PEOPLE", 3)


@pytest.fixture
def two_people(app, stopped_clock, few_definitions, few_people):
    """Two people on the register, one of them in two cases; one who left before, and one who came and left in a day."""
    register = Register()
    twice = register.case(date(2026, 2, 2))
    register.case(date(2026, 3, 3), of=twice)
    register.case(date(2025, 3, 3))
    register.case(date(2025, 3, 3), left_on=date(2026, 1, 1))
    register.case(date(2026, 3, 3), left_on=date(2026, 3, 3))
    db.session.commit()
    return register


ONLY_TWO = "Only 2 people were on the register in 2026H1. Nearly every figure would be hidden"


def test_a_register_that_is_nearly_empty_is_frozen_only_when_somebody_says_that_they_are_all(two_people):
    with speaking("en"), pytest.raises(TooFew, match=ONLY_TWO):
        order(H1, None, now())
    assert order(H1, None, now(), even_so=True).period == "2026H1"


def test_of_nobody_it_says_so(two_people):
    with speaking("en"):
        assert warning_of(parse("2020H1")).startswith("Nobody was on the register in 2020H1.")
        assert warning_of(parse("2020")) is None  # its halves come first


def test_enough_people_need_no_word_and_neither_does_a_revision(two_people):
    two_people.case(date(2026, 6, 30))
    assert warning_of(H1) is None
    assert "Only 1 person was" not in (warning_of(parse("2025H2")) or "")
    make_snapshot("2025H2")
    assert warning_of(parse("2025H2")) is None


def test_the_page_warns_and_asks_before_it_freezes_so_few(two_people, sign_in):
    browser = sign_in(make_user(Role.ANALYST))

    assert ONLY_TWO in browser.get("/indicators").text
    told = browser.post("/indicators/2026H1/snapshot", follow_redirects=True)
    assert ONLY_TWO in told.text
    assert db.session.query(Freezing).count() == 0
    assert browser.post("/indicators/2026H1/snapshot", data={"even_so": "yes"}).location.endswith("/freezing")


def test_the_command_freezes_so_few_only_even_so(two_people, app):
    def command(*words):
        return app.test_cli_runner().invoke(args=["indicators", "freeze", "2026H1", *words])

    refused = command()
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert ONLY_TWO in refused.stderr
    assert "--even-so" in refused.stderr
    assert command("--even-so").exit_code == 0


def test_the_night_leaves_so_few_to_an_analyst(two_people):
    freeze_half_year()

    assert db.session.query(Freezing).count() == 0
