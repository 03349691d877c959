"""The pages show a frozen release to analysts and heads of service: all that it shows, and nothing that it hides."""

import re
from dataclasses import replace
from datetime import date

import html5lib
import pytest

from app.access.models import Role
from app.audit.models import Entry
from app.clients.vocabulary import LABELS, Sex, Stage
from app.db import db
from app.indicators.attack import attack, unsafe
from app.indicators.models import Freezing, Snapshot
from app.indicators.tables import TOTAL, Figure
from app.indicators.wording import CUTS
from app.indicators.working import work
from app.web.languages import speaking
from tests.factories.indicators import FIGURES, make_snapshot
from tests.factories.people import make_user
from tests.indicators.registers import Register

CODES = ("I-04", "I-07", "I-11")
READERS = (Role.ANALYST, Role.SUPERVISOR)
OTHERS = (Role.OFFICER, Role.VOLUNTEER, Role.MENTOR, Role.ADMINISTRATOR)


@pytest.fixture
def analyst(sign_in, stopped_clock):
    make_snapshot()
    return sign_in(make_user(Role.ANALYST))


def address(code="I-04", cut="office", period="2026H1"):
    return f"/indicators/{period}?indicator={code}&cut={cut}"


def chart_address(code="I-04", cut="office", theme="light", period="2026H1"):
    return f"/indicators/{period}/{code}/chart.svg?cut={cut}&theme={theme}"


