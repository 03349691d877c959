"""The pages show a frozen release to whoever may read it: all that it shows, and nothing that it hides."""

import re
from datetime import date

import html5lib
import pytest

from app.access.models import Role
from app.audit.models import Entry
from app.db import db
from app.indicators.definitions.reading import book
from app.indicators.figure_lists import open_to
from app.indicators.models import Freezing, Snapshot
from app.indicators.showing import found_in
from app.indicators.wording import columns_of, cuts_of
from app.indicators.working import work
from tests.factories.indicators import CODES, FIGURES, make_snapshot
from tests.factories.people import make_user
from tests.indicators.registers import Register

READERS = (Role.ANALYST, Role.SUPERVISOR, Role.MINISTRY)
OTHERS = (Role.OFFICER, Role.VOLUNTEER, Role.MENTOR, Role.ADMINISTRATOR, Role.BODY)
CUTS = ("region", "stage", "region-stage")
PAGES = (
    "/indicators", "/indicators/2026H1", "/indicators/2026H1/I-04?cut=region-stage", "/indicators/2026H1/revisions",
    "/indicators/2026H1/I-04/chart.svg?cut=stage", "/indicators/2026H1/I-04/series.svg",
)  # fmt: skip


@pytest.fixture
def analyst(sign_in, stopped_clock):
    make_snapshot()
    return sign_in(make_user(Role.ANALYST))


def address(code="I-04", cut="region", period="2026H1"):
    return f"/indicators/{period}/{code}?cut={cut}"


def chart_address(code="I-04", cut="region", theme="light", period="2026H1"):
    return f"/indicators/{period}/{code}/chart.svg?cut={cut}&theme={theme}"


