"""Overriding a level: one step, a reason, two people, until the next assessment."""

from datetime import date, timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assessments.levels.final import beside, final_level
from app.assessments.levels.overriding import Proposal, answer, propose, withdraw
from app.assessments.models import Assessment, Completion, Override, OverrideReason
from app.assessments.queries import final_level_of
from app.assessments.vocabulary import Level
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from tests.factories.assessments import make_assessment, make_completed
from tests.factories.levels import WORDS, make_approved_override, make_objection, make_override
from tests.factories.people import make_case, make_user
from tests.factories.statements import statements

MEDIUM = {
    "close_support": "none", "conflict_at_home": "constant", "violence_at_home": "force",
    "view_of_close_people": "approve", "company": "mainly", "pressure": "follows", "supportive_people": "nobody",
    "alcohol_now": "frequent", "link_with_offence": "repeatedly", "effect_on_life": "many_areas",
    "earlier_convictions": "several", "first_age": "under_18",
}  # fmt: skip
UP = {"to_level": "medium", "reason": "recent_change", "words": WORDS}


@pytest.fixture
def done(officer) -> Assessment:
    return make_completed(make_case(officer))


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR, full_name="Сериков Бауыржан")


def levels(assessment):
    db.session.expire_all()
    fresh = db.session.get(Assessment, assessment.id)
    by_statement = db.session.scalar(select(final_level_of()).where(Completion.assessment_id == assessment.id))
    assert by_statement == fresh.final_level
    return fresh.raw_level, fresh.final_level


@pytest.mark.one_engine
def test_a_level_has_its_neighbours_and_an_approved_one_holds():
    assert [beside(level) for level in Level] == [(Level.MEDIUM,), (Level.LOW, Level.HIGH), (Level.MEDIUM,)]
    assert final_level("low", None) is Level.LOW
    assert final_level("low", Override(to_level=Level.MEDIUM)) is Level.MEDIUM


def test_from_the_proposal_over_the_queue_to_the_level_that_holds(sign_in, officer, head, done):
    page = f"/assessments/{done.id}"
    browser, over = sign_in(officer), sign_in(head)
    assert "Propose another level" in browser.get(page).text
    assert browser.post(f"{page}/overrides/new", data=UP).location == f"{page}#level"

    assert levels(done) == (Level.LOW, Level.LOW)
    override = db.session.scalars(select(Override)).one()
    waiting = browser.get(page).text
    assert "waits for an answer" in waiting and "Propose another level" not in waiting
    address = f"/overrides/{override.id}/decision"
    assert address in over.get("/queue").text and address in over.get(page).text
    assert WORDS in over.get(address).text
    assert over.post(address, data={"decision": "approve"}).location == f"{page}#level"

    assert levels(done) == (Level.LOW, Level.MEDIUM)
    raised = "Raised from low to medium: something important has changed since the answers were given"
    for where in (page, f"/people/{done.about_client_id}", f"/people/{done.about_client_id}/assessments", "/"):
        assert raised in browser.get(where).text, where
    assert "By the points alone the level is: low." in browser.get(page).text
    assert "Answered this week" in browser.get("/").text
    story = browser.get(f"/people/{done.about_client_id}?room=assessments").text
    assert "Another level proposed: medium" in story and "Level overridden: medium" in story
    assert address not in over.get("/queue").text


def test_a_refusal_says_why_and_another_proposal_may_follow(sign_in, officer, head, done):
    browser, over = sign_in(officer), sign_in(head)
    address = f"/overrides/{make_override(done).id}/decision"
    assert "Write why the proposal is declined." in over.post(address, data={"decision": "decline"}).text
    over.post(address, data={"decision": "decline", "words": "Нет подтверждения."})

    page = browser.get(f"/assessments/{done.id}").text
    assert "declined" in page and "Нет подтверждения." in page and "Propose another level" in page
    assert levels(done) == (Level.LOW, Level.LOW)
    assert browser.post(f"/assessments/{done.id}/overrides/new", data=UP).status_code == 302


def test_who_decides_about_a_level_reads_what_the_person_says_to_it(sign_in, head, done):
    override = make_override(done)
    objection = make_objection(done)
    page = sign_in(head).get(f"/overrides/{override.id}/decision").text
    assert objection.words in page


