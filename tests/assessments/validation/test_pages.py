"""The pages of validation: figures with enough people, words where there are not, and nobody to be seen."""

import csv
import re
from datetime import date, datetime
from io import StringIO
from types import SimpleNamespace

import pytest

from app.access.models import Role, User
from app.assessments import library
from app.assessments.figures.follow_up import Kind
from app.assessments.figures.survival_picture import picture
from app.assessments.validation.facts import Facts
from app.assessments.validation.report import report
from app.assessments.vocabulary import Level
from app.clients.events import EventKind
from app.clients.vocabulary import Citizenship, IinUnknown
from app.clock import COUNTRY
from app.db import db
from app.seeds.population.rows import Rows
from app.web.spreadsheets import as_csv
from tests.factories.people import make_user
from tests.factories.statements import statements

CODE = library.shelf()["adult-community", 1].code
PAGE = f"/validation/{CODE}"
TABLES = ("clients", "cases", "case_assignments", "case_events", "assessments", "assessment_completions")
LEVELS = {10: "low", 25: "medium", 40: "high"}
PEOPLE = {("female", 10): (60, 4), ("female", 25): (40, 9), ("male", 10): (300, 12), ("male", 25): (200, 30),
          ("male", 40): (80, 30)}  # fmt: skip


def row(group, points, people, events, **more):
    level = LEVELS[points]
    facts = {"days": 365, "window": 1, "followed": people, "final_level": level}
    return SimpleNamespace(group=group, points=points, level=level, people=people, events=events, **facts | more)


def rows_for(people) -> dict[Kind, list]:
    lives = [row(*key, n, 0) for key, (n, _events) in people.items()]
    lives += [row(*key, events, events, days=100) for key, (_n, events) in people.items()]
    outcomes = [row(*key, *size) for key, size in people.items()]
    return {Kind.OUTCOMES: outcomes, Kind.LIVES: lives, Kind.DRIFT: outcomes}


def put_on_register(people) -> None:
    """As many people, assessed on one day and watched for more than a year, straight into the tables."""
    officer = make_user()
    with db.engine.connect() as connection:
        rows = Rows(connection, TABLES)
        for (sex, points), (n, events) in people.items():
            for place in range(n):
                grow(rows, officer, sex, points, place < events)
        rows.write()
        connection.commit()


def grow(rows: Rows, officer: User, sex: str, points: int, has_event: bool) -> None:
    moment = datetime(2025, 1, 10, 10, tzinfo=COUNTRY)
    on = moment.date()
    client_id = rows.add(
        "clients", surname="Т", given_name="Т", sort_key="т", iin_unknown=IinUnknown.NEVER_ISSUED, sex=sex,
        born_on=date(1990, 1, 1), citizenship=Citizenship.KZ, language="ru", registered_at=moment,
        registered_by_id=officer.id, version=1,
    )  # fmt: skip
    case_id = rows.add(
        "cases", client_id=client_id, number=f"V-{client_id}", legal_basis="conditional_sentence", court="-",
        judged_on=on, articles="-", term_from=on, registered_on=on, registered_by_id=officer.id, version=1,
    )  # fmt: skip
    rows.add("case_assignments", case_id=case_id, officer_id=officer.id, office_id=officer.office_id, from_at=moment)
    number = rows.add(
        "assessments", case_id=case_id, instrument_code=CODE, instrument_version="1", instrument_digest="0" * 64,
        started_at=moment, started_by_id=officer.id, saved_at=moment, version=1,
    )  # fmt: skip
    rows.add(
        "assessment_completions", assessment_id=number, on=on, at=moment, by_id=officer.id, points=points,
        level=LEVELS[points], result="{}", conclusion="-", reassess_by=on,
    )  # fmt: skip
    if has_event:
        rows.add(
            "case_events", case_id=case_id, kind=EventKind.NEW_OFFENCE, on=date(2025, 6, 1), recorded_at=moment,
            recorded_by_id=officer.id,
        )  # fmt: skip


@pytest.fixture
def analyst(sign_in, stopped_clock):
    return sign_in(make_user(Role.ANALYST))


def tables_of(people):
    rows = rows_for(people)
    facts = Facts(rows[Kind.OUTCOMES], rows[Kind.LIVES], rows[Kind.DRIFT], ("female", "male"))
    return {table.code: table for table in report(facts, Level.MEDIUM)}


def figures(table, key) -> dict:
    (line,) = (line for line in table.lines if line.key == key)
    return line.figures and dict(zip(table.columns, (figure.value for figure in line.figures), strict=True))