def tables_of(page: str) -> list[list[list[str]]]:
    """Every table, cell by cell, without its head."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    return [
        [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")][1:]
        for table in document.iter("table")
    ]


@pytest.mark.parametrize("role", READERS)
def test_readers_see_the_same_pages(sign_in, stopped_clock, role):
    make_snapshot()
    browser = sign_in(make_user(role))

    for page in PAGES:
        assert browser.get(page).status_code == 200
    assert browser.get(PAGES[2]).text.count("hidden") > 1


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_is_let_in(sign_in, role):
    make_snapshot()
    browser = sign_in(make_user(role))

    for page in PAGES:
        assert browser.get(page).status_code == 403
    assert browser.post("/indicators/2026H1/snapshot").status_code == 403


@pytest.mark.parametrize(
    "page",
    ["/indicators/2025H2", "/indicators/2026H3", "/indicators/1999H1", "/indicators/x", address("I-99"),
     address(cut="sex"), chart_address("I-99"), chart_address(cut="age"), chart_address(theme="pink"),
     chart_address(period="2025H1"), "/indicators/2026H1/I-04?cut=%FF", "/indicators/2026H1/" + "9" * 5000,
     "/indicators/2026H1?revision=1", "/indicators/2026H1?revision=x", "/indicators/2026H1?revision=99999999999",
     "/indicators/2025H2/revisions", "/indicators/2025H2/freezing", "/indicators/2025H1/protection"],
    ids=lambda page: page[:40],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(analyst, page):
    assert analyst.get(page).status_code == 404


def test_a_period_shows_every_indicator_with_its_total(analyst):
    page = analyst.get("/indicators/2026H1").text

    people, covered, _in_time, on_time, met = (sum(row[place] for row in FIGURES.values()) for place in range(5))
    for number in (covered, on_time, met):
        assert f"{100 * number / people:.1f} %" in page
        assert f": {number}" in page


def test_the_index_names_the_half_year_that_is_not_over(analyst):
    page = analyst.get("/indicators").text

    assert "First half of 2026" in page
    assert "Second half of 2026" in page
    assert "1 January 2027" in page


def test_a_list_is_offered_where_there_are_people_whom_the_reader_may_see(analyst, sign_in):
    head = make_user(Role.SUPERVISOR)

    assert "in my office" in sign_in(head).get(address("I-04")).text
    assert "in my office" not in analyst.get(address("I-04")).text
    closed = [each.code for each in book().definitions if not open_to(head, each.quantities[-1:])]
    assert closed == ["I-10", "I-14"]  # treatment is the officer's alone, and agreements are about nobody


def test_only_an_analyst_is_offered_to_freeze(app, sign_in, stopped_clock):
    Register().case(date(2026, 2, 2))
    offer = 'action="/indicators/2026H1/snapshot"'

    assert offer in sign_in(make_user(Role.ANALYST)).get("/indicators").text
    assert offer not in sign_in(make_user(Role.SUPERVISOR)).get("/indicators").text
    assert sign_in(make_user(Role.SUPERVISOR)).post("/indicators/2026H1/snapshot").status_code == 403


def test_an_analyst_has_a_period_frozen_and_reads_it(app, sign_in, stopped_clock, few_definitions):
    register = Register()
    for _ in range(7):
        register.case(date(2026, 2, 2))
    analyst = make_user(Role.ANALYST)
    browser = sign_in(analyst)

    asked = browser.post("/indicators/2026H1/snapshot")
    (wanted,) = db.session.scalars(db.select(Freezing))

    assert asked.location == "/indicators/2026H1/freezing"
    assert "Waiting for its turn" in browser.get(asked.location).text
    work(wanted.id)
    assert "The figures are frozen." in browser.get(asked.location).text
    (snapshot,) = db.session.scalars(db.select(Snapshot))
    assert snapshot.frozen_by_id == analyst.id
    (line,) = db.session.scalars(db.select(Entry).where(Entry.what == "indicators.freeze"))
    assert (line.actor_id, line.subject, line.subject_id, line.client_id) == (analyst.id, "snapshot", snapshot.id, None)
    assert "/indicators/2026H1/snapshot" not in browser.get("/indicators").text


def test_a_second_analyst_is_told_who_is_freezing(app, sign_in, stopped_clock):
    Register().case(date(2026, 2, 2))
    sign_in(make_user(Role.ANALYST, full_name="Saule Akhmetova")).post("/indicators/2026H1/snapshot")

    told = sign_in(make_user(Role.ANALYST)).post("/indicators/2026H1/snapshot", follow_redirects=True)

    assert "2026H1 is being frozen already: Saule Akhmetova asked for it" in told.text
    assert db.session.query(Freezing).count() == 1


def test_a_revision_asks_why_and_keeps_what_was_typed(analyst):
    asked = analyst.post("/indicators/2026H1/revisions/new", data={"because": " "})

    assert "Say in a sentence why the figures are revised." in asked.text
    assert db.session.query(Freezing).count() == 0
    assert analyst.post("/indicators/2026H1/revisions/new", data={"because": "Two cases were entered late."}).location
    twice = analyst.post("/indicators/2026H1/revisions/new", data={"because": "Three cases."})
    assert "is being frozen already" in twice.text
    assert "Three cases." in twice.text


@pytest.mark.parametrize("period", ["2026H2", "2026", "2026M10"])
def test_what_cannot_be_frozen_yet_is_refused_in_a_sentence(analyst, period):
    answer = analyst.post(f"/indicators/{period}/snapshot", follow_redirects=True)

    assert "not over yet" in answer.text or "A month is too short" in answer.text
    assert db.session.query(Snapshot).count() == 1
    assert analyst.post("/indicators/nonsense/snapshot").status_code == 404


def test_what_is_entered_later_changes_no_page(analyst):
    before = [main_of(analyst, address(code)) for code in CODES]
    register = Register()
    for _ in range(6):
        register.meet(register.case(date(2026, 2, 2)), date(2026, 3, 3))
    db.session.commit()

    assert [main_of(analyst, address(code)) for code in CODES] == before


def main_of(browser, page: str) -> str:
    """The page without its frame, in which each form has a token of the moment."""
    return re.search(r"<h1>.*</main>", browser.get(page).text, re.DOTALL)[0]


def shown_in(snapshot: Snapshot):
    return [each for each in snapshot.release.figures if each.value is not None]


@pytest.mark.parametrize("code", CODES)
def test_every_table_holds_just_what_the_release_shows(analyst, code):
    snapshot = make_snapshot()
    defined = found_in(snapshot, code)
    shown = {f"{each.value // (60 if each.quantity.endswith('minutes') else 1):,}" for each in shown_in(snapshot)}

    counts = [place for place, column in enumerate(columns_of(defined), 1) if not column.whole]
    for cut in cuts_of(defined):
        rows = [row for row in tables_of(analyst.get(address(code, "-".join(cut))).text)[0] if len(row) > 1]
        for cell in (row[place].removesuffix(".0") for row in rows for place in counts):
            assert cell == "hidden" or cell in shown


@pytest.mark.parametrize("cut", CUTS)
def test_the_picture_says_in_words_what_the_table_says(analyst, cut):
    page = analyst.get(address(cut=cut)).text
    shares = [row[1] for row in tables_of(page)[0] if len(row) > 1]
    alt = re.search(r'alt="([^"]+)"', page)[1]
    picture = analyst.get(chart_address(cut=cut)).text
    said = re.findall(r"<text[^>]*>([^<]*)</text>", picture)

    assert [words.rsplit(": ", 1)[1] for words in alt.split("; ")] == shares
    assert [words for words in said if words in set(shares) - {"0 %", "25 %", "50 %", "75 %", "100 %"}] == shares
    assert "&lt;5" not in page
    assert "<5" not in picture


def test_a_definition_stands_beside_its_figures(analyst):
    page = analyst.get(address("I-11", "sex")).text

    for words in ("Help of mentors and volunteers", "People who were on the probation register", "15, 17",
                  "Log of confirmed sessions", "No target is set.", "I-11, version 2", "Entered late",
                  "First half of 2026"):  # fmt: skip
        assert words in page


def test_the_series_shows_every_frozen_half_year(analyst):
    make_snapshot("2025H2")
    rows = tables_of(analyst.get(address()).text)[1]

    assert [row[0] for row in rows] == ["Second half of 2025", "First half of 2026"]
    assert rows[0][1:] == rows[1][1:]


@pytest.mark.parametrize(("language", "region"), [("kk", "Almaty (kk)"), ("ru", "Almaty (ru)")])
def test_the_picture_speaks_the_readers_language(sign_in, stopped_clock, language, region):
    make_snapshot()
    browser = sign_in(make_user(Role.ANALYST, language=language))

    assert region in browser.get(chart_address()).text
    assert region in browser.get(address()).text


def test_the_picture_is_the_same_each_time(analyst):
    first = analyst.get(chart_address())

    assert first.mimetype == "image/svg+xml"
    assert analyst.get(chart_address()).data == first.data
    assert analyst.get(chart_address(theme="dark")).data != first.data


def test_no_page_leads_to_a_person(analyst):
    for page in PAGES[:4]:
        assert not re.search(
            r'(?:href|action|src)="/(?:people|cases|assessments|programs|matches|sessions|helping)',
            analyst.get(page).text,
        )


def test_an_analyst_sees_what_is_hidden_and_gives_the_figures_out(analyst):
    before = analyst.get("/indicators/2026H1/protection").text
    answer = analyst.post("/indicators/2026H1/release", follow_redirects=True).text

    hidden = make_snapshot().release.hidden_count
    assert re.search(rf"{hidden},\s+\d+\.\d %", before)
    assert "How near this is to the fewest" in before
    assert "The figures are given out: 2026H1." in answer
    assert "These figures were given out on" in analyst.get("/indicators/2026H1").text
    assert "given out already" in analyst.post("/indicators/2026H1/release", follow_redirects=True).text


def test_a_release_is_withdrawn_for_a_reason(analyst):
    analyst.post("/indicators/2026H1/release")
    asked = analyst.post("/indicators/2026H1/release/withdrawal", data={"reason": ""})
    done = analyst.post(
        "/indicators/2026H1/release/withdrawal", data={"reason": "A table was wrong."}, follow_redirects=True
    )

    assert "Say in a sentence why the release is withdrawn." in asked.text
    assert "The release is withdrawn." in done.text
    assert analyst.get("/indicators/2026H1/release/withdrawal").status_code == 404


@pytest.mark.parametrize(
    ("address", "name", "says"),
    [("revisions/new", "because", "beside the figures"), ("release/withdrawal", "reason", "in place of the files")],
)
def test_a_reason_that_everybody_reads_holds_nobodys_number(analyst, address, name, says):
    analyst.post("/indicators/2026H1/release")
    answer = analyst.post(f"/indicators/2026H1/{address}", data={name: "ИИН 900501300012"})

    assert answer.status_code == 200
    assert answer.text.count(f"Everybody reads it {says}. Name nobody.") > 1


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MINISTRY, Role.OFFICER])
def test_only_an_analyst_prepares_a_release(sign_in, role):
    make_snapshot()
    browser = sign_in(make_user(role))

    assert browser.get("/indicators/2026H1/protection").status_code == 403
    assert browser.post("/indicators/2026H1/release").status_code == 403
