"""What is proposed for a draft is kept with it, and so is what the officer makes of it."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError

from app.access.models import Role
from app.clients.models import Circumstances
from app.clients.vocabulary import Education, Employment, Family, Stage
from app.db import db
from app.programs.drafts import drafting
from app.programs.models import Approval, Proposal, Version
from app.programs.proposals import suggesting
from app.programs.proposals.findings import findings_of
from app.programs.vocabulary import Doer, Phase, ProposalAnswer
from tests.factories.people import make_case, make_client, make_user
from tests.factories.programs import DRAFTED, make_approved, make_assessment, make_draft
from tests.factories.statements import statements

FIVE = {
    "education_work": "high", "self_control": "medium", "family": "medium", "free_time": "medium", "housing": "high",
}  # fmt: skip
plain = pytest.mark.one_engine  # the engine makes no difference


def reread(version: Version) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version.id)


def kept(version):
    return [(row.rule, row.level, row.is_active, row.answer.value) for row in reread(version).proposals]


def press(browser, address, version, **data):
    return browser.post(address, data=data | {"version": str(reread(version).version)}, follow_redirects=True)


def test_what_is_proposed_is_kept_with_the_draft_and_the_versions_that_proposed_it(officer):
    version = reread(make_draft(officer, take=(), **FIVE))

    assert kept(version) == [
        ("W-1", "high", True, "open"), ("H-1", "high", True, "open"), ("C-1", "medium", True, "open"),
        ("F-1", "medium", False, "open"), ("T-1", "medium", False, "open"),
    ]  # fmt: skip
    assert (version.basis.stage, version.basis.methodology, version.basis.common) == (Stage.SENTENCE, 1, 1)


@plain
def test_the_page_says_why_each_is_proposed_and_what_is_for_later(sign_in, officer):
    version = make_draft(officer, take=(), **FIVE)

    page = sign_in(officer).get(f"/program-versions/{version.id}/draft").text

    assert "Need: education and work, high, assessment of 12 Mar 2026; rule W-1." in page
    assert page.count(">for later<") == 2
    assert page.index("rule W-1.") < page.index("rule H-1.") < page.index("rule C-1.") < page.index("rule F-1.")
    assert "Take all 5" in page
    assert "The need “a place to live” is high, and no goal answers it." in page


def test_everything_is_taken_in_one_act_except_what_was_declined(sign_in, officer):
    version = make_draft(officer, take=(), **FIVE)
    browser, address = sign_in(officer), f"/program-versions/{version.id}"

    press(browser, f"{address}/declined-suggestions?rule=C-1", version, reason="She learned it last year.")
    press(browser, f"{address}/all-suggestions", version)
    again = press(browser, f"{address}/all-suggestions", version)

    assert [(goal.rule, goal.phase) for goal in reread(version).goals] == [
        ("W-1", Phase.ACTIVE), ("H-1", Phase.ACTIVE), ("F-1", Phase.FUTURE), ("T-1", Phase.FUTURE),
    ]  # fmt: skip
    assert [answer for _rule, _level, _active, answer in kept(version)] == [
        "taken", "taken", "declined", "taken", "taken",
    ]  # fmt: skip
    assert "Nothing is left to take" in again.text
    assert "She learned it last year." in again.text


@plain
def test_steps_come_with_hours_service_and_a_day_on_which_offices_are_open(officer):
    version = reread(make_draft(officer, take=("W-1",)))

    steps = [(step.doer, step.due_on, step.hours, step.direction) for step in version.goals[0].steps]

    assert steps == [
        (Doer.OFFICER, date(2026, 3, 27), 1, "employment"),
        (Doer.CAREER_CENTRE, date(2026, 4, 20), 4, "employment"),  # 19 April 2026 is a Sunday
        (Doer.PERSON, date(2026, 5, 4), None, None),
    ]


@plain
def test_a_changed_suggestion_is_marked_and_its_reason_asked_and_kept(sign_in, officer):
    version = make_draft(officer, take=("W-1",))
    goal, browser = version.goals[0], sign_in(officer)
    address = f"/program-goals/{goal.id}/change-of-suggestion"

    untouched = browser.get(address)
    drafting.change_step(goal.steps[0], "Phone the bakery", Doer.OFFICER, date(2026, 3, 27))
    db.session.commit()
    page = browser.get(f"/program-versions/{version.id}/draft").text
    empty = press(browser, address, version, reason=" ")
    said = press(browser, address, version, reason="The bakery has called him back.")

    assert untouched.status_code == 302
    assert "It differs from the suggestion W-1." in page
    assert "Write why the suggestion is changed." in empty.text
    assert "Changed from the suggestion W-1: The bakery has called him back." in said.text
    assert kept(version)[0] == ("W-1", "high", True, "changed")
    whole = browser.get(f"/program-versions/{version.id}").text
    assert "What the methodology proposed: 2 suggestions" in whole
    assert "taken and changed</span><br>The bakery has called him back." in whole.replace("\n", "")


@plain
def test_what_is_changed_back_is_no_change_and_other_days_are_none(officer):
    version = make_draft(officer, take=("W-1",))
    goal = version.goals[0]
    step, text = goal.steps[0], goal.steps[0].text

    def answer():
        return next(row.answer for row in version.proposals if row.rule == "W-1")

    drafting.change_step(step, text, Doer.OFFICER, date(2026, 4, 27))
    same = answer()
    drafting.change_step(step, "Phone the bakery", Doer.OFFICER, date(2026, 4, 27))
    suggesting.explain(version.proposals[0], "They called.")
    other = answer()
    drafting.change_step(step, text, Doer.OFFICER, date(2026, 4, 27))
    db.session.commit()

    assert (same, other, answer()) == (ProposalAnswer.TAKEN, ProposalAnswer.CHANGED, ProposalAnswer.TAKEN)
    assert reread(version).proposals[0].change_reason is None


@plain
def test_a_goal_in_another_language_is_not_a_changed_one(officer):
    version = make_draft(officer, take=("W-1",))
    rule = suggesting.rule_of(version.proposals[0])

    drafting.change_goal(version.goals[0], rule.goal["ru"], "education_work")

    assert version.proposals[0].answer is ProposalAnswer.TAKEN


def test_a_later_version_proposes_anew_and_keeps_why_its_goals_were_changed(officer):
    version = make_draft(officer, take=("W-1",))
    drafting.change_goal(version.goals[0], "Keep the work at the bakery", "education_work")
    suggesting.explain(version.proposals[0], "He found it himself.")
    version.approval = Approval(on=date(2026, 3, 18), by=make_user(Role.SUPERVISOR), at=DRAFTED)
    db.session.commit()

    later = drafting.start_change(version.program, version.assessment, officer, DRAFTED, date(2026, 6, 1))
    db.session.commit()

    row = reread(later).proposals[0]
    assert (row.rule, row.answer, row.change_reason) == ("W-1", ProposalAnswer.CHANGED, "He found it himself.")


def test_what_was_proposed_for_a_signed_version_never_changes(officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))
    row = version.proposals[0]

    row.level = "low"
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    db.session.delete(version.basis)
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    db.session.add(Proposal(version_id=version.id, position=9, rule="H-1", area="housing", kind="support", level="high",
                            source="assessment", is_active=True))  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


@plain
def test_the_stage_of_the_case_decides_whose_methodology_proposes(officer):
    case = make_case(officer, stage=Stage.POST_PENITENTIARY)

    version = make_draft(officer, case, take=(), education_work="high", housing="high")

    assert [row.rule for row in version.proposals] == ["WO-1", "HO-1"]
    assert version.basis.stage is Stage.POST_PENITENTIARY


@plain
def test_hours_that_clash_with_work_are_named_on_the_draft(sign_in, officer):
    case = make_case(officer)
    case.client.circumstances.append(
        Circumstances(from_on=date(2026, 1, 5), education=Education.HIGHER, employment=Employment.EMPLOYED,
                      family=Family.SINGLE)
    )  # fmt: skip
    db.session.commit()
    version = make_draft(officer, case, take=("W-1",))

    page = sign_in(officer).get(f"/program-versions/{version.id}/draft").text

    assert "The person works, and must come during working hours: “" in page
    assert "The draft can be submitted all the same." in page


@plain
def test_the_draft_asks_the_database_no_more_for_many_proposals_than_for_few(sign_in, officer):
    few, many = make_draft(officer, take=("W-1",)), make_draft(officer, take=("W-1", "H-1", "F-1"), **FIVE)
    browser = sign_in(officer)
    browser.get("/methodology")

    def asked(version):
        return statements(lambda: browser.get(f"/program-versions/{version.id}/draft"))

    assert asked(many) == asked(few)


@plain
def test_how_to_work_with_the_person_is_proposed_from_answers_and_record_and_answers_no_need(sign_in, officer):
    case = make_case(officer, make_client(born_on=date(2009, 5, 1)))
    assessment = make_assessment(case, {"health": "medium"})
    remarks = [{"item_code": "health_limits", "barrier": True}, {"item_code": "motivation", "barrier": False}]
    found = findings_of(replaced(assessment, {"remarks": remarks}), case.client, date(2026, 3, 20))

    assert [(one.code, one.kind, one.source) for one in found.known] == [
        ("health", "need", "assessment"), ("minor", "responsivity", "record"), ("health", "responsivity", "assessment"),
    ]  # fmt: skip
    assert found.person.is_minor


def replaced(assessment, result):
    """The same assessment with another result; its own can no longer be changed."""
    return SimpleNamespace(
        needs=assessment.needs, completion=SimpleNamespace(on=assessment.completion.on, result=result),
        final_level=assessment.final_level, instrument_code=assessment.instrument_code,
    )  # fmt: skip


@plain
def test_a_minor_is_worked_with_as_a_minor(sign_in, officer):
    case = make_case(officer, make_client(born_on=date(2009, 5, 1)))
    version = make_draft(officer, case, take=("MN-1",))

    page = sign_in(officer).get(f"/program-versions/{version.id}/draft").text

    assert version.goals[0].need is None
    assert version.proposals[1].rule == "MN-1"
    assert "How to work with the person" not in page  # it is a goal of the draft already
