"""The synthetic register: as many people as asked for, the same for the same seed, in keeping with the rules."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app import create_app
from app.access.models import User
from app.assessments import library
from app.assessments.acute.sums import weigh
from app.assessments.models import AcuteReview, Assessment, Completion
from app.assessments.scoring import score
from app.assessments.stored import from_json
from app.assessments.vocabulary import Stage
from app.assistance.release.models import Released
from app.clients.cases import Assignment, Case
from app.clients.iin import WrongIin, check
from app.clients.models import Client
from app.clients.search import People
from app.clients.vocabulary import Ground
from app.db import db
from app.desk.late.assessments import first_assessments
from app.offices.agreements import PartnerAgreement
from app.programs.models import Agreement, Approval, Version
from app.seeds import population, reference_data
from app.sessions.models import Match
from app.supervision.calendar.days import read_days
from app.supervision.calendar.models import Rhythm, Visit
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.contacts.models import Contact, GroupAttendance
from app.supervision.deadlines.models import DeadlineMet
from app.supervision.violations.models import CourtDecision, Violation
from app.supervision.violations.vocabulary import CourtOutcome
from app.web.dates import age_on
from tests.databases import TestConfig, fresh_database

PEOPLE = 300


def number_of(kind: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


def grow() -> None:
    reference_data.load()
    population.load(PEOPLE, seed=7)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One register for all tests of this module, which leave it as it is."""
    home = tmp_path_factory.mktemp("population")
    with fresh_database(home, grow) as url:
        app = create_app(TestConfig(url, home))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(autouse=True)
def register(app: Flask) -> Iterator[None]:
    db.session.expire_all()
    yield
    db.session.rollback()


def fingerprint() -> list[tuple[Any, ...]]:
    people = select(Client.surname, Client.given_name, Client.patronymic, Client.born_on, Client.sex, Client.iin)
    cases = select(Case.number, Case.legal_basis, Case.registered_on, Case.term_to)
    decided = select(Version.program_id, Version.ordinal, Version.starts_on)
    return [tuple(row) for each in (people, cases, decided) for row in db.session.execute(each.order_by("id"))]


def test_everybody_is_there_with_a_history_and_it_hangs_together() -> None:
    assert number_of(Client) == number_of(Case) == PEOPLE
    assert number_of(Completion) > PEOPLE / 2
    assert number_of(Approval) > PEOPLE / 3
    assert number_of(Match) > 10
    assert number_of(AcuteReview) > PEOPLE / 4
    for row in db.session.scalars(select(Completion).limit(20)):
        assessment = db.session.get_one(Assessment, row.assessment_id)
        assert score(library.of(assessment), assessment.chosen, assessment.unknown) == from_json(row.result)
    for review in db.session.scalars(select(AcuteReview).limit(20)):
        sums = weigh(library.of(review), {row.item_code: row.option_code for row in review.answers})
        assert (sums.acute.points, sums.protective.points) == (review.acute_sum, review.protective_sum)
        assert (sums.acute.unknown, sums.protective.unknown) == (review.acute_unknown, review.protective_unknown)
    for approval, version in db.session.execute(select(Approval, Version).join(Version)):
        assert version.agreement and version.agreement.on <= approval.on
        assert approval.by_id != version.drafted_by_id


def test_everybody_is_assessed_with_the_instrument_that_fits_and_most_in_time() -> None:
    used = defaultdict(set)
    for row in db.session.scalars(select(Completion)):
        assessment = db.session.get_one(Assessment, row.assessment_id)
        stage, age = assessment.case.stage_on(row.on), age_on(assessment.client.born_on, row.on)
        assert stage and library.of(assessment).applies_to(age, Stage(stage.value))
        used[assessment.instrument_code].add(assessment.case_id)
    assert set(used) == {one.code for one in library.offered(population.TODAY)}
    not_yet = db.session.scalar(select(func.count()).select_from(first_assessments(population.TODAY).subquery()))
    assert not_yet < PEOPLE / 10


