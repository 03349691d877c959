"""Violations and answers in the browser: recorded, heard, drafted, signed, handed over, decided."""

import re
import subprocess
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from app.supervision.calendar.models import VisitOutcome
from app.supervision.calendar.vocabulary import Came, ValidReason
from app.supervision.community_work.models import WorkDay, WorkOrder
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.violations.models import Answer, Dismissal, Explanation, Violation
from app.supervision.violations.proposing import propose
from app.supervision.violations.vocabulary import Addressee, AnswerStanding
from app.supervision.violations.wording import measure_in_words, reason_in_words, sources_of
from app.web.languages import speaking
from tests.at_once import answer_to_the_second
from tests.databases import on_postgresql
from tests.factories.community_work import make_order, work
from tests.factories.people import make_case, make_client, make_user
from tests.factories.violations import (
    make_answer,
    make_delivered,
    make_search,
    make_signed,
    make_submitted,
    make_violation,
)
from tests.factories.visits import make_outcome, make_visit
from tests.supervision.test_proposing import TABLE, TODAY

pytestmark = pytest.mark.usefixtures("stopped_clock")


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_missed_visit_is_offered_and_becomes_a_violation_by_one_press(officer, sign_in):
    visit = make_visit(make_case(officer), on=today() - timedelta(days=1))
    make_outcome(visit, Came.DID_NOT_COME)
    browser = sign_in(officer)
    page = f"/people/{visit.case.client_id}/supervision"

    assert "Missed visits that nobody has recorded" in browser.get(page).text
    assert count(Violation) == 0

    answer = browser.post(f"/visits/{visit.id}/violation", follow_redirects=True)
    assert "Did not come on a reporting day without a valid reason" in answer.text
    assert "Representation to extend probation control" in answer.text
    assert "Missed visits that nobody has recorded" not in browser.get(page).text
    violation = db.session.scalars(select(Violation)).one()
    assert (violation.visit_id, violation.on, violation.by_id) == (visit.id, visit.on, officer.id)


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
def test_a_valid_reason_noted_at_the_same_moment_leaves_nothing_to_record(officer, sign_in):
    visit, browser = make_visit(make_case(officer), on=today() - timedelta(days=1)), sign_in(officer)
    make_outcome(visit, Came.DID_NOT_COME)
    excused = insert(VisitOutcome).values(
        visit_id=visit.id, ordinal=2, kind=Came.VALID_REASON, on=visit.on, reason=ValidReason.ILLNESS,
        proof="A note of the clinic", words="Brought later", by_id=officer.id, at=now(),
    )  # fmt: skip

    answer_to_the_second(
        browser, f"/visits/{visit.id}/violation", {},
        select(Case.id).where(Case.id == visit.case_id).with_for_update(), excused,
    )  # fmt: skip

    assert count(Violation) == 0


@pytest.mark.one_engine
def test_a_draft_says_in_each_language_only_what_belongs_to_it(officer, sign_in):
    visit = make_visit(make_case(officer), on=today() - timedelta(days=1))
    make_outcome(visit, Came.DID_NOT_COME)
    browser = sign_in(officer)
    browser.post(f"/visits/{visit.id}/violation")
    violation = db.session.scalars(select(Violation)).one()

    asked = f"measure=warning&rule=conditional-warning&violation={violation.id}"
    page = browser.get(f"/cases/{visit.case_id}/answers/new?{asked}").text

    assert "Тіркелуге дәлелді себепсіз келмеді" in page
    assert "Неявка на регистрацию без уважительной причины" in page
    said = page.split("<textarea", 1)[1]
    assert "Did not come" not in said and "did not come" not in said


@pytest.mark.one_engine
def test_who_was_expected_twice_on_a_day_broke_one_duty(officer, sign_in):
    case, day = make_case(officer), today() - timedelta(days=1)
    first, second = make_visit(case, on=day), make_visit(case, on=day)
    for visit in (first, second):
        make_outcome(visit, Came.DID_NOT_COME)
    browser, page = sign_in(officer), f"/people/{case.client_id}/supervision"
    assert browser.get(page).text.count("no valid reason is known") == 2

    browser.post(f"/visits/{first.id}/violation")

    assert "no valid reason is known" not in browser.get(page).text
    again = browser.post(f"/visits/{second.id}/violation", follow_redirects=True).text
    assert "recorded of that day already" in again
    assert count(Violation) == 1


