"""Treatment is handed over with the person's consent, and nobody but the officer of the case ever sees a word of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from app.access.models import Role
from app.access.policy import COLUMNS, POLICY, Permission, Reach
from app.assistance.treatment.models import Handover, HandoverAnswer, TreatmentConsent
from app.assistance.treatment.queries import silent_since
from app.clock import now, today
from app.db import db
from tests.access.records import Place, Records, doors
from tests.factories.people import make_client, make_user
from tests.factories.releases import make_clinic, make_consent, make_handover, make_plan, make_prisoner

MARK = "Qızılsözәтық"  # a word that stands nowhere else: the diagnosis
CLINIC = "Beisenbi-Clinic-Of-Mark"


@pytest.fixture
def browser(app, stopped_clock, officer, sign_in):
    return sign_in(officer)


def consent_typed(clinic, **facts):
    return {
        "organisation_id": clinic.id, "what": "the medicine and the scheme", "on": "20.11.2026",
        "until_on": "20.05.2027", "is_read": "y",
    } | facts  # fmt: skip


def test_consent_handover_answer_and_arrival(browser, officer):
    case, clinic = make_prisoner(officer), make_clinic()

    browser.post(f"/cases/{case.id}/treatment/consents/new", data=consent_typed(clinic))
    consent = db.session.query(TreatmentConsent).one()
    typed = {"words": "a month of medicine", "on": "20.11.2026", "supplied_until": "20.12.2026"}
    browser.post(f"/treatment-consents/{consent.id}/handovers/new", data=typed)
    handover = db.session.query(Handover).one()
    early = browser.post(f"/treatment-handovers/{handover.id}/arrival", data={"has_come": "yes", "on": "20.11.2026"})
    browser.post(f"/treatment-handovers/{handover.id}/reply", data={"is_accepted": "yes", "on": "20.11.2026"})
    twice = browser.post(f"/treatment-handovers/{handover.id}/reply", data={"is_accepted": "yes", "on": "20.11.2026"})
    browser.post(f"/treatment-handovers/{handover.id}/arrival", data={"has_come": "yes", "on": "20.11.2026"})
    page = browser.get(f"/cases/{case.id}/treatment").text

    assert "Note first that the clinic goes on" in early.text
    assert "answer is noted already" in twice.text
    assert handover.answer_by == date(2026, 11, 27)  # five working days after Friday 20 November
    for words in ("a month of medicine", "the medicine and the scheme", "goes on with the treatment", "came on"):
        assert words in page


def test_a_consent_without_its_parts_is_refused(browser, officer):
    case, clinic = make_prisoner(officer), make_clinic()
    wrong = [
        ({"what": ""}, "Write what the clinic may be told"),
        ({"is_read": ""}, "Read the consent with the person first"),
        ({"until_on": "20.11.2026"}, "The consent would have ended already"),
        ({"until_on": "20.11.2030"}, "A consent stands for 24 months at most"),
        ({"on": "21.11.2026"}, "This date is in the future"),
        ({"organisation_id": "999"}, "Choose a clinic that is open"),
    ]

    for facts, says in wrong:
        answer = browser.post(f"/cases/{case.id}/treatment/consents/new", data=consent_typed(clinic, **facts))
        assert answer.status_code == 422
        assert says in answer.text
    assert db.session.query(TreatmentConsent).count() == 0


def test_a_clinic_that_closed_is_told_nothing(browser, officer):
    case, open_one = make_prisoner(officer), make_clinic()
    closed = make_clinic(valid_to=date(2026, 11, 1))
    consent = make_consent(case, open_one)
    open_one.valid_to = date(2026, 11, 10)
    db.session.commit()

    choice = browser.post(f"/cases/{case.id}/treatment/consents/new", data=consent_typed(closed))
    handover = {"words": "medicine", "on": "20.11.2026"}
    told = browser.post(f"/treatment-consents/{consent.id}/handovers/new", data=handover)

    assert "Choose a clinic that is open" in choice.text
    assert "This clinic closed on" in told.text


def test_nothing_is_handed_over_before_the_consent_or_after_it_was_taken_back(browser, officer):
    case = make_prisoner(officer)
    consent = make_consent(case)
    new, words = f"/treatment-consents/{consent.id}/handovers/new", {"words": MARK}

    assert "Nothing may have been handed over before it" in browser.post(new, data=words | {"on": "19.11.2026"}).text
    handover = make_handover(consent, words=MARK)
    browser.post(f"/treatment-consents/{consent.id}/withdrawal", data={"on": "20.11.2026"})
    refused = browser.post(new, data=words | {"on": "20.11.2026"}, follow_redirects=True)
    answer = browser.post(f"/treatment-handovers/{handover.id}/reply", data={"is_accepted": "yes", "on": "20.11.2026"})

    assert "The person took this consent back" in refused.text
    assert answer.status_code == 302
    assert db.session.query(HandoverAnswer).count() == 0
    assert MARK not in browser.get(f"/cases/{case.id}/treatment").text


def test_the_database_takes_no_handover_without_a_consent_and_keeps_words_as_cipher(app, stopped_clock, officer):
    consent = make_consent(make_prisoner(officer), what=MARK)
    make_handover(consent, words=MARK)
    early = Handover(
        consent=consent, words=MARK, handed_on=today() - timedelta(days=1), answer_by=today(), by=officer, at=now()
    )
    db.session.add(early)
    with pytest.raises(IntegrityError, match="without a standing consent"):
        db.session.commit()
    db.session.rollback()

    assert MARK not in str(db.session.execute(text("SELECT words FROM treatment_handovers")).all())
    assert MARK not in str(db.session.execute(text("SELECT what FROM treatment_consents")).all())


def test_a_minor_consents_with_a_representative(browser, officer):
    case = make_prisoner(officer, client=make_client(born_on=date(2010, 3, 1), registered_by_id=officer.id))

    answer = browser.post(f"/cases/{case.id}/treatment/consents/new", data=consent_typed(make_clinic()))

    assert "Name the legal representative" in answer.text


def test_a_silent_clinic_is_a_line_that_says_nothing_of_it(browser, officer, stopped_clock):
    case = make_prisoner(officer)
    make_handover(make_consent(case, make_clinic(kk=CLINIC, ru=CLINIC, en=CLINIC), what=MARK), words=MARK)

    assert "handover" not in browser.get("/").text
    stopped_clock.move(days=8)
    browser.enter(officer)
    page = browser.get("/").text

    assert "A handover waits for an answer" in page
    assert MARK not in page
    assert CLINIC not in page
    assert [row.id for row in silent_since(officer, today())] == [case.id]
    assert silent_since(make_user(Role.SUPERVISOR), today()) == []


# Pages about the methods alone: they read no table with a person in it, and take long.
OF_METHODS = {
    Permission.VIEW_INSTRUMENTS, Permission.VIEW_METHODOLOGY, Permission.VIEW_POLICY, Permission.VIEW_SIGNAL_RULES,
    Permission.VIEW_SERVICES, Permission.MANAGE_SERVICES,
}  # fmt: skip


@pytest.mark.one_engine
def test_a_word_of_treatment_stands_on_no_other_page_of_any_role(app, stopped_clock, officer, sign_in):
    """Each page that a role may open is opened: the officer's own, exports and sheets, the office's, statistics."""
    plan = make_plan(officer)
    case = plan.case
    consent = make_consent(case, make_clinic(kk=CLINIC, ru=CLINIC, en=CLINIC), what=MARK)
    handover = make_handover(consent, words=MARK)
    handover.answer = HandoverAnswer(is_accepted=False, on=today(), words=MARK, by=officer, at=now())
    db.session.commit()
    records = Records(Place(officer, Reach.OWN))
    records.numbers |= {"case_id": case.id, "client_id": case.client_id, "due_id": plan.lines[0].due.id}
    told, opened = [], 0
    with capture_logs() as logs:
        for role in Role:
            browser = sign_in(officer if role == Role.OFFICER else make_user(role))
            browser.looks = False
            for door in pages_of(app, role):
                page, opened = browser.get(door.address(app, records), follow_redirects=True).data, opened + 1
                if MARK.encode() in page or door.rule.arguments & {"case_id", "client_id"} and CLINIC.encode() in page:
                    told.append(f"{role} {door}")
            told += [query for query in (MARK, CLINIC) if case.number in browser.get(f"/people?q={query}").text]
    written = str(db.session.execute(text("SELECT * FROM journal")).all()) + str(logs)

    assert opened > 80
    assert told == []
    assert MARK not in written
    assert CLINIC not in written


def pages_of(app, role):
    """The pages about the person and the lists that a role may open, but for those of the handover itself."""
    left_out = OF_METHODS | {Permission.HAND_OVER_TREATMENT}
    granted = {one for one in Permission if POLICY[one][COLUMNS.index(role)]} - left_out
    about = {"case_id", "client_id", "due_id", "language", "period"}
    return [
        door
        for door in doors(app)
        if door.method == "GET" and door.permission in granted and door.rule.arguments <= about
    ]


def test_who_may_not_see_it_is_told_that_there_is_nothing(app, stopped_clock, officer, sign_in):
    case = make_prisoner(officer)
    make_handover(make_consent(case))
    colleague, head = sign_in(make_user()), sign_in(make_user(Role.SUPERVISOR))

    sign_in(officer).get(f"/cases/{case.id}/treatment")
    readers = head.get(f"/people/{case.client_id}/readers").text

    assert colleague.get(f"/cases/{case.id}/treatment").status_code == 404
    assert head.get(f"/cases/{case.id}/treatment").status_code == 403
    assert "Continuing treatment" not in head.get(f"/cases/{case.id}/release").text
    assert "Work with the person&#39;s record" in readers
    assert "treatment" not in readers
