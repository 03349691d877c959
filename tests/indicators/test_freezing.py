"""A half-year is frozen once, after its end, with what may be shown and nothing else."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.audit.models import Entry
from app.clients.models import NotPossible
from app.clients.vocabulary import Sex
from app.db import db
from app.indicators import freezing, heavy
from app.indicators.attack import is_safe
from app.indicators.freezing import freeze
from app.indicators.models import Snapshot
from app.indicators.periods import parse
from app.indicators.queries import waiting
from app.indicators.tables import CannotBeMadeSafe
from app.indicators.tasks import freeze_half_year
from app.offices.models import Region
from app.tasks.queue import PERIODIC
from app.web.languages import speaking
from tests.databases import on_postgresql
from tests.factories.indicators import make_snapshot
from tests.factories.people import make_region, make_user
from tests.indicators.registers import Register

H1 = parse("2026H1")
SUMMER = datetime(2026, 7, 20, 7, tzinfo=UTC)
EARLIER = date(2025, 3, 3)
EVERYBODY = ("register", ("_T", "_T"))


@pytest.fixture
def register(app, few_definitions):
    """Six men in one region, four of them with a programme, and two women in another."""
    register = Register()
    register.elsewhere.region_code = make_region("750000000").code
    men = [register.case(EARLIER) for _ in range(6)]
    for case in men[:4]:
        register.program(case, date(2026, 3, 3))
    for _ in range(2):
        register.hand_over(register.case(EARLIER, sex=Sex.FEMALE), datetime(2026, 2, 2, tzinfo=UTC))
    db.session.commit()
    return register


def stored() -> list[Snapshot]:
    return list(db.session.scalars(db.select(Snapshot)))


def test_what_is_frozen_is_a_safe_release_with_its_definitions_and_its_hash(register):
    analyst = make_user(Role.ANALYST)
    snapshot = freeze(H1, analyst, SUMMER).snapshot
    db.session.commit()

    assert is_safe(snapshot.release)
    assert snapshot.definitions == {"I-04": 2}
    assert [each.code for each in snapshot.defined] == ["I-04"]
    assert json.loads(snapshot.facts)["facts"]
    assert snapshot.sha256 == sha256(snapshot.body.encode()).hexdigest()
    assert snapshot.frozen_by == analyst
    assert snapshot.half_year == H1
    assert snapshot.release.dimensions[0].categories == ("710000000", "750000000")


def test_only_what_may_be_shown_is_stored(register):
    freeze(H1, None, SUMMER)
    db.session.commit()
    figures = {(each["quantity"], *each["key"]): each["value"] for each in json.loads(stored()[0].body)["figures"]}

    assert figures["register", "_T", "_T"] == 8
    assert figures["register", "750000000", "_T"] is None  # two women
    assert figures["I-04", "_T", "_T"] is None  # four of eight
    assert {value for value in figures.values() if value is not None} <= {0, 6, 8}
    assert json.loads(stored()[0].body).keys() == {
        "dimensions",
        "tables",
        "quantities",
        "threshold",
        "figures",
        "nestings",
    }


def test_freezing_again_changes_nothing_while_the_records_are_the_same(register):
    first = freeze(H1, None, SUMMER)
    db.session.commit()

    again = freeze(H1, make_user(Role.ANALYST), SUMMER)

    assert (again.snapshot, first.is_new, again.is_new) == (first.snapshot, True, False)
    assert len(stored()) == 1


def test_a_later_entry_makes_a_revision_that_says_why_and_leaves_the_first_as_it_is(register):
    first = freeze(H1, None, SUMMER).snapshot
    body = first.body
    for _ in range(9):
        register.case(EARLIER)

    with speaking("en"), pytest.raises(NotPossible, match="Say in a sentence why"):
        freeze(H1, None, SUMMER)
    second = freeze(H1, None, SUMMER, "Nine people were registered late.").snapshot
    db.session.commit()

    assert (first.revision, first.body, second.revision) == (0, body, 1)
    assert second.because == "Nine people were registered late."
    assert {"quantity": "register", "group": {}, "before": 8, "after": 17} in second.moved


def test_one_late_entry_shows_in_no_figure_that_was_shown_before(register):
    """Eight people, then nine: the number is hidden, or the difference would be the one who came between."""
    first = freeze(H1, None, SUMMER).snapshot.release.values()
    register.case(EARLIER)

    second = freeze(H1, None, SUMMER, "One person was registered late.").snapshot
    shown = {spot: value for spot, value in second.release.values().items() if value is not None}

    assert first[EVERYBODY] == 8
    assert {spot for spot, value in first.items() if value is None}.isdisjoint(shown)
    assert all(abs(value - first[spot]) not in range(1, 5) for spot, value in shown.items())
    assert second.release.values()[EVERYBODY] is None
    assert {row["after"] for row in second.moved} == {None}


def test_the_same_records_give_the_same_bytes(register):
    one, other = (freezing.draw_up(H1, None, SUMMER, "").body for _ in range(2))

    assert one == other


@pytest.mark.parametrize("moment", [datetime(2026, 6, 30, 18, 59, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)])
def test_a_half_year_that_is_not_over_is_refused(app, moment):
    with pytest.raises(NotPossible, match="2026H1"):
        freeze(H1, None, moment)


def test_midnight_in_the_country_ends_a_half_year(register):
    assert freeze(H1, None, datetime(2026, 6, 30, 19, 0, tzinfo=UTC)).snapshot.period == "2026H1"


def test_what_cannot_be_made_safe_is_refused_in_a_sentence_and_leaves_nothing(register, monkeypatch):
    def unsafe(*_what, **_named):
        raise CannotBeMadeSafe

    monkeypatch.setattr(heavy, "prepare", unsafe)

    with pytest.raises(NotPossible, match="."):
        freeze(H1, None, SUMMER)
    assert stored() == []


def test_who_comes_second_gets_what_the_first_one_froze(register):
    """Two at once: both have counted, neither saw a frozen one."""
    second = freezing.draw_up(H1, make_user(Role.ANALYST).id, SUMMER, "")
    first = freeze(H1, None, SUMMER).snapshot

    assert freezing.keep(second, H1) == freezing.Outcome(first, is_new=False)
    assert len(stored()) == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE indicator_snapshots SET body = '{}'", "UPDATE indicator_snapshots SET frozen_by_id = NULL",
     "DELETE FROM indicator_snapshots", "TRUNCATE indicator_snapshots CASCADE"],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_what_is_frozen(app, statement):
    make_snapshot()
    if statement.startswith("TRUNCATE") and not on_postgresql():
        pytest.skip("SQLite knows no TRUNCATE")

    with pytest.raises(DatabaseError, match="what was written stays as it is"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert len(stored()) == 1


def test_the_night_freezes_the_half_year_from_the_day_its_report_is_due(register, stopped_clock):
    stopped_clock.moment = datetime(2026, 7, 9, 7, tzinfo=UTC)
    freeze_half_year()
    assert stored() == []

    stopped_clock.move(days=1)
    freeze_half_year()
    freeze_half_year()

    assert [(row.period, row.frozen_by_id) for row in stored()] == [("2026H1", None)]
    assert [row.what for row in db.session.scalars(db.select(Entry))] == ["indicators.freeze"]


def test_the_night_freezes_nothing_where_nobody_was_registered(app, stopped_clock):
    freeze_half_year()

    assert stored() == []


def test_the_clock_knows_of_it():
    assert freeze_half_year in [work for _when, work in PERIODIC]


def test_what_waits_goes_back_to_the_first_registration_and_leaves_out_what_is_frozen(register):
    assert [str(each) for each in waiting(date(2026, 11, 20))] == ["2026H1", "2025H2", "2025H1"]
    make_snapshot("2025H2")
    assert [str(each) for each in waiting(date(2026, 11, 20))] == ["2026H1", "2025H1"]


def test_regions_that_did_not_exist_are_not_in_a_release(register):
    for code, facts in {
        "990000001": {"valid_from": date(2026, 7, 1)},
        "990000002": {"valid_from": date(2020, 1, 1), "valid_to": date(2026, 1, 1)},
        "990000003": {"valid_from": date(2020, 1, 1), "valid_to": date(2026, 1, 2)},
    }.items():
        db.session.add(Region(code=code, **facts))
    db.session.commit()

    release = freezing.draw_up(H1, None, SUMMER, "").release

    assert release.dimensions[0].categories == ("710000000", "750000000", "990000003")


def command(app, *words):
    return app.test_cli_runner().invoke(args=["indicators", "freeze", *words])


def test_the_command_answers_in_json_and_nothing_else(register, app, capfd):
    """What the solver prints of itself, past Python, is kept apart from the answer."""
    answer = json.loads(command(app, "2026H1").stdout)
    (snapshot,) = stored()

    assert (answer["period"], answer["revision"], answer["is_new"]) == ("2026H1", 0, True)
    assert (answer["sha256"], answer["hidden"]) == (snapshot.sha256, snapshot.release.hidden_count)
    assert capfd.readouterr().out == ""


def test_the_command_says_what_is_unchanged_and_revises_for_a_reason(register, app):
    command(app, "2026H1")
    assert json.loads(command(app, "2026H1").stdout)["is_new"] is False
    register.case(EARLIER)
    db.session.commit()

    refused = command(app, "2026H1")
    revised = command(app, "2026H1", "--because", "Entered late.")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Say in a sentence why" in refused.stderr
    assert (json.loads(revised.stdout)["revision"], len(stored())) == (1, 2)


@pytest.mark.parametrize("period", ["2099H1", "2026Q1"])
def test_the_command_refuses_in_a_sentence(app, period):
    answer = app.test_cli_runner().invoke(args=["indicators", "freeze", period])

    assert answer.exit_code == 2
    assert period in answer.stderr
    assert answer.stderr.strip().endswith(".")
    assert answer.stdout == ""
