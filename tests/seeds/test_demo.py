"""The demonstration office: fixed, complete, and in keeping with every rule of the rooms."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.models import User
from app.access.passwords import fault
from app.access.sign_in import fits
from app.assessments import library
from app.assessments.acute.sums import Standing as Known
from app.assessments.acute.sums import standing
from app.assessments.levels.waiting import objections_waiting, proposals_waiting
from app.assessments.models import AcuteReview, Assessment, Completion, Objection, ObjectionOutcome, Override
from app.assessments.scoring import score
from app.assessments.stored import from_json
from app.assessments.vocabulary import Stage as StageOfInstruments
from app.assistance.models import Referral
from app.assistance.referrals.referring import clock_of
from app.assistance.referrals.vocabulary import Result
from app.assistance.referrals.vocabulary import Standing as Course
from app.assistance.release.models import ReleaseDay
from app.assistance.release.plan import Plan, plan_of
from app.assistance.treatment.models import Handover
from app.audit.models import Entry
from app.clients.cases import Assignment, Case, Transfer
from app.clients.iin import IinFault, WrongIin, check
from app.clients.legal_bases import legal_bases
from app.clients.models import Client
from app.clients.vocabulary import Body, DocumentKind, DocumentState, Stage
from app.clock import COUNTRY
from app.db import Base, db
from app.indicators.models import Snapshot
from app.indicators.tables import TOTAL
from app.programs.models import Approval, Closure, Goal, GoalProgress, Program, Removal, Submission, Version
from app.programs.vocabulary import Consenting, GoalOutcome, GoalState, Phase, VersionState
from app.seeds.demo import PASSWORD, load
from app.sessions.models import Helper, Match, Session
from app.sessions.vocabulary import Standing
from app.supervision.calendar.models import Visit, VisitOutcome
from app.supervision.calendar.vocabulary import Came
from app.supervision.contacts.models import Contact
from app.supervision.contacts.vocabulary import ContactKind
from app.supervision.deadlines.models import Deadline
from app.supervision.messages.models import Message, ReminderConsent
from app.supervision.messages.wording import tells
from app.supervision.violations.dossier import dossier_of, situation_of
from app.supervision.violations.models import Answer
from app.supervision.violations.proposing import propose
from app.supervision.violations.situation import Why
from app.supervision.violations.vocabulary import AnswerStanding
from app.web.dates import age_on
from tests.applications import application, settled
from tests.demonstration import demonstration_office
from tests.factories.acute import acute_form

STORY_DAY = date(2026, 11, 20)
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One seeded database for all tests of this module, which only read."""
    with settled(application(), tmp_path_factory.mktemp("demonstration"), demonstration_office) as app:
        yield app


@pytest.fixture
def demonstration(app: Flask) -> Iterator[None]:
    db.session.expire_all()
    yield
    db.session.rollback()


def counts() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def every(kind: type) -> list:
    return list(db.session.scalars(select(kind)).unique())


def test_a_second_seeding_changes_nothing() -> None:
    before = counts()
    load()
    assert counts() == before
    assert 30 <= before["clients"] <= 40
    assert before["journal"] > 100


def test_every_ground_for_being_on_the_register_has_a_person_and_every_stage() -> None:
    cases = every(Case)
    assert {case.legal_basis for case in cases} == set(legal_bases())
    assert {row.stage for case in cases for row in case.stages} == set(Stage)


def test_nobody_bears_a_number_that_could_be_real() -> None:
    numbers = [client.iin for client in every(Client) if client.iin]
    assert len(numbers) > 25
    for number in numbers:
        with pytest.raises(WrongIin) as refusal:
            check(number)
        assert refusal.value.fault == IinFault.CHECK_DIGIT
        check(number, demonstration=True)


def test_numbers_agree_with_birth_dates_and_sexes() -> None:
    for client in every(Client):
        if client.iin:
            iin = check(client.iin, demonstration=True)
            assert (iin.born_on, iin.sex) == (client.born_on, client.sex)


