import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assessments import library
from app.assessments.completing import complete, standing
from app.assessments.models import Assessment, Source
from app.assessments.needs import Linkage
from app.assessments.recording import Given, Noted, record
from app.assessments.scoring import score
from app.assessments.stored import from_json, to_json
from app.assessments.vocabulary import Level
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.web.months import months_after
from tests.factories.assessments import CONCLUSION, answer, make_assessment, make_completed
from tests.factories.people import make_case, make_user

FAMILY = {
    "close_support": "none", "conflict_at_home": "constant", "violence_at_home": "force",
    "view_of_close_people": "approve",
}  # fmt: skip
FRIENDS = {"company": "mainly", "pressure": "follows", "supportive_people": "nobody"}


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


@pytest.fixture
def assessment(officer):
    return make_assessment(make_case(officer))


def conclusion_of(assessment):
    return f"/assessments/{assessment.id}/conclusion"


def version_on(page):
    return re.search(r'name="version"[^>]*value="([0-9a-f]+)"', page.text)[1]


def conclude(browser, assessment, words=CONCLUSION, version=None, **fields):
    page = conclusion_of(assessment)
    return browser.post(page, data={"version": version or version_on(browser.get(page)), "conclusion": words, **fields})


def completion_of(assessment):
    return db.session.get(Assessment, assessment.id, populate_existing=True).completion


def test_without_all_answers_there_is_nothing_to_conclude(browser, assessment):
    attempts = (
        lambda: browser.get(conclusion_of(assessment)),
        lambda: browser.post(conclusion_of(assessment), data={"conclusion": CONCLUSION}),
    )
    for attempt in attempts:
        reply = attempt()
        assert reply.location == f"/assessments/{assessment.id}"
        assert "48 questions have no answer yet." in browser.get(reply.location).text
    assert completion_of(assessment) is None


def test_an_answer_without_its_source_is_named(browser, assessment):
    answer(assessment)
    section = library.of(assessment).section("family")
    record(assessment, section, {item.code: Given(item.options[0].code) for item in section.items}, Noted(), now())
    db.session.commit()

    overview = browser.get(browser.get(conclusion_of(assessment)).location).text

    assert "4 answers do not say where they come from." in overview
    assert "No source:" in overview


def test_too_much_unknown_cannot_be_concluded(browser, assessment):
    answer(assessment, unknown=("problem_solving", "keeping_on", "company", "pressure"))

    overview = browser.get(browser.get(conclusion_of(assessment)).location).text

    assert "at most 3 scored answers may stay open" in overview


def test_the_result_is_shown_before_it_is_concluded(browser, assessment):
    answer(assessment, housing="urgent", **FAMILY)

    page = browser.get(conclusion_of(assessment)).text

    assert "8 of 61 points" in page
    assert "Force was used" in page
    assert "never counted as risk" in page
    assert "None, or unsafe" in page
    assert "Not validated in Kazakhstan" in page


def test_what_is_unknown_says_whether_the_level_could_change(browser, officer):
    near = answer(make_assessment(make_case(officer)), unknown=("company", "pressure"), **FAMILY,
                  alcohol_now="frequent", link_with_offence="repeatedly", effect_on_life="many_areas",
                  earlier_convictions="several", first_age="under_18")  # fmt: skip
    far = answer(make_assessment(make_case(officer)), unknown=("company",))

    assert standing(near).points == 18
    assert "At their worst the level would be: medium." in browser.get(conclusion_of(near)).text
    assert "the level would stay the same" in browser.get(conclusion_of(far)).text


@pytest.mark.parametrize("words", ["", "короче", "   " * 20])
def test_a_conclusion_must_be_written(browser, assessment, words):
    answer(assessment)

    reply = conclude(browser, assessment, words)

    assert reply.status_code == 200
    assert "Write" in reply.text
    assert completion_of(assessment) is None


def test_completing_keeps_who_when_level_and_next_date(browser, officer, assessment):
    answer(assessment)

    reply = conclude(browser, assessment)

    kept = completion_of(assessment)
    assert reply.location == f"/assessments/{assessment.id}"
    assert (kept.by_id, kept.on, kept.level, kept.points) == (officer.id, today(), "low", 0)
    assert kept.conclusion == CONCLUSION
    assert kept.reassess_by == months_after(today(), 12)
    page = browser.get(reply.location).text
    assert CONCLUSION in page
    assert "adult-community, version 1" in page
    assert officer.full_name in page