def test_who_is_on_the_register_reports_and_is_talked_to() -> None:
    visits = list(db.session.scalars(select(Visit).options(selectinload(Visit.outcomes), joinedload(Visit.rhythm))))
    assert number_of(Rhythm) > PEOPLE / 4
    assert number_of(Contact) > number_of(Rhythm)
    assert number_of(DeadlineMet) > PEOPLE / 4
    assert max(visit.on for visit in visits) > population.TODAY + timedelta(days=28)
    for visit in visits:
        assert visit.is_settled == bool(visit.outcomes)
        assert not (visit.outcomes and visit.on >= population.TODAY)
        if visit.rhythm and visit.kind == VisitKind.REPORTING:
            days = read_days(visit.rhythm.per, visit.rhythm.days)
            assert days.between(visit.on, visit.on, lambda day: day.isoweekday() < 6) == [visit.on]


def test_what_the_indicators_count_happens_while_people_are_on_the_register() -> None:
    assert min(map(number_of, (Violation, GroupAttendance, PartnerAgreement))) > PEOPLE / 10
    assert number_of(Released) > 0
    for violation in db.session.scalars(select(Violation)):
        left = violation.case.deregistration
        assert violation.case.registered_on < violation.on < (left.on if left else population.TODAY)
    for decision in db.session.scalars(select(CourtDecision)):
        left = decision.answer.case.deregistration
        assert decision.on > decision.answer.signature.on
        if decision.outcome == CourtOutcome.GRANTED:
            assert left and left.ground == Ground.REPLACED_BY_CUSTODY
    for came in db.session.scalars(select(GroupAttendance)):
        assert came.participant.case.registered_on <= came.participant.event.on <= population.TODAY
        assert came.participant.event.cancellation is None


def test_a_representative_speaks_for_whoever_is_under_age() -> None:
    for said in db.session.scalars(select(Agreement)):
        client = db.session.get_one(Version, said.version_id).program.case.client
        assert bool(said.representative) == client.is_minor_on(said.on)


def test_shares_are_near_those_that_are_known_or_assumed() -> None:
    people = list(db.session.scalars(select(Client)))
    bases = [case.legal_basis for case in db.session.scalars(select(Case)).unique()]
    assert 0.55 < bases.count("restriction_of_liberty") / PEOPLE < 0.77
    assert 0.06 < sum(client.sex == "female" for client in people) / PEOPLE < 0.19
    ages = [(client.registered_at.date() - client.born_on) / timedelta(days=365.25) for client in people]
    assert 29 < median(ages) < 37


def test_no_number_could_be_real() -> None:
    numbers = [client.iin for client in db.session.scalars(select(Client)) if client.iin]
    for number in numbers:
        check(number, demonstration=True)
        with pytest.raises(WrongIin):
            check(number)


def test_people_are_found_by_name_within_reach() -> None:
    case = db.session.scalars(select(Case).limit(1)).unique().one()
    officer = db.session.get_one(User, case.assignment.officer_id)
    found = People(officer, case.registered_on, case.client.surname[:4]).page()
    assert case.client in found.people


def test_the_same_seed_gives_the_same_people(another: Callable[[], Flask]) -> None:
    first = fingerprint()
    with another().app_context():
        grow()
        assert fingerprint() == first


def test_another_register_can_go_on_where_this_one_ends() -> None:
    held = db.session.scalars(select(Assignment).limit(1)).one()
    held.to_at = held.from_at + timedelta(days=1)
    db.session.flush()
    db.session.add(Assignment(case_id=held.case_id, office_id=held.office_id, from_at=held.to_at))
    db.session.flush()


def test_the_command_says_what_it_did_and_refuses_a_second_time(another: Callable[[], Flask]) -> None:
    fresh = another()
    with fresh.app_context():
        runner = fresh.test_cli_runner()
        result = runner.invoke(args=["seed", "population", "--clients", "20", "--seed", "3"])
        again = runner.invoke(args=["seed", "population", "--clients", "20"])
    assert json.loads(result.output)["clients"] == 20
    assert again.exit_code == 2
    assert "already holds" in again.output


def test_a_production_database_takes_neither_demonstration_nor_population(another: Callable[[], Flask]) -> None:
    fresh = another()
    fresh.config["DEMONSTRATION"] = False
    with fresh.app_context():
        for words in (["seed", "demo"], ["seed", "population", "--clients", "20"]):
            assert fresh.test_cli_runner().invoke(args=words).exit_code == 2
        assert number_of(Client) == 0
