"""The officer's day: five headings, exact numbers, acts of one press, and nothing twice."""

import re
from datetime import timedelta

import html5lib
import pytest

from app.access.models import Role
from app.assistance.models import ReferralEvent
from app.assistance.referrals.vocabulary import Event
from app.clients.vocabulary import Stage
from app.clock import now, today
from app.db import db
from app.desk import news, visits
from app.desk.day import pile_of_kind
from app.desk.held import nothing_beyond
from app.desk.lines import FEW
from app.desk.models import Late
from app.desk.overdue import overdue
from app.desk.parts import LATE, SILENT, Heading, days_parts
from app.supervision.searches.models import SearchEnd
from app.supervision.searches.vocabulary import Ending
from app.supervision.violations.drafting import send_back as give_back
from tests.factories.contacts import make_contact, make_group_event
from tests.factories.deadlines import make_change, make_deadline
from tests.factories.people import make_case, make_client, make_user
from tests.factories.referrals import make_referral, tell
from tests.factories.saving import saved
from tests.factories.sessions import make_helper, make_match, make_session
from tests.factories.signals import make_signal
from tests.factories.statements import statements
from tests.factories.violations import make_answer, make_search, make_signed, make_submitted, make_violation
from tests.factories.visits import make_visit


@pytest.fixture
def browser(sign_in, officer, stopped_clock):
    return sign_in(officer)


def known(officer, **facts):
    """A case in which nothing is late: registered today."""
    return make_case(officer, make_client(**facts), registered_on=today())


def answered_by_service(referral):
    by = today() + timedelta(days=10)
    saved(ReferralEvent(referral=referral, kind=Event.ACCEPTED, on=today(), start_by=by, by_provider=True, at=now()))


