"""Whoever may see cases looks behind a figure: as far as their own cases go, and leaves a trace."""

import re
from datetime import date

import pytest

from app.access.models import Role
from app.access.policy import KEPT_APART
from app.audit.models import Entry, Kind
from app.clients.vocabulary import Ground
from app.db import db
from app.indicators import figure_lists
from app.indicators.figure_lists import numbers_within
from app.indicators.periods import parse
from app.indicators.views import figures
from app.supervision.contacts.vocabulary import Attended
from tests.factories.people import make_user
from tests.factories.services import make_service
from tests.factories.substitutions import make_substitution
from tests.indicators.happenings import MINOR, Happenings
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


OF_OTHER_CASES = ("I-01", "I-04", "I-07", "I-08", "I-09", "I-11", "I-12", "I-13.custody")  # numbers on one page


@pytest.fixture
def twofold(app, stopped_clock):
    """A minor in two cases: the later one with the officer, the earlier one with a colleague of another office."""
    register = Happenings()
    register.other = register.born(MINOR)
    register.mine = register.case(date(2025, 6, 6), of=register.other)
    register.colleague = make_user(Role.OFFICER, register.elsewhere)
    register.other.assignment.office_id = register.elsewhere.id
    register.other.assignment.officer_id = register.colleague.id
    db.session.commit()
    return register


def lead_a_life(register, case) -> None:
    """All that may be counted of a person happens in one case."""
    day = date(2026, 3, 3)
    register.offence(case, day)
    register.program(case, date(2025, 4, 4))
    register.level_twice(case)
    register.needs(case, day, ("housing", True, "high"))
    register.release(case, day)
    register.treat(case, day, day)
    register.meet(case, day)
    register.attend(register.event(day), case, Attended.CAME)
    register.refer(case, make_service(code="other"), day)
    register.deregister_for(case, date(2026, 5, 5), Ground.REPLACED_BY_CUSTODY)
    db.session.commit()


def pages(browser) -> list[str]:
    """What is said of all numbers together, and behind one of them; with neither the shell nor its secrets."""
    behind = "I-01?of=I-01", "M-19.needs?of=M-19.needs", "M-19.levels?of=register&level=low"
    told = [
        browser.get(address)
        for address in (f"/figures?period={PERIOD}", *(f"/figures/{PERIOD}/{each}" for each in behind))
    ]
    assert {each.status_code for each in told} == {200}
    return [re.search("<main.*</main>", each.text, re.DOTALL)[0] for each in told]


@pytest.mark.parametrize("who", ["officer", "head"])
def test_what_stands_in_a_case_out_of_reach_changes_no_page(twofold, sign_in, who):
    browser = sign_in(getattr(twofold, who))
    before = pages(browser)
    lead_a_life(twofold, twofold.other)

    assert pages(browser) == before
    assert all("1 more person also has a case that you may not see" in page for page in before)


def test_who_reaches_both_cases_is_told_of_both(twofold, sign_in):
    twofold.other.assignment.office_id = twofold.officer.office_id
    lead_a_life(twofold, twofold.other)
    head, officer = (numbers_within(each, parse(PERIOD)) for each in (twofold.head, twofold.officer))

    assert [head[each] for each in OF_OTHER_CASES] == [1] * len(OF_OTHER_CASES)
    assert [officer[each] for each in OF_OTHER_CASES] == [0] * len(OF_OTHER_CASES)


def test_what_stands_in_the_own_case_is_told_of_everybody(twofold, sign_in):
    """Neither a violation of the own case nor that the person is on the register comes of another."""
    twofold.violate(twofold.mine, date(2026, 3, 3))
    db.session.commit()
    browser = sign_in(twofold.officer)

    for address in ("I-13?of=I-13", "I-04?of=register", "I-04?of=register&stage=sentence"):
        assert listed(browser, f"/figures/{PERIOD}/{address}") == [twofold.mine.client_id]
        assert "a case that you may not see" not in browser.get(f"/figures/{PERIOD}/{address}").text
    assert listed(browser, f"/figures/{PERIOD}/I-13?of=I-13&basis={twofold.mine.legal_basis}") == []


def test_minors_in_activities_are_told_beside_the_minors(register, sign_in):
    register.case(EARLIER).client.born_on = MINOR
    db.session.commit()
    browser = sign_in(register.officer)
    page = browser.get(f"/figures?period={PERIOD}").text

    assert re.search(r'I-12\?of=register&amp;age=14-17">1<', page)
    assert "People on register during the period: under 18" in page
    assert together(browser, f"/figures/{PERIOD}/I-12?of=register&age=14-17") == 1


def test_behind_agreements_there_are_no_people(register, sign_in):
    browser = sign_in(register.officer)

    assert browser.get(f"/figures/{PERIOD}/I-14?of=I-14").status_code == 404
    assert "I-14" not in browser.get(f"/figures?period={PERIOD}").text


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