def test_everybody_signs_in_with_the_one_password() -> None:
    users = every(User)
    assert len({user.password_hash for user in users}) == 1
    assert fits(users[0], PASSWORD)
    assert all(fault(PASSWORD, user.name) is None and user.password_changed_at for user in users)
    assert {user.language for user in users} == {"kk", "ru", "en"}


def test_completed_assessments_score_the_same_again() -> None:
    completions = every(Completion)
    assert {row.level for row in completions} == {"low", "medium", "high"}
    for row in completions:
        assessment = db.session.get_one(Assessment, row.assessment_id)
        assert score(library.of(assessment), assessment.chosen, assessment.unknown) == from_json(row.result)
        stage, age = assessment.case.stage_on(row.on), age_on(assessment.client.born_on, row.on)
        assert stage and library.of(assessment).applies_to(age, StageOfInstruments(stage.value))


def test_every_instrument_was_used() -> None:
    forms = {one.code for one in library.offered(STORY_DAY)}
    assert {assessment.instrument_code for assessment in every(Assessment)} == forms


def test_nothing_is_submitted_before_the_person_was_asked_nor_approved_by_its_author() -> None:
    versions = {version.id: version for version in every(Version)}
    for submission in every(Submission):
        agreement = versions[submission.version_id].agreement
        assert agreement and agreement.on <= submission.at.astimezone(COUNTRY).date()
    for approval in every(Approval):
        version = versions[approval.version_id]
        assert approval.by_id != version.drafted_by_id
        assert version.drafted_at < version.submissions[-1].at < approval.at


def test_programmes_stand_in_every_state() -> None:
    states = {version.state for version in every(Version)}
    assert states == set(VersionState) - {VersionState.DROPPED}
    assert {row.agreement.answer for row in every(Version) if row.agreement} == set(Consenting)
    assert all(program.number == f"P-{program.opened_at.year}-{program.id:06d}" for program in every(Program))


def test_goals_are_worked_on_kept_for_later_achieved_taken_up_again_and_removed() -> None:
    assert {goal.phase for goal in every(Goal)} == set(Phase)
    assert {row.state for row in every(GoalProgress)} == set(GoalState)
    assert all(removal.note for removal in every(Removal)) and every(Removal)
    outcomes = {outcome for closure in every(Closure) for outcome in closure.outcomes.values()}
    assert outcomes == set(GoalOutcome)
    assert any(row.agreement and row.agreement.not_agreed for row in every(Version))
    (grown,) = [program for program in every(Program) if program.grew_from]
    assert grown.grew_from.closure and grown.stage != grown.grew_from.stage


def test_referrals_stand_in_every_way_and_one_provider_is_silent_past_its_term() -> None:
    referrals = every(Referral)
    assert {referral.standing for referral in referrals} == set(Course)
    assert {referral.result for referral in referrals if referral.result} >= set(Result) - {Result.NOT_HELPED}
    clocks = [(referral, clock_of(referral)) for referral in referrals]
    silent = [referral for referral, clock in clocks if clock and clock.is_late_on(STORY_DAY)]
    assert len(silent) == 1 and silent[0].reminders


def test_releases_lie_twelve_six_and_one_months_ahead_and_one_person_was_met_at_the_gate() -> None:
    plans = [plan_of(case) for case in {row.case for row in every(ReleaseDay)}]
    ahead = sorted(months_until(plan) for plan in plans if not plan.released)
    assert ahead == [1, 6, 12]
    met = [plan for plan in plans if plan.released and plan.released.is_met]
    assert [bool(plan.visit) for plan in sorted(met, key=lambda plan: plan.released.on)] == [True, False]
    (handover,) = every(Handover)
    assert handover.answer is None and handover.answer_by > STORY_DAY


def months_until(plan: Plan) -> int:
    days = (plan.day.on - STORY_DAY).days if plan.day else 0
    return round(days / 30.4)


def test_helpers_are_of_age_and_bound_and_sessions_stand_in_every_way() -> None:
    helpers = {helper.user_id: helper for helper in every(Helper)}
    for match in every(Match):
        helper = helpers[match.helper_id]
        assert age_on(helper.born_on, match.starts_on) >= 18
        assert helper.undertaking_on and helper.undertaking_on <= match.starts_on
        assert match.starts_on >= match.consents[0].given_on
    sessions = every(Session)
    assert {session.standing for session in sessions} == set(Standing) - {Standing.ANSWERED}
    assert any(session.has_concern for session in sessions)
    assert any(not session.has_met for session in sessions)