def table_of(page: str) -> list[list[str]]:
    """The first table, cell by cell, without its head."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    rows = document.find(".//table").iter("tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows][1:]


def number_in(cell: str) -> int | None:
    return None if cell == "hidden" else int(cell.replace(",", ""))


@pytest.mark.parametrize("role", READERS)
def test_readers_see_the_same_pages(sign_in, stopped_clock, role):
    make_snapshot()
    browser = sign_in(make_user(role))

    for page in ("/indicators", address(), chart_address()):
        assert browser.get(page).status_code == 200
    assert browser.get(address()).text.count("hidden") > 1


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_is_let_in(sign_in, role):
    make_snapshot()
    browser = sign_in(make_user(role))

    for page in ("/indicators", address(), chart_address()):
        assert browser.get(page).status_code == 403
    assert browser.post("/indicators/2026H1/snapshot").status_code == 403


@pytest.mark.parametrize(
    "page",
    ["/indicators/2025H2", "/indicators/2026H3", "/indicators/1999H1", "/indicators/x", address("I-99"),
     address(cut="age"), chart_address("I-99"), chart_address(cut="age"), chart_address(theme="pink"),
     chart_address(period="2025H1"), "/indicators/2026H1?cut=%FF", "/indicators/2026H1?indicator=" + "9" * 5000],
    ids=lambda page: page[:40],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(analyst, page):
    assert analyst.get(page).status_code == 404


def test_the_index_names_the_totals_and_the_half_year_that_is_not_over(analyst):
    page = analyst.get("/indicators").text

    people, *numbers = (sum(row[place] for row in FIGURES.values()) for place in range(4))
    assert "First half of 2026" in page
    for number in numbers:
        assert f"{100 * number / people:.1f} %" in page
        assert f"{number} of {people} people" in page
    assert "Second half of 2026" in page
    assert "1 January 2027" in page


def test_only_an_analyst_is_offered_to_freeze(app, sign_in, stopped_clock):
    Register().case(date(2026, 2, 2))
    offer = 'action="/indicators/2026H1/snapshot"'

    assert offer in sign_in(make_user(Role.ANALYST)).get("/indicators").text
    assert offer not in sign_in(make_user(Role.SUPERVISOR)).get("/indicators").text
    assert sign_in(make_user(Role.SUPERVISOR)).post("/indicators/2026H1/snapshot").status_code == 403


def test_an_analyst_has_a_period_frozen_and_reads_it(app, sign_in, stopped_clock):
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


def test_a_half_year_that_is_not_over_is_not_frozen(analyst):
    answer = analyst.post("/indicators/2026H2/snapshot", follow_redirects=True)

    assert "not over yet" in answer.text
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


def figures_on(page: str, code: str, cut: str, release) -> dict:
    """What a stranger reads from a page: the figures by quantity and key."""
    dimensions = {each.code: each.categories for each in release.dimensions}
    names = {"Office A-1": "A-1", "Office B-2": "B-2"}
    with speaking("en"):
        names |= {str(label): str(member) for kind in (Sex, Stage) for member, label in LABELS[kind].items()}
    found, office = {}, TOTAL
    for first, *cells in table_of(page):
        if not cells:
            office = names.get(first, TOTAL)
            continue
        category = names.get(first, TOTAL)
        key = tuple(
            category if name == cut.split("-")[-1] else office if name == "office" else TOTAL for name in dimensions
        )
        found["register", key], found[code, key] = number_in(cells[1]), number_in(cells[0])
        if code == "I-11":
            found["I-11.minutes", key] = None if cells[3] == "hidden" else float(cells[3].replace(",", ""))
    return found


def test_the_pages_show_the_stored_release_and_a_stranger_learns_nothing_hidden(analyst):
    release = make_snapshot().release
    read = {}
    for code in CODES:
        for cut in CUTS:
            read |= figures_on(analyst.get(address(code, cut)).text, code, cut, release)
    stored = release.values()

    assert read.keys() == stored.keys()
    for (quantity, key), value in stored.items():
        shown = read[quantity, key]
        if value is None or quantity != "I-11.minutes":
            assert shown == value, (quantity, key)
        else:
            assert shown == round(value / 60, 1)
    assert release.hidden_count > 10
    as_read = replace(release, figures=tuple(
        Figure(code, key, stored[code, key] if read[code, key] is not None else None) for code, key in stored
    ))  # fmt: skip
    assert unsafe(as_read, attack(as_read)) == []


@pytest.mark.parametrize("cut", CUTS)
def test_the_picture_and_its_words_hide_what_the_table_hides(analyst, cut):
    page = analyst.get(address("I-11", cut)).text
    shares = [row[3] for row in table_of(page) if len(row) > 1]
    alt = re.search(r'alt="([^"]+)"', page)[1]
    picture = analyst.get(chart_address("I-11", cut)).text
    said = re.findall(r"<text[^>]*>([^<]*)</text>", picture)

    assert [words.rsplit(": ", 1)[1] for words in alt.split("; ")] == shares
    values = [words for words in said if words in set(shares) and words not in {"0 %", "25 %", "50 %", "75 %", "100 %"}]
    assert values == shares
    assert "&lt;5" not in page
    assert "<5" not in picture


def test_a_definition_stands_beside_its_figures(analyst):
    page = analyst.get(address("I-11", "stage")).text

    for words in ("Met a mentor or volunteer", "People who were on the probation register", "Log of confirmed sessions",
                  "15, 17", "No target is set.", "I-11, version 1", "Figures are hidden so that nobody"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(("language", "office"), [("kk", "A-1 бөлімі"), ("ru", "Отдел A-1")])
def test_the_picture_speaks_the_readers_language(sign_in, stopped_clock, language, office):
    make_snapshot()
    browser = sign_in(make_user(Role.ANALYST, language=language))

    assert office in browser.get(chart_address()).text
    assert office in browser.get(address()).text


def test_the_picture_is_the_same_each_time(analyst):
    first = analyst.get(chart_address())

    assert first.mimetype == "image/svg+xml"
    assert analyst.get(chart_address()).data == first.data
    assert analyst.get(chart_address(theme="dark")).data != first.data


def test_no_page_leads_to_a_person(analyst):
    pages = [analyst.get("/indicators").text, *(analyst.get(address(cut=cut)).text for cut in CUTS)]

    for page in pages:
        assert not re.search(
            r'(?:href|action|src)="/(?:people|cases|assessments|programs|matches|sessions|helping)', page
        )
