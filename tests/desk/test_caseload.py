"""The caseload: what narrows it, its order and pages, the export of what is shown, and the filters that are kept."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from app.access.models import Role
from app.access.policy import Reach
from app.clients.vocabulary import Ground, Stage
from app.clock import now, today
from app.db import db
from app.desk.caseload import listing
from app.desk.caseload.models import SavedFilter
from app.desk.caseload.saved import MOST
from app.desk.caseload.sought import LABELS, Assessed, NextVisit, Order, Sought, Warned, sought_in
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from tests.factories.assessments import make_completed
from tests.factories.contacts import make_contact
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.signals import make_signal
from tests.factories.statements import statements
from tests.factories.visits import make_visit


@pytest.fixture
def named(officer, stopped_clock):
    """Cases by the surname of their person."""

    def make(surname, by=officer, **facts):
        return make_case(by, make_client(surname=surname), **{"registered_on": today()} | facts)

    return make


def listed(actor, **asked):
    return [line.person.split()[0] for line in listing.page_of(actor, Sought(**asked), today()).lines]


def test_each_filter_leaves_the_cases_that_have_what_is_asked_for(app, officer, named):
    named("Ахметов")
    other = named("Бекова", stage=Stage.POST_PENITENTIARY, legal_basis="post_release")
    level = Assessed(make_completed(other).completion.level or "unclear")
    make_visit(other, today())
    make_signal(other)
    silent = named("Сериков", registered_on=today() - timedelta(days=61), term_to=today() + timedelta(days=20))
    make_visit(silent, today() - timedelta(days=1))
    gone = named("Шарипов")
    gone.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    named("Чужой", by=make_user())
    db.session.commit()

    assert listed(officer) == ["Ахметов", "Бекова", "Сериков"]
    assert listed(officer, stage=Stage.POST_PENITENTIARY) == listed(officer, basis="post_release") == ["Бекова"]
    assert listed(officer, level=Assessed.NEVER) == ["Ахметов", "Сериков"]
    assert [one for one in Assessed if listed(officer, level=one) == ["Бекова"]] == [level]
    assert listed(officer, visit=NextVisit.TODAY) == listed(officer, visit=NextVisit.WEEK) == ["Бекова"]
    assert listed(officer, visit=NextVisit.PASSED) == ["Сериков"]
    assert listed(officer, visit=NextVisit.NONE) == ["Ахметов", "Сериков"]
    assert listed(officer, silent=60) == ["Сериков"]
    assert listed(officer, signals=Warned.UNSEEN) == listed(officer, signals=Warned.ANY) == ["Бекова"]
    assert listed(officer, signals=Warned.NONE) == ["Ахметов", "Сериков"]
    assert listed(officer, term=30) == ["Сериков"]
    assert listed(officer, late=Late.APPOINTMENT) == ["Сериков"]
    make_contact(silent)
    assert listed(officer, silent=60) == []


def test_late_means_what_it_means_on_the_day(app, officer, named):
    for days in (10, 40, 70):
        named(f"Сериков{days}", registered_on=today() - timedelta(days=days))
    held = nothing_beyond(officer)

    for kind in Late:
        expected = {one.case_id for one in overdue(kind, today(), held)}
        found = listing.page_of(officer, Sought(late=kind), today()).lines
        assert {line.case_id for line in found} == expected
        assert all(kind in line.late for line in found)
    late = {line.case_id for line in listing.page_of(officer, sought_in({"late": "anything"}), today()).lines}
    rest = {line.case_id for line in listing.page_of(officer, sought_in({"late": "nothing"}), today()).lines}
    assert late and rest and not late & rest


@pytest.mark.parametrize("order", Order)
def test_pages_follow_each_other_both_ways_in_every_order(app, officer, named, monkeypatch, order):
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    listing.turned.cache_clear()
    for number, surname in enumerate(("Ахметов", "Бекова", "Сериков", "Ким", "Ли")):
        case = named(surname, registered_on=today() - timedelta(days=number % 3))
        if number % 2:
            make_visit(case, today() + timedelta(days=number))
    sought = Sought(order=order)

    pages, after = [], None
    while (page := listing.page_of(officer, sought, today(), after=after)).lines:
        pages.append([line.case_id for line in page.lines])
        if not (after := page.older):
            break
    everything = [line.case_id for line in listing.all_lines(officer, sought, today())]
    assert [number for page in pages for number in page] == everything
    assert len(everything) == listing.count(officer, sought, today()) == 5
    back = listing.page_of(officer, sought, today(), before=pages[2][0])
    assert [line.case_id for line in back.lines] == pages[1] and back.newer and back.older
    first = listing.page_of(officer, sought, today(), before=pages[1][0])
    assert [line.case_id for line in first.lines] == pages[0] and first.newer is None
    listing.turned.cache_clear()


def test_the_export_holds_exactly_what_the_filter_shows(sign_in, officer, named, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    listing.turned.cache_clear()
    for surname in ("=Ахметов", "Бекова", "Сериков"):
        make_visit(named(surname), today())
    named("Ким")
    browser = sign_in(officer)

    page = browser.get("/caseload?visit=today").text
    answer = browser.get("/caseload.csv?visit=today")
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert "3 open cases in this list" in page and 'href="/caseload.csv?visit=today"' in page
    assert [row[0].split()[0] for row in rows[1:]] == ["'=Ахметов", "Бекова", "Сериков"]
    assert "Ким" not in answer.text
    listing.turned.cache_clear()


def test_a_head_sees_the_office_and_narrows_by_officer(sign_in, officer, named):
    other, head = make_user(full_name="Ли Денис"), make_user(Role.SUPERVISOR)
    named("Ахметов")
    named("Бекова", by=other)
    named("Сериков", officer_id=None)
    named("Чужой", by=make_user(office=make_office("B-1")))

    assert listed(head) == ["Ахметов", "Бекова", "Сериков"]
    assert listed(head, officer=other.id) == ["Бекова"]
    assert listed(head, officer=0) == ["Сериков"]
    page = sign_in(head).get(f"/caseload?officer={other.id}").text
    assert "Бекова" in page and "Ахметов" not in page
    own = sign_in(officer).get(f"/caseload?officer={other.id}").text
    assert "Ахметов" in own and "Бекова" not in own and "Ли Денис" not in own


def test_what_an_address_cannot_mean_narrows_nothing(sign_in, officer, named):
    named("Ахметов")
    nonsense = "stage=x&basis=y&level=z&visit=0&silent=-1&late=%00&signals=&term=99999999999&officer=٣&order=up&after=x"

    answer = sign_in(officer).get(f"/caseload?{nonsense}")
    assert answer.status_code == 200 and "Ахметов" in answer.text
    assert sign_in(officer).get("/caseload?after=2147483647&before=1").status_code == 200
    assert listing.count(officer, sought_in({}), today()) == 1


def test_what_is_asked_for_stands_in_the_address_and_is_read_back():
    sought = Sought(
        stage=Stage.SENTENCE, basis="probation", level=Assessed.HIGH, visit=NextVisit.NONE, silent=30,
        late=Late.STEP, signals=Warned.ANY, term=90, order=Order.CONTACT,
    )  # fmt: skip
    assert sought_in(sought.values | {"basis": "conditional_sentence"}).values == sought.values | {
        "basis": "conditional_sentence"
    }
    assert Sought().query == ""
    assert len(sought.query) <= 300
    assert all(str(label) for label in LABELS.values())


def test_a_filter_is_kept_by_its_user_alone_replaced_by_its_name_and_removed(sign_in, officer):
    mine, theirs = sign_in(officer), sign_in(make_user())
    kept = mine.post("/caseload/filters", data={"name": " Молчат ", "query": "silent=30&order=contact&nonsense=1"})
    assert kept.location == "/caseload?silent=30&order=contact"
    assert 'href="/caseload?silent=30&amp;order=contact">Молчат</a>' in mine.get("/caseload").text
    assert "Молчат" not in theirs.get("/caseload").text

    mine.post("/caseload/filters", data={"name": "Молчат", "query": "silent=60"})
    (row,) = db.session.scalars(db.select(SavedFilter))
    assert (row.name, row.query) == ("Молчат", "silent=60")
    number = row.id
    theirs.post("/caseload/filters/removal", data={"filter": number})
    assert db.session.scalar(db.select(db.func.count(SavedFilter.id))) == 1
    mine.post("/caseload/filters/removal", data={"filter": number})
    again = mine.post("/caseload/filters/removal", data={"filter": number}, follow_redirects=True)
    assert "This filter is not there any more." in again.text
    assert db.session.scalar(db.select(db.func.count(SavedFilter.id))) == 0


@pytest.mark.parametrize(
    ("name", "words"), [("", "Give the filter a name."), ("ы" * 61, "Use at most 60"), ("  \x00 ", "Give the filter")]
)
def test_a_name_that_cannot_be_kept_gives_a_sentence(sign_in, officer, name, words):
    answer = sign_in(officer).post("/caseload/filters", data={"name": name, "query": "silent=30"})

    assert answer.status_code == 422
    assert words in answer.text


def test_there_is_an_end_to_filters(sign_in, officer):
    browser = sign_in(officer)
    for number in range(MOST):
        browser.post("/caseload/filters", data={"name": f"№ {number}", "query": "silent=30"})

    answer = browser.post("/caseload/filters", data={"name": "One more", "query": "silent=30"})
    assert answer.status_code == 422 and "Remove one" in answer.text
    assert browser.post("/caseload/filters", data={"name": "№ 3", "query": "silent=60"}).status_code == 302


def test_as_many_statements_for_a_page_as_for_one_line(sign_in, officer, named):
    named("Ахметов", registered_on=today() - timedelta(days=50))
    browser = sign_in(officer)
    browser.get("/caseload")
    one = statements(lambda: browser.get("/caseload"))
    for number in range(5):
        make_visit(named(f"Сериков{number}", registered_on=today() - timedelta(days=50)))
    assert statements(lambda: browser.get("/caseload")) <= one
    assert one <= 20
    assert statements(lambda: browser.get("/caseload.csv")) <= one


def test_the_list_reaches_as_far_as_the_policy(app, officer):
    assert listing.extent_of(officer) is Reach.OWN
    assert listing.extent_of(make_user(Role.SUPERVISOR)) is Reach.OFFICE
    assert listing.extent_of(make_user(Role.ANALYST)) is None