def test_completing_twice_completes_once(browser, assessment):
    answer(assessment)
    version = version_on(browser.get(conclusion_of(assessment)))

    first = conclude(browser, assessment, version=version, receipt="the-same")
    again = conclude(browser, assessment, version=version, receipt="the-same")
    later = conclude(browser, assessment, "Второе заключение, другими словами.", version=version)

    assert first.location == again.location == later.location
    assert completion_of(assessment).conclusion == CONCLUSION


def test_a_conclusion_about_older_answers_is_refused(browser, assessment):
    answer(assessment)
    before = version_on(browser.get(conclusion_of(assessment)))
    answer(assessment, **FAMILY)

    reply = conclude(browser, assessment, version=before)

    assert "The answers have changed since you opened this page." in reply.text
    assert CONCLUSION in reply.text
    assert completion_of(assessment) is None
    conclude(browser, assessment, version=version_on(reply))
    assert completion_of(assessment).points == 8


def test_nothing_is_concluded_in_a_closed_case(browser, officer, assessment):
    answer(assessment)
    version = version_on(browser.get(conclusion_of(assessment)))
    assessment.case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    reply = conclude(browser, assessment, version=version)

    assert "This case is off the register." in browser.get(reply.location).text
    assert completion_of(assessment) is None


def test_nothing_is_completed_on_a_day_that_has_not_come(officer, assessment):
    answer(assessment)

    with pytest.raises(NotPossible):
        complete(assessment, CONCLUSION, by=officer, on=today() + timedelta(days=1), at=now())
    assert completion_of(assessment) is None


def test_the_rule_itself_refuses_a_short_conclusion_and_a_second_one(officer, assessment):
    answer(assessment)
    with pytest.raises(NotPossible):
        complete(assessment, "короче", by=officer, on=today(), at=now())
    complete(assessment, CONCLUSION, by=officer, on=today(), at=now())
    with pytest.raises(NotPossible):
        complete(assessment, CONCLUSION, by=officer, on=today(), at=now())


def test_the_stored_result_is_what_the_answers_score_again(app, officer):
    number = make_completed(make_case(officer), unknown=("drugs_now", "housing"), debts="urgent", **FAMILY).id
    db.session.expire_all()

    kept = db.session.get(Assessment, number)
    again = score(library.of(kept), kept.chosen, kept.unknown)

    assert from_json(kept.completion.result) == again
    assert kept.completion.result == json.loads(json.dumps(to_json(again)))
    assert (kept.completion.points, kept.completion.level) == (again.points, again.level)


def test_needs_are_kept_in_their_order(app, officer):
    assessment = answer(make_assessment(make_case(officer)), unknown=("health",), debts="urgent", **FAMILY, **FRIENDS)
    section = library.of(assessment).section("free_time")
    given = {item.code: Given(item.options[0].code, Source.PERSON) for item in section.items}
    record(assessment, section, given, Noted(link=Linkage(harm=True)), now())
    complete(assessment, CONCLUSION, by=officer, on=today(), at=now())
    db.session.commit()

    kept = db.session.get(Assessment, assessment.id, populate_existing=True).needs

    assert [(need.code, need.level, need.points) for need in kept] == [
        ("family", "high", 8),
        ("associates", "high", 6),
        ("free_time", "low", 0),
        ("alcohol_drugs", "low", 0),
        ("attitudes", "low", 0),
        ("education_work", "low", 0),
        ("self_control", "low", 0),
        ("health", None, None),
        ("debts", "high", None),
    ]
    assert [need.position for need in kept] == list(range(1, 10))
    assert [need.is_support for need in kept] == [False] * 7 + [True] * 2


def test_the_level_sets_how_long_it_holds(app, officer):
    every_worst = {
        item.code: max(item.options, key=lambda option: option.points).code
        for _, item in library.find("adult-community", 1).items()
    }
    done = make_completed(make_case(officer), on=date(2026, 8, 31), **every_worst)

    assert (done.completion.level, done.completion.reassess_by) == (Level.HIGH, date(2027, 2, 28))


