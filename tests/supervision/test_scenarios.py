"""The people that a service meets, one by one: what the system asks for on each of their decisive days."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.access.models import Role
from app.clients.cases import Deregistration
from app.clients.registration import after_case_opened
from app.clients.vocabulary import Ground, Stage
from app.clock import now, today
from app.db import db
from app.supervision.calendar.days import read_days
from app.supervision.calendar.models import Visit
from app.supervision.calendar.reporting import wanted
from app.supervision.calendar.vocabulary import Came, Per, VisitKind
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.contacts.inspections import inspection_due
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.deadlines.queries import deadlines_of
from app.supervision.messages.queries import messages_of
from app.supervision.messages.tasks import send_reminders
from app.supervision.messages.vocabulary import Standing
from app.supervision.searches.searching import Ended, end_search
from app.supervision.searches.vocabulary import Ending
from app.supervision.violations.dossier import dossier_of, situation_of
from app.supervision.violations.proposing import propose
from app.supervision.violations.situation import Why
from tests.factories.community_work import make_order, work
from tests.factories.contacts import make_contact
from tests.factories.messages import make_expected, make_reminder_consent
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.violations import make_search, make_signed, make_violation
from tests.factories.visits import make_outcome, make_rhythm, make_visit

pytestmark = pytest.mark.usefixtures("stopped_clock")
TODAY = date(2026, 11, 20)  # a Friday


def ago(days):
    return TODAY - timedelta(days=days)


def proposed(case, on=TODAY):
    """What is proposed for a case on a day: each measure with its reasons and the most months."""
    db.session.expire_all()
    found = propose(situation_of(case, dossier_of([case]), on), on)
    return {one.rule.measure: ({reason.why for reason in one.reasons}, one.months) for one in found}


def opened(officer, basis, stage=Stage.SENTENCE, **facts):
    """A case that comes onto the register today, with what the norms ask for."""
    days = {"registered_on": TODAY, "in_force_on": ago(2), "term_from": TODAY, "judged_on": ago(20)}
    case = make_case(officer, legal_basis=basis, stage=stage, stage_from=TODAY, **days | facts)
    for hook in after_case_opened:
        hook(case, now())
    db.session.commit()
    return case


@dataclass(frozen=True)
class Row:
    """One line of the table of categories: what is due and by when, how often the person reports."""

    basis: str
    stage: Stage
    due: dict[str, date]
    reports: object  # times and period; "set" where the service sets the days; None where no norm speaks of it
    is_rural: bool = False

    def __str__(self):
        return f"{self.basis}{', rural' if self.is_rural else ''}"


IN_TEN_DAYS, IN_FIVE_WORKING_DAYS = date(2026, 11, 28), date(2026, 11, 27)
ROWS = [
    Row("restriction_of_liberty", Stage.SENTENCE, {"first-appearance": IN_TEN_DAYS}, "set"),
    Row("conditional_sentence", Stage.SENTENCE, {"first-appearance": IN_TEN_DAYS}, (2, Per.MONTH)),
    Row("conditional_sentence", Stage.SENTENCE, {"first-appearance": IN_TEN_DAYS}, (1, Per.MONTH), is_rural=True),
    Row("community_service", Stage.SENTENCE, {
        "introductory-talk": IN_FIVE_WORKING_DAYS, "community-order": IN_FIVE_WORKING_DAYS,
        "community-start": date(2026, 11, 30),
    }, (1, Per.MONTH)),
    Row("corrective_works", Stage.SENTENCE, {"corrective-start": date(2026, 12, 5)}, (1, Per.QUARTER)),
    Row("deferral", Stage.SENTENCE, {}, "set"),
    Row("ban_on_office", Stage.SENTENCE, {"first-appearance-ban": date(2026, 11, 23)}, None),
    Row("post_release", Stage.POST_PENITENTIARY, {"release-first-visit": IN_FIVE_WORKING_DAYS}, None),
]  # fmt: skip


@pytest.mark.one_engine
def test_each_category_has_its_deadlines_and_its_rhythm_from_the_first_day(officer):
    for row in ROWS:
        case = opened(officer, row.basis, row.stage)

        assert {one.code: one.now_due for one in deadlines_of([case])} == row.due, row
        asked = wanted(case, TODAY, row.is_rural)
        said = None if asked is None else "set" if asked.times is None else (asked.times, asked.per)
        assert said == row.reports, row


def test_a_person_of_a_village_comes_once_a_month_on_a_day_on_which_the_office_receives(officer):
    case = opened(make_user(office=make_office("R-1", is_rural=True)), "conditional_sentence")
    (first,) = db.session.query(Visit).filter_by(case_id=case.id).all()
    assert (first.kind, first.on) == (VisitKind.FIRST, date(2026, 11, 27))  # the tenth day is a Saturday

    rhythm = make_rhythm(case, days="5", is_rural=True)

    days = [visit.on for visit in db.session.query(Visit).filter_by(rhythm_id=rhythm.id).order_by(Visit.on)]
    assert days[:2] == [date(2026, 12, 7), date(2027, 1, 5)]  # the fifth of December is a Saturday


def test_a_minor_on_a_conditional_sentence(officer):
    client = make_client(born_on=date(2010, 3, 27))
    case = make_case(officer, client=client, registered_on=date(2026, 6, 15), judged_on=date(2026, 5, 26))
    assert inspection_due(client, [case], TODAY) == date(2026, 12, 31)  # one inspection in each quarter
    make_contact(case, ContactKind.INSPECTION)
    assert inspection_due(client, [case], TODAY) == date(2027, 3, 31)  # and so for the next quarter

    make_violation(case, "conditional-moved", ago(1))

    assert proposed(case)["extend"][1] == 6  # months; an adult's control is made longer by twelve at most
    make_violation(case, "conditional-moved", TODAY)
    assert "cancel" not in proposed(case)
    assert proposed(case)["extend"] is not None


def test_who_hides_is_searched_for_from_the_sixteenth_day(officer):
    for day, begins in ((15, False), (16, True)):
        case = make_case(officer, legal_basis="restriction_of_liberty")
        make_outcome(make_visit(case, ago(day)), Came.DID_NOT_COME)

        assert ("search" in proposed(case)) is begins, day


@pytest.mark.one_engine
def test_who_was_reached_by_telephone_is_not_hiding(officer):
    case = make_case(officer, legal_basis="restriction_of_liberty")
    make_outcome(make_visit(case, ago(30)), Came.DID_NOT_COME)
    make_contact(case, ContactKind.CALL, on=ago(20), reached=False)
    assert "search" in proposed(case)

    make_contact(case, ContactKind.CALL, on=ago(20))

    assert "search" not in proposed(case)


def test_a_second_breach_within_a_year_is_malicious_and_after_it_is_not(officer):
    for days, is_repeat in ((300, True), (365, True), (370, False)):
        case = make_case(officer, legal_basis="restriction_of_liberty", registered_on=ago(400), judged_on=ago(410))
        make_signed(make_violation(case, "liberty-duties", ago(days)))
        make_violation(case, "liberty-duties", TODAY)

        found = proposed(case)

        assert ("replace" in found) is is_repeat, days
        assert is_repeat or "warning" in found
        assert not is_repeat or Why.REPEAT in found["replace"][0]


def test_the_third_absence_of_a_community_worker_in_a_month_is_evasion(officer):
    case = make_case(officer, legal_basis="community_service")
    order = make_order(case)
    work(order, date(2026, 11, 2))
    foreseen = []
    for day in (3, 4, 5):
        work(order, date(2026, 11, day), kind=DayKind.ABSENT)
        make_violation(case, "community-absence", date(2026, 11, day))
        foreseen.append(set(proposed(case)))

    assert foreseen == [{"warning"}, {"warning"}, {"replace"}]


@pytest.mark.one_engine
def test_a_damaged_tracker_counts_only_with_its_act_and_is_answered_by_a_warning(officer, sign_in):
    case = make_case(officer, legal_basis="restriction_of_liberty")
    browser, address = sign_in(officer), f"/cases/{case.id}/violations/new"
    without = browser.post(address, data={"code": "liberty-tracker", "on": "19.11.2026", "words": "The strap is cut"})
    assert "a paper that shows it" in without.text

    answer = make_signed(make_violation(case, "liberty-tracker", ago(1)))

    assert proposed(case) == {}
    sheet = browser.get(f"/answers/{answer.id}")
    assert sheet.status_code == 200


@pytest.mark.one_engine
def test_a_mother_whose_sentence_is_deferred_is_warned_twice_before_the_court_is_asked(officer):
    case = make_case(officer, legal_basis="deferral", registered_on=ago(300), judged_on=ago(310))
    for days in (200, 100):
        make_signed(make_violation(case, "deferral-care", ago(days)))
    assert "cancel" not in proposed(case)

    make_violation(case, "deferral-care", TODAY)

    assert "cancel" in proposed(case)
    assert Why.WARNED in proposed(case)["cancel"][0]


def test_a_search_stops_the_clock_of_half_the_term(officer, stopped_clock):
    """A term of two years from 5 January: its half passes on 5 January 2027, and so many days later."""
    case = make_case(officer, registered_on=date(2026, 1, 5), term_from=date(2026, 1, 5), term_to=date(2028, 1, 5))
    half = date(2027, 1, 5)
    assert "early-cancellation" not in proposed(case, half - timedelta(days=1))
    assert "early-cancellation" in proposed(case, half + timedelta(days=1))

    search = make_search(case, days=10)
    assert "early-cancellation" not in proposed(case, half + timedelta(days=30))  # the clock stands
    end_search(search, Ended(Ending.CAME, today()), officer, today(), now())
    db.session.commit()

    assert "early-cancellation" not in proposed(case, half + timedelta(days=8))
    assert "early-cancellation" in proposed(case, half + timedelta(days=12))


@pytest.mark.one_engine
def test_a_valid_reason_that_is_proved_later_takes_the_violation_away(officer, sign_in):
    case = make_case(officer)
    visit = make_visit(case, ago(1))
    make_outcome(visit, Came.DID_NOT_COME)
    browser = sign_in(officer)
    browser.post(f"/visits/{visit.id}/violation")
    assert {"extend", "warning"} <= proposed(case).keys()

    page = browser.get(f"/visits/{visit.id}/outcome")
    typed = {"outcome": "valid_reason", "reason": "illness", "proof": "Sick note of 19.11.2026", "words": "Brought it",
             "seen": "1"}  # fmt: skip
    answer = browser.post(f"/visits/{visit.id}/outcome", data=typed)

    assert (page.status_code, answer.status_code) == (200, 302)
    assert proposed(case) == {}


@pytest.mark.one_engine
def test_a_person_who_moves_to_another_oblast_is_answered_for_there_and_no_longer_here(officer, sign_in):
    case = make_case(officer)
    visit = make_visit(case)
    there = make_user(office=make_office("B-2"))
    browser = sign_in(officer)
    form = browser.get(f"/visits/{visit.id}/outcome")
    moved = case.hand_over(there.office_id, there.id, now())
    db.session.flush()
    db.session.add(moved)
    db.session.commit()

    answer = browser.post(f"/visits/{visit.id}/outcome", data={"outcome": "came"}, follow_redirects=True)

    assert form.status_code == 200
    assert "The case went to another officer while this page was open" in answer.text
    db.session.expire_all()
    assert visit.outcomes == []
    assert sign_in(there).get(f"/visits/{visit.id}/outcome").status_code == 200


def test_whoever_left_the_register_is_neither_reminded_nor_proposed_anything(officer, app):
    app.config["SMS_GATEWAY"] = "file"
    case, other = make_case(officer), make_case(officer)
    for one in (case, other):
        make_reminder_consent(one)
        make_expected(one)
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    send_reminders()

    assert messages_of([case], now()) == []
    assert [sent.standing for sent in messages_of([other], now())] == [Standing.SENT]


@pytest.mark.one_engine
def test_a_rhythm_that_gives_no_day_and_a_violation_of_a_closed_case_are_refused_in_a_sentence(officer, sign_in):
    case = make_case(officer, term_to=date(2026, 11, 30))
    browser = sign_in(officer)
    assert read_days(Per.MONTH, "5").times == 1

    page = browser.post(f"/cases/{case.id}/rhythms/new", data={"per": "month", "days": "5", "from_on": "20.11.2026",
                                                               "reason": "As agreed"})  # fmt: skip

    assert page.status_code == 422
    assert "before the term ends" in page.text
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()
    told = browser.post(f"/cases/{case.id}/violations/new", data={"code": "other"}, follow_redirects=True)
    assert "off the register" in told.text
    head = sign_in(make_user(Role.SUPERVISOR))
    again = head.post(f"/cases/{case.id}/deregistration", data={"ground": "term_ended", "on": "20.11.2026"},
                      follow_redirects=True)  # fmt: skip
    assert "This case is off the register" in again.text
    assert db.session.query(Deregistration).one().by_id == officer.id
