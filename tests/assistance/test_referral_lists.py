"""The office's list of referrals, its export, what they add up to, the desk's lines, and the letter."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.access.models import Role
from app.assistance.models import Referral
from app.assistance.referrals import lists
from app.assistance.referrals.course import standing
from app.assistance.referrals.outcomes import outcomes, total
from app.assistance.referrals.referring import clock_of
from app.assistance.referrals.statements import stands
from app.assistance.referrals.vocabulary import Event, Result, Standing
from app.assistance.vocabulary import Direction
from app.clients.models import Address
from app.clients.reach import whose
from app.clients.vocabulary import Registration
from app.clock import today
from app.db import db
from app.desk.awaited import referrals_ahead
from app.desk.day import late_piles
from app.desk.held import nothing_beyond
from app.desk.timeline import timeline
from app.web.languages import speaking
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.referrals import make_referral, make_silent, tell
from tests.factories.saving import saved
from tests.factories.services import make_service
from tests.factories.statements import statements

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def page(app):
    """Inside an English page that is being made, where addresses are written."""
    with app.test_request_context(), speaking("en"):
        yield


@pytest.fixture
def of_every_standing(officer) -> dict[Standing, Referral]:
    """One referral of each standing, all made sixty days ago."""
    paths = {
        Standing.MADE: (),
        Standing.RECEIVED: (Event.RECEIVED,),
        Standing.ACCEPTED: (Event.ACCEPTED,),
        Standing.UNDER_WAY: (Event.STARTED, Event.ATTENDED),
        Standing.DONE: (Event.STARTED, Event.DONE),
        Standing.DECLINED: (Event.DECLINED,),
        Standing.DROPPED: (Event.ACCEPTED, Event.DROPPED),
        Standing.WITHDRAWN: (Event.WITHDRAWN,),
    }
    found, service = {}, make_service()
    for one, events in paths.items():
        found[one] = make_silent(make_case(officer), service)
        for event in events:
            tell(found[one], event, today() - 40 * DAY)
    return found


def test_the_database_counts_standings_as_the_rule_does(of_every_standing, officer):
    for one, referral in of_every_standing.items():
        assert referral.standing == one == standing(reversed(referral.facts))
        assert db.session.scalars(select(Referral.id).where(stands(one))).all() == [referral.id]
    silent = lists.found(officer, lists.Sought(state="", is_silent=True), today())
    late = {row.id for row in db.session.scalars(silent, whose(officer)).unique()}
    clocks = {row.id: clock_of(row) for row in of_every_standing.values()}
    assert late == {number for number, clock in clocks.items() if clock and clock.is_late_on(today())}
    assert late == {of_every_standing[one].id for one in (Standing.MADE, Standing.RECEIVED, Standing.ACCEPTED)}


def test_the_desk_tells_who_is_silent_who_is_to_answer_soon_and_what_happened(page, of_every_standing, officer):
    piles = {pile.title: pile for pile in late_piles(today(), nothing_beyond(officer))}

    silent = piles["Services that have not answered"]
    assert (silent.count, silent.lines[0].why) == (2, "Help in finding work: the referral is not answered")
    assert piles["Help that has not started"].count == 1
    make_referral(make_case(officer), make_service(answer_working_days=1))
    (pile,) = referrals_ahead(today(), nothing_beyond(officer))
    assert [line.why for line in pile.lines] == ["“Help in finding work” is to answer"]

    told = of_every_standing[Standing.DONE].case_id
    assert [entry.title for entry in timeline([told], "assistance")] == [
        "Help in finding work: helped", "Help in finding work: help started",
        "Referred to a service: Help in finding work",
    ]  # fmt: skip
    assert statements(lambda: timeline([told])) == 1


def test_the_list_its_count_and_its_export_say_the_same(of_every_standing, sign_in, officer):
    browser = sign_in(officer)
    make_referral(make_case(make_user()))  # a colleague's
    of_every_standing[Standing.MADE].client.surname = "=1+1"

    for query, count in (
        ("", 4), ("?state=", 8), ("?state=done", 1), ("?state=&silent=1", 3), ("?state=nonsense", 4),
        ("?state=&direction=medical", 0), ("?state=&until=20.11.2026", 8),
    ):  # fmt: skip
        page = browser.get(f"/referrals{query}").text
        lines = list(csv.reader(StringIO(browser.get(f"/referrals.csv{query}").text.removeprefix("\ufeff"))))
        assert len(lines) - 1 == count, query
        assert (f"{count} referral" in page) == bool(count), query
    assert "'=1+1" in browser.get("/referrals.csv").text


def test_the_list_turns_its_pages_by_day_and_number(page, sign_in, officer, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)
    service = make_service()
    of_one = make_case(officer)
    for number in range(lists.PAGE + 1):
        tell(make_referral(of_one, service, made_on=today() - number * DAY), Event.WITHDRAWN)
    browser = sign_in(officer)

    first = lists.page_of(officer, lists.Sought(state=""), today(), None)
    assert len(first.rows) == lists.PAGE
    second = browser.get(first.older_url).text
    assert second.count('/assistance"') == 1
    cost = statements(lambda: browser.get("/referrals?state="))
    assert cost == statements(lambda: browser.get(first.older_url)) <= 20


def test_outcomes_add_up_and_a_consultation_is_no_help(of_every_standing, sign_in, officer):
    for _person in range(2):
        tell(make_silent(make_case(officer)), Event.DONE, result=Result.CONSULTED_ONLY)
    make_referral(make_case(make_user(office=make_office("B-1"))))
    head = make_user(Role.SUPERVISOR)

    found = outcomes(head, today() - 90 * DAY, today())

    counts = total(one.counts for one in found)
    assert [one.direction for one in found] == [Direction.EMPLOYMENT]
    assert (counts.made, counts.helped, counts.consulted_only) == (10, 1, 2)
    parts = counts.made - counts.unanswered - counts.going_on - counts.declined - counts.dropped - counts.withdrawn
    assert parts == sum(getattr(counts, result.value) for result in Result)
    assert (counts.answered, counts.in_time) == (7, 0)
    assert outcomes(head, today(), today()) == []
    assert "Answered in time" in sign_in(head).get("/referrals/outcomes?since=nonsense").text


def test_the_letter_names_the_person_and_never_the_offence(sign_in, officer):
    case = make_case(officer, make_client(phone="+77010000000"), articles="188 ч. 2", court="Суд № 77")
    saved(Address(client_id=case.client_id, region_code="710000000", text="Абай көшесі 5", from_on=today(),
                  registration=Registration.PERMANENT))  # fmt: skip
    browser = sign_in(officer)

    def letter(language="kk", **asked):
        referral = make_referral(case, make_service(), need_code="alcohol_drugs", **asked)
        answer = browser.get(f"/referrals/{referral.id}/letter/{language}.pdf")
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
        return referral, answer.data, " ".join(text.split())

    referral, content, text = letter()
    assert referral.number in text
    assert "Нұрғалиев Ерлан" in text and "1990" in text and "Мансап орталығы" in text
    for secret in ("188", "№ 77", "01.05.1990", "701 000", "Абай", "alcohol", case.number):
        assert secret not in text
    assert browser.get(f"/referrals/{referral.id}/letter/kk.pdf").data == content
    _referral, _content, text = letter("ru", shares_contact=True)
    assert "Абай көшесі 5" in text and "701" in text and "Карьерный центр" in text