def part_of(page: str, heading: str) -> str:
    """The words under a heading."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [one for one in tree.iter("section") if one.get("id") == heading]
    return " ".join("".join(found[0].itertext()).split()) if found else ""


def tally(page: str) -> dict[str, int]:
    return {key: int(number) for key, number in re.findall(r'href="#(\w+)"[^>]*><strong>(\d+)</strong>', page)}


def test_every_kind_of_lateness_stands_under_one_heading():
    assert sorted([*LATE, *SILENT]) == sorted(Late)


def test_whoever_comes_today_is_noted_with_one_press_and_leaves_the_day(browser, officer):
    case = known(officer, surname="Ахметова")
    visit = make_visit(case, minute=9 * 60 + 30)
    make_visit(known(officer, surname="Бекова"))

    page = browser.get("/").text
    assert tally(page)["today"] == 2
    assert "Expected today · 2 9:30 Ахметова" in part_of(page, "today")
    assert part_of(page, "today").index("Ахметова") < part_of(page, "today").index("Бекова")

    answer = browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "came", "back": "/"})
    assert answer.location == "/"
    after = browser.get("/").text
    assert tally(after)["today"] == 1
    assert "Ахметова" not in part_of(after, "today") and "Бекова" in part_of(after, "today")


def test_a_visit_nobody_noted_is_late_the_next_day_and_a_coming_one_is_of_the_week(sign_in, officer, stopped_clock):
    case = known(officer)
    visit = make_visit(case)
    make_visit(known(officer, surname="Сериков"), today() + timedelta(days=3))

    assert "Сериков" in part_of(sign_in(officer).get("/").text, "week")
    stopped_clock.move(days=1)
    page = sign_in(officer).get("/").text
    assert "Visits of which nothing is noted · 1" in part_of(page, "late")
    assert "late by 1 day" in part_of(page, "late")
    assert f'href="/visits/{visit.id}/outcome?back=/"' in page


def test_a_person_is_silent_after_the_days_of_the_norm_and_until_somebody_reaches_them(app, officer, stopped_clock):
    case = make_case(officer, registered_on=today())
    make_case(officer, registered_on=today(), stage=Stage.PENITENTIARY)
    held = nothing_beyond(officer)
    due = today() + timedelta(days=30)

    assert overdue(Late.SILENCE, due, held) == []
    found = overdue(Late.SILENCE, due + timedelta(days=1), held)
    assert [(one.case_id, one.due_on) for one in found] == [(case.id, due)]
    make_contact(case, on=today())
    stopped_clock.move(days=40)
    assert [one.case_id for one in overdue(Late.SILENCE, today(), held)] == [case.id]
    make_contact(case, on=today(), reached=False)
    assert [one.case_id for one in overdue(Late.SILENCE, today(), held)] == [case.id]
    search = make_search(case, days=0)
    assert overdue(Late.SILENCE, today(), held) == []
    search.end = SearchEnd(ending=Ending.MISTAKE, on=today(), words="A slip", by=officer, at=now())
    db.session.commit()
    assert [one.case_id for one in overdue(Late.SILENCE, today(), held)] == [case.id]
    make_contact(case, on=today())
    assert overdue(Late.SILENCE, today(), held) == []


def test_a_deadline_stands_in_its_week_on_its_day_and_then_as_late(sign_in, officer, stopped_clock):
    deadline = make_deadline(known(officer), kind="introductory-talk", code="introductory-talk")

    def where():
        page = sign_in(officer).get("/").text
        return [one.value for one in Heading if "Deadlines" in part_of(page, one.value)]

    assert where() == []
    stopped_clock.move(days=(deadline.due_on - today()).days - 2)
    assert where() == ["week"]
    stopped_clock.move(days=2)
    assert where() == ["today"]
    stopped_clock.move(days=1)
    assert where() == ["late"]
    assert "talk" in part_of(sign_in(officer).get("/").text, "late")


def test_one_press_says_that_a_deadline_is_met_today(browser, officer):
    deadline = make_deadline(known(officer), code="introductory-talk", due_on=today())

    assert f'action="/deadlines/{deadline.id}/fulfilment" data-press' in browser.get("/").text
    done = browser.post(f"/deadlines/{deadline.id}/fulfilment", data={"on": today().isoformat(), "back": "/"})
    assert done.location == "/"
    assert "Deadlines" not in part_of(browser.get("/").text, "today")


def test_a_first_appearance_stands_once_as_a_visit(app, officer, stopped_clock):
    case = known(officer)
    make_deadline(case, due_on=today() - timedelta(days=1))
    held = nothing_beyond(officer)

    assert len(overdue(Late.DEADLINE, today(), held)) == 1
    make_visit(case, today() - timedelta(days=1), kind="first")
    assert overdue(Late.DEADLINE, today(), held) == []
    assert len(overdue(Late.APPOINTMENT, today(), held)) == 1


def test_what_is_new_is_seen_or_confirmed_with_one_press(browser, officer):
    signal = make_signal(known(officer))
    session = make_session(make_match(known(officer), make_helper(Role.MENTOR)))

    assert tally(browser.get("/").text)["new"] == 2
    for address in (f"/signals/{signal.id}/acknowledgement", f"/sessions/{session.id}/confirmation"):
        assert browser.post(address, data={"back": "/"}).location == "/"
    assert tally(browser.get("/").text)["new"] == 0


def test_an_act_leads_back_to_the_page_of_its_heading_and_never_to_another_host(browser, officer):
    make_signal(known(officer))
    assert 'name="back" value="/day/new"' in browser.get("/day/new").text

    session = make_session(make_match(known(officer), make_helper(Role.MENTOR)))
    away = browser.post(f"/sessions/{session.id}/confirmation", data={"back": "//elsewhere.example/"})
    assert away.location == f"/sessions/{session.id}"


def test_what_a_service_told_is_new_and_what_the_officer_noted_is_not(browser, officer):
    answered_by_service(make_referral(known(officer)))
    tell(make_referral(known(officer)), Event.ACCEPTED)

    assert "Answers to referrals · 1" in part_of(browser.get("/").text, "new")


def test_answers_come_to_the_head_and_back_to_the_officer(browser, sign_in, officer):
    head = make_user(Role.SUPERVISOR)
    make_answer(make_violation(known(officer)))
    answer = make_submitted(make_violation(known(officer)))
    make_signed(make_violation(known(officer)))

    assert "Signed, to be handed over · 1" in part_of(browser.get("/").text, "new")
    assert "Answers to sign or return · 1" in part_of(sign_in(head).get("/queue").text, "decide")
    give_back(answer, answer.draft.id, "Name the day.", head, now())
    db.session.commit()
    assert "Answers returned to you · 1" in part_of(browser.get("/").text, "new")
    assert "Name the day." in browser.get("/").text
    assert "Answers to sign" not in sign_in(head).get("/queue").text


def test_a_deadline_that_changes_with_a_norm_waits_for_the_head(sign_in, officer, stopped_clock):
    make_change(make_deadline(known(officer)))

    decide = part_of(sign_in(make_user(Role.SUPERVISOR)).get("/queue").text, "decide")
    assert "Deadlines that change with a norm · 1" in decide
    assert "1 Dec 2026 becomes 6 Dec 2026" in decide


def test_a_group_event_of_the_day_leads_to_who_came(browser, officer):
    event = make_group_event([known(officer)])

    page = browser.get("/").text
    assert "Group events today · 1" in part_of(page, "today")
    assert f'href="/group-events/{event.id}/attendance"' in page


def test_the_numbers_are_exact_and_lead_to_all_lines(browser, officer, monkeypatch):
    monkeypatch.setattr(visits, "MOST", 3)
    visits.expected.cache_clear()
    for _number in range(FEW + 2):
        make_visit(known(officer))

    assert tally(browser.get("/").text)["today"] == FEW + 2
    assert f'href="/day/today">All {FEW + 2}' in browser.get("/").text
    assert "3 of 8" in browser.get("/day/today").text
    visits.expected.cache_clear()


def test_late_lines_beyond_a_page_are_found_in_the_caseload(app):
    with app.test_request_context():
        assert pile_of_kind(Late.APPOINTMENT, (), 60).rest == "/caseload?late=appointment"
        assert pile_of_kind(Late.APPOINTMENT, (), 0).rest == ""


def test_the_day_shows_a_few_lines_of_a_kind_and_its_page_all(browser, officer):
    for _number in range(FEW + 2):
        make_visit(known(officer))

    assert browser.get("/").text.count(">Came<") == FEW
    assert browser.get("/day/today").text.count(">Came<") == FEW + 2
    assert browser.get("/day/yesterday").status_code == 404


def test_as_many_statements_for_a_full_day_as_for_a_day_with_one_of_each(app, officer, stopped_clock):
    def one_of_each():
        make_case(officer)
        make_visit(make_case(officer))
        make_deadline(make_case(officer), due_on=today())
        make_signal(known(officer))
        make_session(make_match(known(officer), make_helper(Role.MENTOR)))
        make_signed(make_violation(known(officer)))

    with app.test_request_context():
        one_of_each()
        db.session.expire_all()
        one = statements(lambda: days_parts(officer, today()))
        for _time in range(2):
            one_of_each()
        db.session.expire_all()
        assert statements(lambda: days_parts(officer, today())) <= one
        assert one <= 75


def test_news_are_of_the_week(browser, officer, stopped_clock):
    answered_by_service(make_referral(known(officer)))
    stopped_clock.move(days=news.WEEK.days + 1)

    assert "Answers to referrals" not in browser.get("/").text