def test_doors_of_withdrawn_and_expired_consents_are_shut() -> None:
    matches = every(Match)
    withdrawn = [match for match in matches if any(consent.withdrawal for consent in match.consents)]
    expired = [match for match in matches if match.consents[-1].until_on <= STORY_DAY]
    assert withdrawn and expired
    assert not any(match.is_open_on(STORY_DAY) for match in withdrawn + expired)


def test_transfers_wait_are_accepted_and_are_declined() -> None:
    answers = [transfer.answer and transfer.answer.is_accepted for transfer in every(Transfer)]
    assert set(answers) == {None, True, False}


def test_the_police_supervise_whom_the_code_gives_them() -> None:
    for case in every(Case):
        if case.legal_basis in {"parole", "administrative_supervision"} and case.is_open:
            assert case.body_on(STORY_DAY) == Body.POLICE


def test_a_minor_has_a_representative_and_a_prisoner_a_year_without_papers() -> None:
    minors = [client for client in every(Client) if client.is_minor_on(STORY_DAY)]
    assert minors and all(client.representative_on(STORY_DAY) for client in minors)
    preparing = [case for case in every(Case) if case.legal_basis == "release_preparation" and case.is_open]
    lacking = {row.kind for case in preparing for row in case.client.documents if row.state == DocumentState.MISSING}
    assert DocumentKind.IDENTITY_CARD in lacking
    assert any(case.term_to and case.term_to - case.registered_on > timedelta(days=360) for case in preparing)


def test_some_regions_changed_while_people_stayed() -> None:
    homes = [{address.region_code for address in client.addresses} for client in every(Client)]
    assert any({"510000000", "790000000"} <= codes for codes in homes)
    assert any({"630000000", "100000000"} <= codes for codes in homes)


def test_officers_act_on_working_days_in_office_hours() -> None:
    officers = {user.id for user in every(User) if user.role in {"officer", "supervisor"}}
    moments = [row.at for row in every(Entry) if row.actor_id in officers]
    moments += [row.from_at for row in every(Assignment)]
    for moment in moments:
        local = moment.astimezone(COUNTRY)
        assert local.weekday() < 5
        assert time(9) <= local.time() <= time(18)
        assert local.date() <= STORY_DAY


def test_the_journal_runs_forward() -> None:
    rows = list(db.session.scalars(select(Entry.at).order_by(Entry.id)))
    assert rows == sorted(rows)


def test_two_half_years_are_frozen_with_small_figures_hidden() -> None:
    snapshots = every(Snapshot)
    assert [snapshot.period for snapshot in snapshots] == ["2025H2", "2026H1"]
    assert all(snapshot.release.hidden_count for snapshot in snapshots)


def test_the_frozen_half_years_show_their_register_and_the_latest_more_than_that() -> None:
    """A demonstration in which everything is hidden shows nobody what the pages are for."""
    shown = {snapshot.period: totals_shown(snapshot) for snapshot in every(Snapshot)}
    assert shown["2025H2"]["register"] > 0
    assert shown["2026H1"]["register"] >= 20
    assert len([quantity for quantity, number in shown["2026H1"].items() if number]) >= 6


def totals_shown(snapshot: Snapshot) -> dict[str, int]:
    totals = (figure for figure in snapshot.release.figures if set(figure.key) <= {TOTAL})
    return {total.quantity: total.value for total in totals if total.value is not None}


def test_reviews_at_visits_tell_of_one_who_turns_worse_one_who_holds_and_one_who_is_overdue() -> None:
    by_person = defaultdict(list)
    for review in sorted(every(AcuteReview), key=lambda row: (row.on, row.id)):
        if review.withdrawal is None:
            by_person[review.client.surname].append(review)
    acute = {surname: [review.acute_sum for review in reviews] for surname, reviews in by_person.items()}
    assert acute["Абдрахманов"][-1] >= max(acute["Абдрахманов"][:-1]) + 2
    assert len(set(acute["Серікбаев"])) == 1
    assert standing(by_person["Мұратов"][-1].on, acute_form(STORY_DAY).valid_days, STORY_DAY) is Known.UNKNOWN
    assert any(review.withdrawal for review in every(AcuteReview))