def test_its_author_takes_a_proposal_back_before_it_is_answered(sign_in, officer, done):
    browser, override = sign_in(officer), make_override(done)
    browser.post(f"/overrides/{override.id}/withdrawal")

    assert "taken back" in browser.get(f"/assessments/{done.id}").text
    reply = browser.post(f"/overrides/{override.id}/withdrawal", follow_redirects=True)
    assert "This proposal was taken back already." in reply.text


def test_either_direction_is_offered_from_the_middle(sign_in, officer):
    done = make_completed(make_case(officer), **MEDIUM)
    assert done.raw_level is Level.MEDIUM
    form = sign_in(officer).get(f"/assessments/{done.id}/overrides/new").text
    assert "high: raised by one step" in form and "low: lowered by one step" in form

    make_approved_override(done, to=Level.LOW)

    assert levels(done) == (Level.MEDIUM, Level.LOW)
    assert "Lowered from medium to low" in sign_in(officer).get(f"/assessments/{done.id}").text


def test_a_norm_is_kept_where_it_sets_the_level(sign_in, officer, done):
    by_norm = UP | {"reason": "statutory_category", "norm": "УИК, ст. 69"}
    sign_in(officer).post(f"/assessments/{done.id}/overrides/new", data=by_norm)

    override = db.session.scalars(select(Override)).one()
    assert (override.reason.is_policy, override.norm) == (True, "УИК, ст. 69")
    assert "Norm: УИК, ст. 69" in sign_in(officer).get(f"/assessments/{done.id}").text


WRONG = [
    ({"to_level": "high"}, "Choose one of the answers in the list."),
    ({"to_level": "low"}, "Choose one of the answers in the list."),
    ({"to_level": ""}, "Choose the level."),
    ({"reason": "because"}, "Choose one of the answers in the list."),
    ({"words": "так надо"}, "Write at least a sentence"),
    ({"reason": "statutory_category"}, "Name the act and its article."),
    ({"norm": "УИК, ст. 69"}, "Leave this empty"),
]


def test_a_wrong_proposal_is_refused_in_words_and_keeps_the_text(sign_in, officer, done):
    browser = sign_in(officer)
    for wrong, says in WRONG:
        typed = UP | wrong
        reply = browser.post(f"/assessments/{done.id}/overrides/new", data=typed).text
        assert says in reply and typed["words"] in reply, wrong

    assert db.session.scalars(select(Override)).all() == []


def test_what_cannot_be_proposed(sign_in, officer, head, done):
    ask = Proposal(Level.MEDIUM, OverrideReason.HARM, WORDS)

    def refused(assessment, proposal=ask):
        with force_locale("en"), pytest.raises(NotPossible) as refusal:
            propose(assessment, proposal, by=officer, at=now())
        return str(refusal.value)

    assert "one step" in refused(done, Proposal(Level.HIGH, OverrideReason.HARM, WORDS))
    assert "one step" in refused(done, Proposal(Level.LOW, OverrideReason.HARM, WORDS))
    assert "not complete yet" in refused(make_assessment(make_case(officer)))
    make_override(done)
    assert "waits for an answer" in refused(done)
    answer(done.overrides[0], True, None, by=head, at=now())
    db.session.commit()
    db.session.expire_all()
    assert "overridden already" in refused(done)
    make_completed(done.case, on=today() + timedelta(days=1))
    assert "newer assessment" in refused(done)
    closed = make_completed(make_case(officer))
    closed.case.deregister(Ground.TERM_ENDED, today(), by=head, words=None, at=now())
    assert "off the register" in refused(closed)


def test_who_and_what_cannot_be_answered(sign_in, officer, head, done):
    override = make_override(done)

    def refused(by=head, is_approved=True, words=None):
        with force_locale("en"), pytest.raises(NotPossible) as refusal:
            answer(override, is_approved, words, by=by, at=now())
        return str(refusal.value)

    assert "their own proposal" in refused(officer)
    assert "Write why" in refused(is_approved=False)
    make_completed(done.case, on=today() + timedelta(days=1))
    assert "overtaken" in refused()
    assert f"/overrides/{override.id}/decision" not in sign_in(head).get("/queue").text
    withdraw(override, by=officer, at=now())
    assert "taken back" in refused()
    with pytest.raises(NotPossible):
        withdraw(override, by=officer, at=now())


