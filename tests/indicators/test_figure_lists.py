"""Whoever may see cases looks behind a figure: as far as their own cases go, and leaves a trace."""

import re
from datetime import date

import pytest

from app.access.models import Role
from app.access.policy import KEPT_APART
from app.audit.models import Entry, Kind
from app.db import db
from app.indicators import figure_lists
from app.indicators.views import figures
from tests.factories.people import make_user
from tests.factories.substitutions import make_substitution
from tests.indicators.happenings import Happenings
from tests.indicators.registers import Register

EARLIER = date(2025, 3, 3)
PERIOD = "2026H1"


@pytest.fixture
def register(app, stopped_clock):
    """Three people of one officer, two of them with a programme, and one person of another office."""
    register = Register()
    cases = [register.case(EARLIER) for _ in range(3)]
    for case in cases[:2]:
        register.program(case, date(2026, 3, 3))
    stranger = register.case(EARLIER)
    colleague = make_user(Role.OFFICER, register.elsewhere)
    stranger.assignment.office_id, stranger.assignment.officer_id = register.elsewhere.id, colleague.id
    db.session.commit()
    register.colleague = colleague
    return register


def listed(browser, address: str) -> list[int]:
    """The people named on a page, by their numbers."""
    return [
        int(found) for found in re.findall(r'<th scope="row">\s*<a[^>]*href="/people/(\d+)"', browser.get(address).text)
    ]


def together(browser, address: str) -> int:
    return int(re.search(r"Together: (\d+)", browser.get(address).text)[1])


def test_an_officer_sees_the_people_behind_the_own_figures_and_no_others(register, sign_in):
    browser = sign_in(register.officer)
    address = f"/figures/{PERIOD}/I-04?of="

    assert len(listed(browser, f"{address}register")) == together(browser, f"{address}register") == 3
    assert len(listed(browser, f"{address}I-04")) == together(browser, f"{address}I-04") == 2


def test_a_head_of_service_sees_those_of_the_office(register, sign_in):
    own, other = sign_in(register.head), sign_in(make_user(Role.SUPERVISOR, register.elsewhere))
    address = f"/figures/{PERIOD}/I-04?of=register"

    assert together(own, address) == 3
    assert together(other, address) == 1
    assert set(listed(own, address)).isdisjoint(listed(other, address))


def test_the_numbers_of_the_first_page_are_those_of_the_lists(register, sign_in):
    browser = sign_in(register.officer)
    page = browser.get(f"/figures?period={PERIOD}").text
    links = re.findall(r'href="(/figures/2026H1/[^"]+)">([\d.,]+)<', page)

    assert len(links) > 20
    for address, number in links[:6]:
        assert browser.get(address.replace("&amp;", "&")).text.count(f"Together: {number}") == 1


def test_each_look_is_kept_of_each_person_on_the_page(register, sign_in):
    browser = sign_in(register.officer)
    seen = listed(browser, f"/figures/{PERIOD}/I-04?of=register")

    lines = db.session.scalars(db.select(Entry).where(Entry.what == "indicators.figure", Entry.kind == Kind.READ)).all()
    assert {line.client_id for line in lines} == set(seen)
    assert {line.permission for line in lines} == {"view_figure_list"}


def test_a_list_goes_on_where_the_page_before_ended(register, sign_in, monkeypatch):
    monkeypatch.setattr(figure_lists, "PAGE", 2)
    monkeypatch.setattr(figures, "PAGE", 2)
    browser = sign_in(register.officer)
    first = f"/figures/{PERIOD}/I-04?of=register"
    older = re.search(r'rel="next" href="([^"]+)"', browser.get(first).text)[1].replace("&amp;", "&")

    assert len(listed(browser, first)) == 2
    assert len(listed(browser, older)) == 1
    assert set(listed(browser, first)).isdisjoint(listed(browser, older))


def test_a_group_narrows_the_list(register, sign_in):
    browser = sign_in(register.officer)
    address = f"/figures/{PERIOD}/I-04?of=register&stage="

    assert together(browser, f"{address}sentence") == 3
    assert together(browser, f"{address}pre_trial") == 0
    assert browser.get(f"{address}nonsense").status_code == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MINISTRY, Role.BODY, Role.VOLUNTEER, Role.ADMINISTRATOR])
def test_who_may_not_see_cases_sees_no_list(app, sign_in, role):
    browser = sign_in(make_user(role))

    assert browser.get("/figures").status_code == 403
    assert browser.get(f"/figures/{PERIOD}/I-04").status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/figures?period=2027H1", "/figures?period=x", "/figures/2026H1/I-99", "/figures/2026H1/I-04?of=I-07",
     "/figures/2030/I-04", "/figures/2026M13/I-04"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(register, sign_in, address):
    assert sign_in(register.officer).get(address).status_code == 404


def test_a_month_can_be_looked_at(register, sign_in):
    assert together(sign_in(register.officer), "/figures/2026M05/I-04?of=register") == 3


@pytest.fixture
def treated(app, stopped_clock):
    """Somebody who was released in the middle of a treatment, and whose officer told a clinic."""
    register = Happenings()
    case = register.release(register.case(EARLIER), date(2026, 4, 8))
    register.treat(case, date(2026, 4, 1), date(2026, 4, 9))
    db.session.commit()
    register.case_treated = case
    return register


@pytest.mark.parametrize("quantity", ["I-10", "I-10.needing"])
def test_whose_treatment_goes_on_is_listed_for_the_officer_of_the_case_alone(treated, sign_in, quantity):
    address = f"/figures/{PERIOD}/I-10?of={quantity}"
    head, stranger = treated.head, make_user()

    assert listed(sign_in(treated.officer), address) == [treated.case_treated.client_id]
    assert together(sign_in(stranger), address) == 0
    assert sign_in(head).get(address).status_code == 403
    assert "I-10" not in sign_in(head).get(f"/figures?period={PERIOD}").text


def test_who_stands_in_is_not_told_whose_treatment_goes_on(treated, sign_in):
    substitute = make_user()
    make_substitution(treated.officer, substitute)
    db.session.commit()
    browser = sign_in(substitute)

    assert together(browser, f"/figures/{PERIOD}/I-09?of=I-09") == 1
    assert together(browser, f"/figures/{PERIOD}/I-10?of=I-10") == 0
    page = browser.get(f"/figures?period={PERIOD}").text
    assert re.findall(r'of=I-10(?:\.needing)?">(\d+)<', page) == ["0", "0"]


def test_that_somebody_was_looked_at_behind_it_says_nothing_of_treatment(treated, sign_in):
    listed(sign_in(treated.officer), f"/figures/{PERIOD}/I-10?of=I-10")

    line = db.session.scalars(db.select(Entry).where(Entry.what == "indicators.figure")).one()
    assert line.permission in KEPT_APART