def test_levels_are_moved_up_wait_to_be_moved_down_and_are_left_as_they_were() -> None:
    told = {(row.raises, row.answer and row.answer.is_approved) for row in every(Override)}
    assert told == {(True, True), (False, None), (True, False)}
    assert [row.raises for row in proposals_waiting(head_of_the_first_office())] == [False]
    for row in every(Override):
        assert row.assessment.final_level == (row.to_level if row.is_approved else row.from_level)


def test_one_objection_is_answered_with_reasons_and_one_is_due_in_the_coming_days() -> None:
    answered, waiting = sorted(every(Objection), key=lambda row: row.is_open)
    assert answered.answer.outcome is ObjectionOutcome.NOT_UPHELD and answered.answer.on <= answered.due_on
    assert objections_waiting(head_of_the_first_office()) == [waiting]
    assert STORY_DAY < waiting.due_on <= STORY_DAY + timedelta(days=5)
    assert library.of(waiting.assessment).item(waiting.item_code)


def proposed(surname: str, basis: str) -> dict[str, set[str]]:
    """What the norms foresee on the day of the stories: each measure with its reasons."""
    cases = select(Case).join(Case.client).where(Client.surname == surname, Case.legal_basis == basis)
    case = db.session.scalars(cases).unique().one()
    found = propose(situation_of(case, dossier_of([case]), STORY_DAY), STORY_DAY)
    return {one.rule.measure: {reason.why for reason in one.reasons} for one in found}


def test_the_stories_of_supervision_call_for_what_they_are_there_to_show() -> None:
    assert Why.MISSING in proposed("Оразов", "restriction_of_liberty")["search"]  # the sixteenth day
    assert Why.REPEAT in proposed("Сәдуақасов", "restriction_of_liberty")["replace"]  # day 300
    assert "cancel" not in proposed("Беккер", "conditional_sentence")  # day 370
    assert Why.OVER in proposed("Козлов", "community_service")["replace"]  # three absences
    assert Why.HALF in proposed("Смирнова", "conditional_sentence")["early-cancellation"]
    assert proposed("Абдрахманов", "restriction_of_liberty") == {}  # the tracker: warned and handed over
    assert proposed("Әлімқұлова", "conditional_sentence") == {}  # the illness is proved
    standings = {answer.standing for answer in every(Answer)}
    assert standings == set(AnswerStanding) - {AnswerStanding.DRAFT, AnswerStanding.SIGNED, AnswerStanding.WITHDRAWN}


def test_every_deadline_of_the_stories_is_kept_but_one_and_every_kind_of_contact_is_there() -> None:
    late = [one for one in every(Deadline) if not one.is_settled and one.now_due < STORY_DAY]
    assert [one.code for one in late] == ["corrective-start"]
    assert {contact.kind for contact in every(Contact)} == set(ContactKind)
    assert {outcome.kind for outcome in every(VisitOutcome)} == set(Came)
    expected = [visit for visit in every(Visit) if visit.on < STORY_DAY and visit.case.is_open and not visit.is_settled]
    assert expected == []


def test_reminders_arrived_were_sent_and_one_was_refused_and_none_tells_a_stranger_anything() -> None:
    messages = every(Message)
    assert {message.language for message in messages} == {"kk", "ru"}
    assert {bool(message.report) for message in messages} == {True, False}
    refused = [message for message in messages if message.attempts[-1].result.why]
    assert len(refused) == 1
    assert [
        tells(message.text) for message in messages if not message.consent.names_service if tells(message.text)
    ] == []
    assert any(consent.withdrawal for consent in every(ReminderConsent))


def head_of_the_first_office() -> User:
    return db.session.scalars(select(User).where(User.name == "supervisor")).one()