def test_the_assessor_who_became_head_of_service_does_not_approve(sign_in, officer, done):
    override = make_override(done, by=make_user())
    officer.role = Role.SUPERVISOR
    db.session.commit()

    reply = sign_in(officer).post(f"/overrides/{override.id}/decision", data={"decision": "approve"})

    assert "Another head of service has to." in reply.text
    assert levels(done) == (Level.LOW, Level.LOW)


def test_approving_twice_approves_once(sign_in, head, done):
    override = make_override(done)
    address, browser = f"/overrides/{override.id}/decision", sign_in(head)
    first = browser.post(address, data={"decision": "approve", "receipt": "the-same"})
    again = browser.post(address, data={"decision": "approve", "receipt": "the-same"})
    later = browser.post(address, data={"decision": "decline", "words": "Передумал."})

    assert first.location == again.location
    assert "This proposal is already answered." in later.text and "Передумал." in later.text
    assert levels(done) == (Level.LOW, Level.MEDIUM)


def test_the_override_ends_with_the_next_assessment(sign_in, officer, done):
    make_approved_override(done)
    newer = make_completed(done.case, on=today() + timedelta(days=1))

    page = sign_in(officer).get(f"/assessments/{done.id}").text
    assert "The override ended with the assessment of" in page
    assert levels(done) == (Level.LOW, Level.MEDIUM)
    assert levels(newer) == (Level.LOW, Level.LOW)
    assert "Raised from" not in sign_in(officer).get(f"/people/{done.about_client_id}").text


def test_the_raw_level_and_the_stored_result_stay(officer, done):
    db.session.expire_all()
    before = (done.completion.level, done.completion.points, dict(done.completion.result))
    make_approved_override(done)
    db.session.expire_all()

    assert (done.completion.level, done.completion.points, done.completion.result) == before


CHANGES = [
    "UPDATE overrides SET to_level = 'low', from_level = 'medium'",
    "DELETE FROM overrides",
    "UPDATE override_answers SET is_approved = {no}, words = 'x'",
    "DELETE FROM override_answers",
    "UPDATE override_withdrawals SET by_id = 1",
    "INSERT INTO override_withdrawals SELECT id, by_id, at FROM overrides WHERE id = 1",
    "INSERT INTO override_answers SELECT 2, {yes}, NULL, by_id, at FROM overrides WHERE id = 2",  # by its author
    "INSERT INTO override_answers SELECT 3, is_approved, NULL, by_id, at FROM override_answers",  # a second approval
    "INSERT INTO override_answers SELECT 4, is_approved, NULL, by_id, at FROM override_answers",  # taken back
    "INSERT INTO overrides (assessment_id, from_level, to_level, reason, words, by_id, at)"
    " SELECT assessment_id, 'medium', 'high', reason, words, by_id, at FROM overrides WHERE id = 1",
    "INSERT INTO overrides (assessment_id, from_level, to_level, reason, words, by_id, at)"
    " SELECT assessment_id, 'low', 'high', reason, words, by_id, at FROM overrides WHERE id = 1",
]


def test_nothing_of_it_changes_even_in_sql(officer, done):
    make_approved_override(done)
    make_override(make_completed(make_case(officer)))
    copied = "INSERT INTO overrides (assessment_id, from_level, to_level, reason, words, by_id, at)" \
             " SELECT {which}, from_level, to_level, reason, words, by_id, at FROM overrides WHERE id = 1"  # fmt: skip
    db.session.execute(text(copied.format(which="assessment_id")))
    db.session.commit()
    withdraw(make_override(make_completed(make_case(officer))), by=officer, at=now())
    db.session.commit()

    assert [change for change in CHANGES if not refused_by_database(change)] == []


def refused_by_database(change):
    yes, no = ("true", "false") if db.engine.dialect.name == "postgresql" else ("1", "0")
    try:
        db.session.execute(text(change.format(yes=yes, no=no)))
    except DatabaseError:
        return True
    finally:
        db.session.rollback()
    return False


def test_a_list_of_overridden_levels_asks_no_more_often(sign_in, officer):
    one, many = make_case(officer, stage_from=date(2020, 1, 1)), make_case(officer, stage_from=date(2020, 1, 1))
    make_approved_override(make_completed(one))
    for months in (4, 3, 2, 1):
        make_approved_override(make_completed(many, on=today() - timedelta(days=30 * months)))
    browser = sign_in(officer)

    def cost(case):
        return statements(lambda: browser.get(f"/people/{case.client_id}/assessments"))

    assert cost(many) <= cost(one)