@pytest.mark.one_engine
def test_before_the_trial_nobody_offers_to_record_that_a_person_did_not_come(officer, sign_in):
    visit = make_visit(make_case(officer, legal_basis="pre_trial"), on=today() - timedelta(days=20))
    make_outcome(visit, Came.DID_NOT_COME)
    browser = sign_in(officer)

    shown = browser.get(f"/people/{visit.case.client_id}/supervision").text
    assert "no valid reason is known" not in shown
    assert "it counts as hiding" not in shown
    assert "Begin to search for the person" not in shown
    again = browser.post(f"/visits/{visit.id}/violation", follow_redirects=True).text
    assert "The norms know no such violation" in again
    assert count(Violation) == 0


@pytest.mark.one_engine
def test_a_draft_does_not_say_that_half_of_the_term_was_served_without_violations_when_it_was_not(officer, sign_in):
    early, day = make_case(officer), date(2025, 1, 5)
    late = make_case(officer, judged_on=day, registered_on=day, term_from=day, term_to=date(2026, 12, 5))
    browser, address = sign_in(officer), "/cases/{}/answers/new?measure=early-cancellation"

    def drafted(case: Case) -> str:
        return browser.get(address.format(case.id)).text

    assert "Половина срока истекла _" in drafted(early)
    assert "Половина срока истекла 21.12.2025. За последние 365 дн. нарушений нет" in drafted(late)
    make_violation(late, "conditional-moved", today() - timedelta(days=365))
    assert "нарушений нет" not in drafted(late)


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
def test_a_day_of_work_corrected_at_the_same_moment_leaves_nothing_to_record(officer, sign_in):
    order, browser = make_order(make_case(officer, legal_basis="community_service")), sign_in(officer)
    day = work(order, date(2026, 11, 3), kind=DayKind.ABSENT)
    excused = insert(WorkDay).values(
        order_id=order.id, on=day.on, ordinal=2, kind=DayKind.VALID_REASON, minutes=0, words="A note of the clinic",
        by_id=officer.id, at=now(),
    )  # fmt: skip

    answer_to_the_second(
        browser, f"/work-days/{day.id}/violation", {},
        select(WorkOrder.id).where(WorkOrder.id == order.id).with_for_update(), excused,
    )  # fmt: skip

    assert count(Violation) == 0


@pytest.mark.one_engine
def test_three_absences_from_work_recorded_by_three_presses_are_evasion(officer, sign_in):
    case = make_case(officer, legal_basis="community_service")
    order = make_order(case)
    days = [work(order, date(2026, 11, day), kind=DayKind.ABSENT) for day in (3, 4, 5)]
    browser, page = sign_in(officer), f"/people/{case.client_id}/supervision"
    assert browser.get(page).text.count("no valid reason is known") == 3

    for day in days[:2]:
        browser.post(f"/work-days/{day.id}/violation")
    assert "Representation to replace the sentence" not in browser.get(page).text
    browser.post(f"/work-days/{days[2].id}/violation")

    shown = browser.get(page).text
    assert "Representation to replace the sentence" in shown
    assert "3 such violations are recorded" in shown
    again = browser.post(f"/work-days/{days[2].id}/violation", follow_redirects=True).text
    assert "recorded of that day already" in again
    assert count(Violation) == 3


def test_an_answer_goes_from_the_officer_to_the_head_and_to_the_court(officer, sign_in):
    violation = make_violation(make_case(officer), "conditional-moved")
    head = make_user(Role.SUPERVISOR)
    browser, desk = sign_in(officer), sign_in(head)
    address = f"/cases/{violation.case_id}/answers/new?measure=extend&rule=conditional-extend&violation={violation.id}"

    page = browser.get(address).text
    assert "The norms allow at most 12 months." in page
    assert "do not foresee this" not in page
    assert "do not foresee this" in browser.get(f"/cases/{violation.case_id}/answers/new?measure=replace").text
    assert "Перемена места жительства без уведомления" in page
    assert "үлгі / образец" in page

    said = {"kk": "Мәтін {months} ай", "ru": "Текст {months} мес.", "violations": violation.id}
    assert "at most 12 months" in browser.post(address, data=said | {"months": "13"}).text
    assert count(Answer) == 0
    shown = browser.post(address, data=said | {"months": "6", "submission": "yes"}, follow_redirects=True).text
    answer = db.session.scalars(select(Answer)).one()
    assert "waiting for the head" in shown
    assert (answer.number, answer.draft.kk, answer.draft.months) == ("A-2026-000001", "Мәтін 6 ай", 6)

    shown = desk.get(f"/answers/{answer.id}").text
    assert "Текст 6 мес." in shown
    shown = desk.post(f"/answers/{answer.id}/signature", data={"draft": answer.draft.id}, follow_redirects=True).text
    assert "It is signed" in shown
    pdf = desk.get(f"/answers/{answer.id}/paper/ru.pdf")
    assert pdf.data.startswith(b"%PDF")

    given = {"on": "20.11.2026", "means": "courier"}
    browser.post(f"/answers/{answer.id}/deliveries/new?to=court", data=given, follow_redirects=True)
    court = {"on": "20.11.2026", "outcome": "granted", "act": "Суд № 1, № 77", "months": "3"}
    shown = browser.post(f"/answers/{answer.id}/decision", data=court, follow_redirects=True).text
    assert "Change the term of the case" in shown
    assert "decided by the court" in shown


