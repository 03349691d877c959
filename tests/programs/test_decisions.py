"""What the person says, submission, return, approval; and what nobody can change afterwards."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.audit.models import Entry, Kind
from app.clients.models import NotPossible, Representative
from app.db import db
from app.programs.decisions import deciding
from app.programs.drafts import drafting
from app.programs.models import Program, Version
from app.programs.proposals import suggesting
from app.programs.vocabulary import Consenting, VersionState
from app.web.languages import speaking
from tests.factories.people import make_case, make_client, make_user
from tests.factories.programs import APPROVED, SUBMITTED, make_approved, make_draft, make_submitted, record_agreement


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


def reread(version: Version) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version.id)


def press(browser, address, version, **data):
    return browser.post(address, data=data | {"version": str(reread(version).version)}, follow_redirects=True)


def test_a_programme_is_submitted_returned_mended_and_approved(sign_in, officer, head):
    version = make_draft(officer)
    record_agreement(version, officer)
    own, above = sign_in(officer), sign_in(head)
    address = f"/program-versions/{version.id}"

    submitted = press(own, f"{address}/submission", version)
    press(above, f"{address}/return", version, words="Say who goes with him.")
    draft = own.get(f"{address}/draft")
    press(own, f"{address}/suggestions", version, rule="T-1")
    press(own, f"{address}/agreement", version, answer="agreed", on="17.3.26")
    press(own, f"{address}/submission", version)
    approved = press(above, f"{address}/approval", version)

    assert "waiting for the head of service" in submitted.text
    assert "Say who goes with him." in draft.text
    assert "Approved. The programme can be printed and carried out." in approved.text
    assert reread(version).state is VersionState.IN_FORCE
    assert reread(version).approval.by_id == head.id
    page = own.get(address).text
    assert "Say who goes with him." in page


def test_every_act_is_in_the_journal(sign_in, officer, head):
    version = make_submitted(officer)

    press(sign_in(head), f"/program-versions/{version.id}/approval", version)

    acts = db.session.scalars(select(Entry).where(Entry.kind == Kind.ACT, Entry.what == "programs.approve")).all()
    assert [(entry.actor_id, entry.client_id) for entry in acts] == [(head.id, version.client.id)]


@pytest.mark.parametrize(
    ("take", "sentence"),
    [
        ((), "Add at least one goal."),
        (("W-1",), "Record what the person says to the programme."),
    ],
)
def test_a_draft_that_lacks_something_is_not_submitted(sign_in, officer, take, sentence):
    version = make_draft(officer, take=take)

    page = press(sign_in(officer), f"/program-versions/{version.id}/submission", version)

    assert sentence in page.text
    assert reread(version).submissions == []


def test_a_goal_without_a_step_is_not_submitted(officer):
    version = make_draft(officer)
    drafting.add_goal(version, "See the children", None)
    record_agreement(version, officer)

    with speaking("en"), pytest.raises(NotPossible, match="Add at least one step to the goal “See the children”"):
        deciding.submit(version, officer, SUBMITTED)


@pytest.mark.parametrize("declined", [True, False])
def test_a_high_need_without_a_goal_stops_nothing_and_the_head_reads_of_it(sign_in, officer, head, declined):
    version = make_draft(officer, take=("T-1",))
    if declined:
        suggesting.decline(version, "W-1", "He has had steady work since May.")
    record_agreement(version, officer)

    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()

    assert version.state is VersionState.WAITING
    page = sign_in(head).get(f"/program-versions/{version.id}/decision").text
    assert ("The need “education and work” is high, and no goal answers it." in page) is not declined


def test_a_submitted_version_cannot_be_changed_or_submitted_again(sign_in, officer):
    version = make_submitted(officer)
    browser = sign_in(officer)

    for act in ("suggestions", "submission"):
        page = press(browser, f"/program-versions/{version.id}/{act}", version, rule="T-1")
        assert "waiting for the head of service and cannot be changed" in page.text

    assert len(reread(version).goals) == 1
    assert len(reread(version).submissions) == 1


def test_the_author_never_approves_even_after_becoming_head_of_service(sign_in, officer):
    version = make_submitted(officer)
    officer.role = Role.SUPERVISOR
    db.session.commit()
    browser = sign_in(officer)

    approval = press(browser, f"/program-versions/{version.id}/approval", version)
    sent_back = press(browser, f"/program-versions/{version.id}/return", version, words="Mend it.")

    assert "The author of a programme cannot decide about it." in approval.text
    assert "The author of a programme cannot decide about it." in sent_back.text
    assert reread(version).state is VersionState.WAITING


def test_who_submitted_never_approves_either(officer, head):
    version = make_draft(officer)
    record_agreement(version, officer)
    deciding.submit(version, head, SUBMITTED)
    db.session.commit()

    with speaking("en"), pytest.raises(NotPossible, match="cannot decide"):
        deciding.approve(version, head, date(2026, 3, 18), APPROVED)


def test_an_officer_may_not_approve_and_a_head_may_not_draft(sign_in, officer, head):
    version = make_submitted(officer)

    assert sign_in(make_user()).post(f"/program-versions/{version.id}/approval").status_code == 403
    assert sign_in(head).post(f"/program-versions/{version.id}/suggestions").status_code == 403


def test_a_version_is_approved_once_and_only_as_it_was_read(sign_in, officer, head):
    version = make_submitted(officer)
    browser = sign_in(head)

    unread = browser.post(f"/program-versions/{version.id}/approval", data={"version": "1"}, follow_redirects=True)
    press(browser, f"/program-versions/{version.id}/approval", version)
    second = press(browser, f"/program-versions/{version.id}/approval", version)

    assert "This version has changed since you opened it." in unread.text
    assert "This version is already approved." in second.text


def test_a_return_needs_words(sign_in, officer, head):
    version = make_submitted(officer)

    page = press(sign_in(head), f"/program-versions/{version.id}/return", version, words="   ")

    assert "Write what is to be mended." in page.text
    assert reread(version).state is VersionState.WAITING


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("refused", "Write down what the person said."),
        ("could_not_answer", "Write why the person could not answer."),
    ],
)
def test_an_answer_that_is_no_plain_agreement_needs_words(sign_in, officer, answer, sentence):
    version = make_draft(officer)
    browser, address = sign_in(officer), f"/program-versions/{version.id}/agreement"

    silent = press(browser, address, version, answer=answer, on="16.3.26")
    press(browser, address, version, answer=answer, on="16.3.26", words="Бармаймын.\nЖұмысым бар.")

    assert sentence in silent.text
    assert reread(version).agreement.words == "Бармаймын.\nЖұмысым бар."


def test_an_agreement_in_part_names_the_goals_and_can_be_recorded_anew(sign_in, officer, head):
    version = make_draft(officer, take=("W-1", "T-1"))
    browser, address = sign_in(officer), f"/program-versions/{version.id}/agreement"
    one, other = version.goals
    said = {"answer": "agreed_in_part", "on": "16.3.26", "words": "Уақытым жоқ."}

    without = press(browser, address, version, **said)
    everything = press(browser, address, version, **said, not_agreed=[one.thread, other.thread])
    press(browser, address, version, **said, not_agreed=[one.thread])
    press(browser, address, version, **said, not_agreed=[other.thread])
    press(browser, f"/program-versions/{version.id}/submission", version)
    page = sign_in(head).get(f"/program-versions/{version.id}/decision").text

    assert "Choose the goals that the person does not agree to." in without.text
    assert "The person agrees to none of the goals: that is a refusal." in everything.text
    assert reread(version).agreement.not_agreed == {other.thread}
    assert "The person does not agree to: “" in page


def test_the_head_of_service_reads_a_refusal_first_and_may_approve_all_the_same(sign_in, officer, head):
    version = make_draft(officer)
    record_agreement(version, officer, Consenting.REFUSED, "Бармаймын.")
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()
    browser = sign_in(head)

    page = browser.get(f"/program-versions/{version.id}/decision").text
    press(browser, f"/program-versions/{version.id}/approval", version)

    assert page.index("The person refuses the programme.") < page.index("Бармаймын.") < page.index("Your decision")
    assert "term: 3 working days" in page
    assert reread(version).state is VersionState.IN_FORCE


def test_a_return_without_words_keeps_the_page_of_the_submission(sign_in, officer, head):
    version = make_submitted(officer)

    page = press(sign_in(head), f"/program-versions/{version.id}/return", version, words="")

    assert "Write what is to be mended." in page.text
    assert "Your decision" in page.text


def test_a_review_later_than_its_norm_keeps_the_draft_from_being_submitted(officer):
    version = make_draft(officer)
    record_agreement(version, officer)
    version.review_on = date(2026, 9, 21)

    with speaking("en"):
        found = deciding.obstacles(version)

    assert found == ["The review is later than the norm allows. Set it for 20 Sep 2026 or earlier."]


def test_a_day_that_has_not_come_is_no_day_of_a_talk(sign_in, officer):
    version = make_draft(officer)

    page = press(sign_in(officer), f"/program-versions/{version.id}/agreement", version, answer="agreed", on="1.1.2099")

    assert "This date is in the future." in page.text


def test_for_a_minor_the_representative_is_named(sign_in, officer):
    child = make_client(born_on=date(2011, 5, 1), registered_by_id=officer.id)
    version = make_draft(officer, make_case(officer, child))
    browser, address = sign_in(officer), f"/program-versions/{version.id}/agreement"

    without = press(browser, address, version, answer="agreed", on="16.3.26")
    alone = press(browser, address, version, answer="agreed", on="16.3.26", representative="Нұрғалиева Әсел")
    said = {"answer": "agreed", "on": "16.3.26", "representative": "Нұрғалиева Әсел", "present": "Анасы, Әсел"}
    press(browser, address, version, **said)

    assert "Name the legal representative." in without.text
    assert "Write who was present." in alone.text
    assert reread(version).agreement.representative == "Нұрғалиева Әсел"
    assert reread(version).agreement.present == "Анасы, Әсел"


def test_the_representative_on_record_stands_in_the_form(sign_in, officer):
    child = make_client(born_on=date(2011, 5, 1), registered_by_id=officer.id)
    child.representatives.append(
        Representative(full_name="Нұрғалиева Әсел", relation="анасы", from_on=date(2026, 1, 5))
    )
    version = make_draft(officer, make_case(officer, child))

    page = sign_in(officer).get(f"/program-versions/{version.id}/agreement").text

    assert 'value="Нұрғалиева Әсел"' in page
    assert 'value="Нұрғалиева Әсел, анасы"' in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE program_versions SET review_on = '2027-01-01'",
        "DELETE FROM program_versions",
        "UPDATE program_goals SET text = 'else' WHERE version_id = 1",
        "DELETE FROM program_goals WHERE version_id = 1",
        "INSERT INTO program_goals (version_id, thread, ordinal, text) VALUES (1, 'x', 9, 'late')",
        "UPDATE program_goals SET version_id = 1 WHERE version_id = 2",
        "UPDATE program_steps SET text = 'else' WHERE goal_id IN (SELECT id FROM program_goals WHERE version_id = 1)",
        "DELETE FROM program_steps WHERE goal_id IN (SELECT id FROM program_goals WHERE version_id = 1)",
        "INSERT INTO program_steps (goal_id, thread, ordinal, text, doer, due_on) "
        "SELECT id, 'x', 9, 'late', 'person', '2026-05-05' FROM program_goals WHERE version_id = 1",
        "UPDATE program_steps SET goal_id = (SELECT min(id) FROM program_goals WHERE version_id = 1) "
        "WHERE goal_id IN (SELECT id FROM program_goals WHERE version_id = 2)",
        "UPDATE program_agreements SET answer = 'refused' WHERE version_id = 1",
        "DELETE FROM program_agreements WHERE version_id = 1",
        "INSERT INTO program_declined (version_id, rule, reason) VALUES (1, 'T-1', 'late')",
        "UPDATE program_approvals SET by_id = 1",
        "DELETE FROM program_approvals",
        "UPDATE program_submissions SET by_id = by_id",
        "DELETE FROM program_submissions",
        "INSERT INTO program_not_agreed (version_id, thread) VALUES (1, 'x')",
    ],
)
def test_the_database_itself_keeps_an_approved_version_as_it_was_signed(officer, head, statement):
    first = make_approved(officer, head)
    second = drafting.start_change(first.program, first.assessment, officer, APPROVED, date(2026, 6, 1))
    db.session.commit()
    assert (first.id, second.id) == (1, 2)

    with pytest.raises(DBAPIError, match="what was written stays as it is"):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("INSERT INTO program_approvals VALUES (1, '2026-03-18', :author, '2026-03-18')", "another person approves"),
        (
            "INSERT INTO program_returns SELECT id, 'no', :author, '2026-03-18' FROM program_submissions",
            "another person returns",
        ),
    ],
)
def test_the_database_itself_lets_no_author_decide(officer, statement, says):
    make_submitted(officer)

    with pytest.raises(DBAPIError, match=says):
        db.session.execute(text(statement), {"author": officer.id})
    db.session.rollback()


def test_a_new_version_copies_the_approved_one_and_keeps_its_threads(sign_in, officer, head):
    first = make_approved(officer, head)
    browser = sign_in(officer)

    browser.post(f"/programs/{first.program_id}/versions")
    again = browser.post(f"/programs/{first.program_id}/versions", follow_redirects=True)

    program = db.session.get_one(Program, first.program_id)
    second = program.versions[1]
    assert [goal.thread for goal in second.goals] == [goal.thread for goal in first.goals]
    assert [step.thread for step in second.goals[0].steps] == [step.thread for step in first.goals[0].steps]
    assert second.agreement is None
    assert (program.in_force, program.pending) == (program.versions[0], second)
    assert "A version of this programme is already being drafted." in again.text


def test_an_approved_change_replaces_the_version_before_which_stays_readable(sign_in, officer, head):
    first = make_approved(officer, head)
    second = drafting.start_change(first.program, first.assessment, officer, APPROVED, date(2026, 6, 1))
    record_agreement(second, officer, Consenting.REFUSED, "Мен келіспеймін.")
    deciding.submit(second, officer, SUBMITTED)
    db.session.commit()

    press(sign_in(head), f"/program-versions/{second.id}/approval", second)
    old, new = (
        sign_in(officer).get(f"/program-versions/{first.id}"),
        sign_in(head).get(f"/program-versions/{second.id}"),
    )

    assert "replaced by a later version" in old.text
    assert "approved, in force" in new.text
    assert "Мен келіспеймін." in new.text