CHANGES = [
    "UPDATE assessment_completions SET conclusion = 'другое'",
    "UPDATE assessment_completions SET level = 'high'",
    "DELETE FROM assessment_completions",
    "UPDATE assessment_answers SET option_code = 'force' WHERE item_code = 'anger'",
    "DELETE FROM assessment_answers WHERE item_code = 'anger'",
    "INSERT INTO assessment_answers (assessment_id, item_code, option_code) VALUES (1, 'another', 'yes')",
    "UPDATE assessment_answers SET assessment_id = 1, item_code = 'another' WHERE assessment_id = 2"
    " AND item_code = 'anger'",
    "UPDATE assessment_notes SET text = 'другое'",
    "DELETE FROM assessment_notes",
    "INSERT INTO assessment_notes VALUES (1, 'attitudes', 'x', {no}, {no})",
    "UPDATE assessment_needs SET level = 'high'",
    "DELETE FROM assessment_needs",
    "INSERT INTO assessment_needs (assessment_id, code, is_support, position) VALUES (1, 'another', {no}, 99)",
    "UPDATE assessments SET instrument_version = '2' WHERE id = 1",
    "DELETE FROM assessments WHERE id = 1",
]


@pytest.fixture
def done(app, officer):
    case = make_case(officer)
    assessment = answer(make_assessment(case))
    section = library.of(assessment).section("family")
    given = {item.code: Given(item.options[0].code, Source.PERSON) for item in section.items}
    record(assessment, section, given, Noted("Мама рядом."), now())
    complete(assessment, CONCLUSION, by=officer, on=today(), at=now())
    answer(make_assessment(case))
    return assessment


def refused(change):
    no = "false" if db.engine.dialect.name == "postgresql" else "0"
    try:
        db.session.execute(text(change.format(no=no)))
    except DatabaseError as error:
        return "stays as it is" in str(error)
    finally:
        db.session.rollback()
    return False


def test_nothing_of_a_complete_assessment_changes_even_in_sql(done):
    assert done.id == 1
    assert [change for change in CHANGES if not refused(change)] == []


def test_postgresql_empties_no_table_of_them_either(done):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")

    tables = [f"assessment_{part}" for part in ("answers", "notes", "needs", "completions")]
    assert [table for table in tables if not refused(f"TRUNCATE {table} CASCADE")] == []


def test_what_is_under_way_can_still_be_changed_in_sql(done):
    changed = db.session.execute(text("UPDATE assessment_answers SET source = 'person' WHERE assessment_id = 2"))

    assert changed.rowcount == 48
    db.session.rollback()


def test_a_result_is_compared_with_the_one_before(browser, officer):
    case = make_case(officer, stage_from=date(2023, 1, 1))
    make_completed(case, on=today() - timedelta(days=200), **FAMILY)
    second = make_completed(case, **FRIENDS)

    page = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", browser.get(f"/assessments/{second.id}").text))

    assert "Family and close relationships high 8/8 low 0/8 lower" in page
    assert "People around low 0/6 high 6/6 higher" in page
    assert "Level of risk low 8/61 low 6/61 lower" in page
    assert "Since the assessment of" not in browser.get(f"/assessments/{second.id - 1}").text


def test_another_officer_cannot_conclude(sign_in, assessment):
    answer(assessment)

    assert sign_in(make_user()).get(conclusion_of(assessment)).status_code == 404
    assert sign_in(make_user(Role.SUPERVISOR)).post(conclusion_of(assessment)).status_code == 403
    assert sign_in(make_user(Role.ANALYST)).get(conclusion_of(assessment)).status_code == 403


def test_the_supervisor_reads_the_result(sign_in, done):
    assert CONCLUSION in sign_in(make_user(Role.SUPERVISOR)).get(f"/assessments/{done.id}").text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_questions_and_names_are_in_the_language_of_the_user(sign_in, language):
    officer = make_user(language=language)
    assessment = make_completed(make_case(officer))
    name = library.of(assessment).section("family").name

    page = sign_in(officer).get(f"/assessments/{assessment.id}").text

    assert name[language] in page