def refused(browser, address, **said) -> str:
    """The sentence with which a form comes back."""
    answer = browser.post(address, data=said)
    assert answer.status_code == 422, answer.status_code
    found = re.search(r'class="errors".*?<ul>(.*?)</ul>', answer.text, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


@pytest.mark.one_engine
def test_what_cannot_be_is_refused_in_a_sentence(officer, sign_in):
    case = make_case(officer)
    browser, address = sign_in(officer), f"/cases/{case.id}/violations/new"
    moved = {"code": "conditional-moved", "on": "19.11.2026"}

    assert "is in the future" in refused(browser, address, **moved | {"on": "21.11.2026"})
    assert "not yet on the register" in refused(browser, address, **moved | {"on": "4.1.2026"})
    assert "Choose one of the answers" in refused(browser, address, **moved | {"code": "deferral-care"})
    assert "only with a paper" in refused(browser, address, code="conditional-tracker", on="19.11.2026")
    assert "Write it in words" in refused(browser, address, code="other", on="19.11.2026")
    assert "no such date" in refused(browser, address, **moved | {"on": "31.2.2026"})
    assert count(Violation) == 0

    browser.post(address, data=moved)
    assert "recorded of that day already" in refused(browser, address, **moved)
    violation = db.session.scalars(select(Violation)).one()
    about = f"/violations/{violation.id}"
    assert "tick that they would not" in refused(browser, f"{about}/explanations/new", on="20.11.2026")
    assert "before the violation" in refused(browser, f"{about}/explanations/new", on="18.11.2026", words="Forgot")
    assert "a paper shows it" in refused(browser, f"{about}/excuse", reason="illness")
    assert (count(Explanation), count(Violation)) == (0, 1)

    case.deregister("death", today(), officer, None, violation.at)
    db.session.commit()
    for page in (address, f"/cases/{case.id}/answers/new?measure=thanks", f"/cases/{case.id}/searches/new"):
        assert "off the register" in browser.post(page, data=moved, follow_redirects=True).text
    assert "off the register" in refused(browser, f"{about}/withdrawal", reason="Slip")
    second = browser.post(f"/cases/{case.id}/deregistration", data={"ground": "death"}, follow_redirects=True)
    assert "off the register" in second.text


def test_a_head_signs_only_the_text_that_was_opened(officer, sign_in):
    answer = make_submitted(make_violation(make_case(officer)))
    browser, desk = sign_in(officer), sign_in(make_user(Role.SUPERVISOR))
    opened = answer.draft.id
    address = f"/answers/{answer.id}"

    mended = {"kk": "Жаңа мәтін", "ru": "Новый текст", "version": "1"}
    browser.post(f"{address}/drafts/new", data=mended, follow_redirects=True)
    late = {"kk": "Басқа", "ru": "Другой", "version": "1"}
    assert "Somebody else saved this" in browser.post(f"{address}/drafts/new", data=late).text
    shown = desk.post(f"{address}/signature", data={"draft": opened}, follow_redirects=True).text
    assert "was changed since you opened it" in shown
    assert "has not handed this text in" in desk.post(
        f"{address}/signature", data={"draft": answer.draft.id}, follow_redirects=True
    ).text  # fmt: skip
    browser.post(f"{address}/submission", follow_redirects=True)
    assert "Write what is to be mended" in refused(desk, f"{address}/return", draft=answer.draft.id)
    desk.post(f"{address}/return", data={"draft": answer.draft.id, "words": "Name the day"})
    assert "Name the day" in browser.get(address).text
    assert answer.standing is AnswerStanding.RETURNED
    assert "Mend it first" in browser.post(f"{address}/submission", follow_redirects=True).text

    again = {"kk": "Жаңа мәтін, күні", "ru": "Новый текст, день", "version": "2", "submission": "yes"}
    browser.post(f"{address}/drafts/new", data=again, follow_redirects=True)
    shown = desk.post(f"{address}/signature", data={"draft": answer.draft.id}, follow_redirects=True).text
    assert "It is signed" in shown
    db.session.refresh(answer)
    assert [row.ordinal for row in answer.drafts] == [1, 2, 3]
    assert answer.signature.draft_id == answer.draft.id
    shown = desk.post(f"{address}/signature", data={"draft": answer.draft.id}, follow_redirects=True).text
    assert "What is signed does not change" in shown
    shown = browser.post(f"{address}/drafts/new", data=again, follow_redirects=True).text
    assert "does not change any more" in shown
    assert browser.post(f"{address}/cancellation", data={"reason": "Slip"}).status_code == 403
    desk.post(f"{address}/cancellation", data={"reason": "The reason was valid"}, follow_redirects=True)
    assert "The reason was valid" in browser.get(address).text


def test_a_paper_that_comes_later_excuses_the_violation_and_a_correction_withdraws_it(officer, sign_in):
    case, browser, head = make_case(officer), sign_in(officer), sign_in(make_user(Role.SUPERVISOR))
    visits = [make_visit(case, on=today() - timedelta(days=day)) for day in (10, 3)]
    for visit in visits:
        make_outcome(visit, Came.DID_NOT_COME)
        browser.post(f"/visits/{visit.id}/violation")
    ill, came = db.session.scalars(select(Violation).order_by(Violation.on)).all()
    answer = make_submitted(ill)

    tell = {"seen": "1", "reason": "illness", "proof": "Sick note", "words": "Brought today"}
    browser.post(f"/visits/{visits[0].id}/outcome", data=tell | {"outcome": "valid_reason"})
    browser.post(f"/visits/{visits[1].id}/outcome", data={"outcome": "came", "seen": "1", "words": "A slip"})

    db.session.refresh(ill)
    db.session.refresh(came)
    assert (ill.excuse.proof, came.withdrawal.reason) == ("Sick note", "A slip")
    assert "counts no more" in browser.get(f"/answers/{answer.id}").text
    shown = head.post(f"/answers/{answer.id}/signature", data={"draft": answer.draft.id}, follow_redirects=True).text
    assert "Nothing of what this answers counts any more" in shown


@pytest.mark.one_engine
def test_a_day_of_work_that_is_corrected_takes_its_violation_along(officer, sign_in):
    case, browser = make_case(officer, legal_basis="community_service"), sign_in(officer)
    order = make_order(case)
    days = [work(order, date(2026, 11, day), kind=DayKind.ABSENT) for day in (3, 4, 5)]
    for day in days:
        browser.post(f"/work-days/{day.id}/violation")

    proof = "Letter of the clinic of 4.11.2026"
    browser.post(f"/work-days/{days[0].id}/correction", data={"kind": "valid_reason", "words": proof})
    browser.post(f"/work-days/{days[1].id}/correction", data={"kind": "worked", "minutes": "4", "words": "A slip"})

    ill, slip, stays = db.session.scalars(select(Violation).order_by(Violation.on)).all()
    assert (ill.excuse.proof, slip.withdrawal.reason) == (proof, "A slip")
    assert stays.counts


@pytest.mark.one_engine
def test_a_proposal_that_is_not_followed_is_set_aside_until_its_day(officer, sign_in, stopped_clock):
    violation = make_violation(make_case(officer))
    browser, page = sign_in(officer), f"/people/{violation.case.client_id}/supervision"
    address = f"/cases/{violation.case_id}/dismissals/new?rule=conditional-extend&violation={violation.id}"

    assert "Representation to extend" in browser.get(page).text
    assert "why you do not follow" in refused(browser, address)
    browser.post(address, data={"words": "First time, talked it over", "again_on": "1.12.2026"})
    assert "Representation to extend" not in browser.get(page).text
    assert "Written warning" in browser.get(page).text
    assert "not proposed any more" in browser.get(address, follow_redirects=True).text
    stopped_clock.move(days=11)
    sign_in(officer)
    assert count(Dismissal) == 1
    assert "Representation to extend" in sign_in(officer).get(page).text


def test_what_is_written_stays_and_what_is_out_of_order_is_refused_by_the_database(officer):
    signed = make_signed(make_violation(make_case(officer)))
    draft = make_submitted(make_violation(make_case(officer)))
    closed = make_case(officer)
    closed.deregister("death", today(), officer, None, signed.made_at)
    db.session.commit()
    numbers = {"signed": signed.id, "draft": draft.id, "closed": closed.id, "case": draft.case_id, "by": officer.id}
    for sentence in OUT_OF_ORDER:
        with pytest.raises(DatabaseError):
            db.session.execute(text(sentence), {name: numbers[name] for name in re.findall(r":(\w+)", sentence)})
        db.session.rollback()


OUT_OF_ORDER = (
    "UPDATE answers SET measure = 'thanks' WHERE id = :signed",
    "DELETE FROM answer_signatures WHERE answer_id = :signed",
    "UPDATE violations SET words = 'nothing' WHERE case_id = :case",
    "INSERT INTO answer_drafts (answer_id, ordinal, kk, ru, by_id, at) "
    "VALUES (:signed, 9, 'a', 'b', :by, '2026-11-20')",
    'INSERT INTO answer_deliveries (answer_id, "to", "on", means, by_id, at) '
    "VALUES (:draft, 'person', '2026-11-20', 'post', :by, '2026-11-20')",
    'INSERT INTO court_decisions (answer_id, "on", outcome, act, by_id, at) '
    "VALUES (:signed, '2026-11-20', 'granted', 'x', :by, '2026-11-20')",
    'INSERT INTO violations (case_id, code, "on", words, by_id, at) '
    "VALUES (:closed, 'other', '2026-11-20', 'x', :by, '2026-11-20')",
    'INSERT INTO violations (case_id, code, "on", words, by_id, at) '
    "VALUES (:case, 'other', '2026-01-04', 'x', :by, '2026-11-20')",
)


@pytest.mark.one_engine
def test_before_a_case_leaves_the_register_the_form_says_what_is_open(officer, sign_in):
    case = make_case(officer)
    make_answer(make_violation(case, "conditional-no-show", today() - timedelta(days=2)))
    make_violation(case, "conditional-moved")
    make_search(case)

    page = sign_in(officer).get(f"/cases/{case.id}/deregistration").text

    for words in ("The term goes on until", "Written warning: being drafted", "Not answered: Moved without",
                  "The person is searched for since", "6 days of search", "175(2)"):  # fmt: skip
        assert words in page


@pytest.mark.one_engine
def test_papers_speak_one_language_bear_one_number_and_say_that_they_are_samples(officer, sign_in):
    browser = sign_in(officer)
    warning = make_signed(make_violation(make_case(officer, make_client(born_on=date(2010, 1, 1)))))
    draft = make_submitted(make_violation(make_case(officer)))

    papers = {code: in_words(browser.get(f"/answers/{warning.id}/paper/{code}.pdf").data) for code in ("kk", "ru")}

    assert "Ескерту мәтіні" in papers["kk"]
    assert "Текст предупреждения" not in papers["kk"]
    assert "Текст предупреждения" in papers["ru"]
    for words in papers.values():
        assert warning.number in words
    assert (
        browser.get(f"/answers/{warning.id}/paper/kk.pdf").data
        == browser.get(f"/answers/{warning.id}/paper/kk.pdf").data
    )
    assert browser.get(f"/answers/{draft.id}/paper/ru.pdf").data.startswith(b"%PDF")
    assert make_delivered(warning, Addressee.PERSON).standing is AnswerStanding.DELIVERED


def in_words(content: bytes) -> str:
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
    return " ".join(run.stdout.decode().split())


@pytest.mark.one_engine
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_every_reason_is_a_sentence_in_every_language(app, code):
    with app.test_request_context(), speaking(code):
        for row in TABLE:
            for one in propose(row.case, TODAY):
                said = [reason_in_words(reason) for reason in (*one.reasons, *one.notes)]
                assert all(words.endswith((".", ")")) for words in said), (row.says, said)
                assert sources_of(one)
                assert measure_in_words(one.rule.measure) != one.rule.measure