def test_every_measure_of_every_group_stands_side_by_side():
    fairness = tables_of(PEOPLE)["fairness"]

    women, everybody = figures(fairness, "female"), figures(fairness, "_T")
    assert (women["n"], women["events"]) == (100, 13)
    assert women["fpr"] == pytest.approx(31 / 87)
    assert women["fnr"] == pytest.approx(4 / 13)
    assert women["ppv"] == pytest.approx(9 / 40)
    assert everybody["expected_by_observed"] == pytest.approx(1)
    assert figures(tables_of(PEOPLE)["levels"], "medium")["rate"] == pytest.approx(39 / 240)


def test_what_a_base_rate_forces_stands_beside_what_is():
    tables = tables_of(PEOPLE)
    women, total = figures(tables["impossibility"], "female"), figures(tables["fairness"], "_T")

    odds = 0.13 / 0.87
    assert women["implied_fpr"] == pytest.approx(odds * (1 - total["ppv"]) / total["ppv"] * (1 - total["fnr"]))


def test_a_small_group_takes_the_other_with_it():
    few = PEOPLE | {("female", 10): (10, 1), ("female", 25): (9, 2)}
    tables = tables_of(few)

    assert figures(tables["fairness"], "female") is figures(tables["fairness"], "male") is None
    assert figures(tables["fairness"], "_T")["n"] == 599
    assert tables["gaps"].lines == tables["impossibility"].lines == ()
    assert figures(tables["survival"], "female") is None


def test_of_too_few_nothing_is_said_anywhere():
    tables = tables_of({("male", 10): (20, 2), ("female", 25): (5, 5)})

    shown = [line for table in tables.values() for line in table.lines if line.figures is not None]
    assert shown == []


def test_the_page_says_it_in_words_and_the_file_in_figures(analyst):
    put_on_register(PEOPLE)
    page = analyst.get(PAGE).text
    assert "Not validated in Kazakhstan" in page
    assert "35.6 %" in page
    assert "Here the base rate runs from 12.4 % (male) to 13.0 % (female)." in page
    assert not re.search(r'(?:href|action|src)="/(?:people|cases|assessments)', page)

    answer = analyst.get(f"{PAGE}/figures.csv")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    (fpr,) = (row for row in rows if (row["table"], row["line"], row["figure"]) == ("fairness", "female", "fpr"))
    assert float(fpr["value"]) == pytest.approx(31 / 87)
    assert fpr["obs_status"] == "A"
    assert answer.mimetype == "text/csv"


def test_the_file_hides_what_the_page_hides(analyst):
    put_on_register(PEOPLE | {("female", 10): (10, 1), ("female", 25): (9, 2)})
    page, file = analyst.get(PAGE).text, analyst.get(f"{PAGE}/figures.csv").text
    rows = list(csv.DictReader(StringIO(file.removeprefix("\ufeff"))))

    hidden = [row for row in rows if row["table"] == "fairness" and row["line"] == "female"]
    assert {(row["value"], row["low"], row["obs_status"]) for row in hidden} == {("", "", "Q")}
    assert "too few" in page


def test_the_picture_draws_what_the_levels_kept():
    drawn = picture([("low", [1.0, 0.99]), ("high", [0.95, 0.81])], [30, 60])

    low, high = drawn.curves
    assert [share for share, _y in drawn.shares] == [0.8, 0.9, 1.0]
    assert (low.name, high.name) == ("low", "high")
    assert low.y < high.y
    assert high.path == "M44.0 10.0L224.0 51.5L404.0 167.7"
    assert picture([], [30]) is None


def test_an_empty_register_has_pages_too(analyst, app):
    assert "No assessment is complete yet." in analyst.get("/validation").text
    for query in ("", "?cut=age", "?cut=region&event=breach&flagged=high", "?event=custody&version=1"):
        page = analyst.get(f"{PAGE}{query}")
        assert page.status_code == 200
        assert "too few" in page.text
    assert statements(lambda: analyst.get(PAGE)) <= 12


def test_what_is_not_asked_about_is_not_found(analyst):
    for address in (
        "/validation/none",
        *(f"{PAGE}?{query}" for query in ("cut=office", "event=x", "flagged=", "version=9")),
    ):
        assert analyst.get(address).status_code == 404


def test_officers_and_helpers_do_not_enter(app, sign_in, stopped_clock):
    for role in (Role.OFFICER, Role.VOLUNTEER, Role.ADMINISTRATOR):
        browser = sign_in(make_user(role))
        assert {browser.get(page).status_code for page in ("/validation", PAGE, f"{PAGE}/figures.csv")} == {403}


def test_the_figures_stand_still_within_a_month(analyst, stopped_clock):
    assert "1 November 2026" in analyst.get(PAGE).text


def test_a_spreadsheet_runs_nothing():
    file = as_csv(("a", "b"), [("=1+1", -0.5), ("@x", None), ("plain", 3), ("-2", "\tx")])

    assert file.removeprefix("\ufeff").splitlines() == ["a,b", "'=1+1,-0.5", "'@x,", "plain,3", "'-2,'\tx"]
