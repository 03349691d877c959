"""The programme of assistance on a sheet of its own: each direction with its referrals, planned steps and outcomes."""

import json
from datetime import date

import pytest

from app.access.models import Role
from app.assistance.programme.content import content_of
from app.assistance.programme.sheet import is_overtaken, paper_of
from app.assistance.referrals.vocabulary import Event
from app.assistance.vocabulary import Direction
from app.clock import now, today
from app.db import db
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind
from app.programs.decisions import deciding
from tests.factories.people import make_case, make_user
from tests.factories.programs import make_draft, record_agreement
from tests.factories.referrals import make_referral, tell
from tests.factories.services import make_service
from tests.programs.test_sheet import words_of


def address(case, language="ru"):
    return f"/cases/{case.id}/assistance-programme/{language}.pdf"


@pytest.mark.one_engine
def test_both_sheets_bear_one_number_and_date_and_hold_each_direction(app, officer, stopped_clock, sign_in):
    case = make_case(officer, articles="Art. 188")
    work = make_referral(case)
    lawyer = make_referral(case, make_service(direction=Direction.LEGAL, kk="Заңгер", ru="Юрист", en="Lawyer"))
    tell(work, Event.STARTED)
    tell(work, Event.ATTENDED)
    tell(work, Event.DONE)
    tell(lawyer, Event.DECLINED)
    browser = sign_in(officer)

    kk, ru = (words_of(browser.get(address(case, language)).data) for language in ("kk", "ru"))

    number = f"A-{case.number}/7"
    for words in (kk, ru):
        assert number in words
        assert work.number in words
        assert "Art. 188" not in words
    assert "Юрист" in ru
    assert "Заңгер" in kk
    assert "Помощь в поиске работы" in ru
    assert {paper.on for paper in db.session.query(IssuedPaper)} == {date(2026, 11, 20)}
    assert browser.get(address(case)).data == browser.get(address(case)).data
    assert db.session.query(IssuedPaper).count() == 2


def test_a_change_makes_a_new_sheet_and_overtakes_the_old_one(app, officer, stopped_clock, sign_in):
    case = make_case(officer)
    referral = make_referral(case)
    browser = sign_in(officer)
    browser.get(address(case))
    first = db.session.query(IssuedPaper).filter_by(language="ru").one()
    assert not is_overtaken(first)

    tell(referral, Event.ACCEPTED)
    browser.get(address(case))

    assert is_overtaken(db.session.merge(first))
    ordinals = {row.ordinal for row in db.session.query(IssuedPaper).filter_by(kind=PaperKind.ASSISTANCE_PROGRAM)}
    assert ordinals == {first.ordinal, first.ordinal + 1}


def test_a_step_for_a_service_stands_on_the_sheet_until_its_referral_does(app, officer, stopped_clock):
    draft = make_draft(officer)
    step = draft.goals[0].steps[0]
    step.direction = Direction.EMPLOYMENT
    db.session.commit()
    assert step.thread not in threads(draft.case)
    record_agreement(draft, officer)
    deciding.submit(draft, officer, now())
    deciding.approve(draft, make_user(Role.SUPERVISOR), today(), now())
    db.session.commit()

    assert step.thread in threads(draft.case)
    make_referral(draft.case, step_thread=step.thread)
    assert step.thread not in threads(draft.case)


def threads(case):
    return {one.thread for part in content_of(case).helps for one in part.steps}


@pytest.mark.one_engine
def test_without_anything_to_say_there_is_no_sheet(app, officer, sign_in):
    case = make_case(officer)

    answer = sign_in(officer).get(address(case))

    assert answer.location == f"/people/{case.client_id}/assistance"
    assert db.session.query(IssuedPaper).count() == 0


@pytest.mark.one_engine
def test_the_data_beside_the_sheet_say_the_same(app, officer, stopped_clock):
    referral = tell(make_referral(make_case(officer)), Event.DONE)

    content = json.loads(json.dumps(paper_of(referral.case).data()))

    assert content["directions"][0]["referrals"][0]["outcome"] == "helped"
    assert content["directions"][0]["direction"] == "employment"
