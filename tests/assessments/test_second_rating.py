"""Second ratings: a draw that nobody can steer, blind answers, and agreement without a person."""

import re
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assessments.models import SecondRating
from app.assessments.rating import agreement, drawing
from app.assessments.rating.drawing import assign, draw, hand_on, in_sample
from app.assessments.rating.sampling import is_drawn, rater
from app.assessments.rating.second_rating import agreement_figures, complete_second
from app.assessments.tasks import tend_second_ratings
from app.clients.models import NotPossible
from app.clients.queries import officers_of
from app.clock import now, today
from app.db import db
from tests.factories.assessments import CONCLUSION, answer, make_assessment, make_completed
from tests.factories.people import make_case, make_office, make_user
from tests.factories.ratings import make_rated, make_rating, rate
from tests.factories.statements import statements

pure = pytest.mark.one_engine


@pure
def test_one_in_twenty_is_drawn_and_the_same_ones_each_time():
    digests = [sha256(str(number).encode()).hexdigest() for number in range(20_000)]
    drawn = [digest for digest in digests if is_drawn(digest)]

    assert 900 < len(drawn) < 1100
    assert drawn == [digest for digest in digests if is_drawn(digest)]
    assert is_drawn("0" * 64)
    assert not is_drawn("f" * 64)
    assert [is_drawn(digest) for digest in ("0ccc", "0ccd")] == [True, False]  # 3276 and 3277 of 65536


@pure
def test_whoever_has_least_to_do_rates_and_the_lot_decides_between_equals():
    assert rater({1: 3, 2: 0, 3: 1}, {1: "a", 2: "b", 3: "c"}) == 2
    assert rater({1: 1, 2: 1, 3: 1}, {1: "b", 2: "a", 3: "c"}) == 2
    assert rater({}, {}) is None


@pytest.fixture
def colleague(app, officer):
    return make_user(full_name="Ким Виктор")


@pytest.fixture
def done(officer):
    return make_completed(make_case(officer), conflict_at_home="constant")


def test_the_colleague_with_the_fewest_ratings_is_chosen_and_never_the_author(officer, colleague, done):
    make_user(office=make_office("B-1"))
    make_user(Role.SUPERVISOR)
    make_rating(colleague)
    freer = make_user()
    busy = Counter(row.assigned_to_id for row in db.session.query(SecondRating))

    given = assign(done, now())

    assert busy[colleague.id] == 1
    assert given.assigned_to_id not in {officer.id, colleague.id}
    assert given.assigned_to.office_id == officer.office_id
    assert given.assigned_to.role is Role.OFFICER
    assert freer.id in {row.id for row in db.session.query(type(freer)).filter_by(role=Role.OFFICER)}


def test_one_officer_alone_rates_nobody_and_the_page_says_so(sign_in, officer, done, monkeypatch):
    monkeypatch.setattr(drawing, "is_drawn", lambda _digest: True)

    assert draw(done, now()) is None
    page = sign_in(officer).get(f"/assessments/{done.id}/second-rating").text
    assert "no other officer works in the office" in page


def test_completing_draws_and_drawing_is_repeatable(sign_in, officer, colleague, monkeypatch):
    monkeypatch.setattr(drawing, "is_drawn", lambda _digest: True)
    assessment = answer(make_assessment(make_case(officer)))
    browser = sign_in(officer)
    page = browser.get(f"/assessments/{assessment.id}/conclusion").text
    version = re.search(r'name="version"[^>]*value="([0-9a-f]+)"', page)[1]

    browser.post(f"/assessments/{assessment.id}/conclusion", data={"version": version, "conclusion": CONCLUSION})

    rating = db.session.scalar(db.select(SecondRating))
    assert (rating.assessment_id, rating.assigned_to_id) == (assessment.id, colleague.id)
    monkeypatch.undo()
    assert in_sample(assessment) == in_sample(assessment)


def test_a_rating_goes_on_to_somebody_else_when_its_rater_takes_over_the_case(officer, colleague, done):
    rating = rate(make_rating(colleague, done))
    other = make_user()
    done.case.assignment.officer_id = colleague.id
    db.session.commit()

    hand_on(rating, now())
    db.session.commit()

    assert rating.assigned_to_id in {other.id}
    assert rating.answers == []


def test_every_night_draws_what_was_missed_and_moves_what_went_astray(officer, colleague, done, monkeypatch):
    monkeypatch.setattr(drawing, "is_drawn", lambda _digest: True)
    make_completed(make_case(officer), on=today() - timedelta(days=40))

    tend_second_ratings()
    (rating,) = db.session.scalars(db.select(SecondRating))
    assert (rating.assessment_id, rating.assigned_to_id) == (done.id, colleague.id)
    assert colleague in officers_of(officer.office_id)

    colleague.suspend(officer, now())
    newcomer = make_user()
    tend_second_ratings()
    tend_second_ratings()
    assert [row.assigned_to_id for row in db.session.scalars(db.select(SecondRating))] == [newcomer.id]


def test_the_rater_sees_the_file_and_neither_answers_nor_level(sign_in, colleague, done):
    rating = make_rating(colleague, done)
    browser = sign_in(colleague)

    page = browser.get(f"/second-ratings/{rating.id}").text
    section = browser.get(f"/second-ratings/{rating.id}/sections/family").text

    assert done.case.number in page
    assert "Нұрғалиев Е." in page
    assert "Ерлан" not in page
    assert CONCLUSION not in page
    assert not re.search(r"\bchecked\b", section)
    for path in ("", "/second-rating", "/explanation", "/changes"):
        assert browser.get(f"/assessments/{done.id}{path}").status_code == 404
    assert browser.get(f"/people/{done.about_client_id}/assessments").status_code == 404
    assert done.case.number in browser.get("/").text


def test_nobody_but_the_rater_opens_a_rating(sign_in, officer, colleague, done):
    rating = make_rating(colleague, done)

    assert sign_in(officer).get(f"/second-ratings/{rating.id}").status_code == 404
    assert sign_in(make_user(Role.SUPERVISOR)).get(f"/second-ratings/{rating.id}").status_code == 403
    hidden = sign_in(officer).get(f"/assessments/{done.id}/second-rating").text
    assert "A colleague is rating it" in hidden
    assert colleague.full_name not in hidden


def test_answers_are_saved_by_section_and_completed_once(sign_in, officer, colleague, done):
    rating = rate(make_rating(colleague, done), conflict_at_home="rare")
    browser, page = sign_in(colleague), f"/second-ratings/{rating.id}"
    section = browser.get(f"{page}/sections/family").text
    version = re.search(r'name="version"[^>]*value="([0-9a-f]+)"', section)[1]
    fields = dict.fromkeys(re.findall(r'name="(answer_\w+)"', section), "?")

    saved = browser.post(f"{page}/sections/family", data={**fields, "version": version, "autosave": "1"})
    assert saved.json["part"] == 4
    browser.post(f"{page}/completion")
    again = browser.get(browser.post(f"{page}/completion").location).text

    kept = db.session.get(SecondRating, rating.id, populate_existing=True)
    assert (kept.completion.points, kept.completion.level) == (0, None)
    assert "This rating is complete." in again
    assert "cannot be found out" in again
    first = sign_in(officer)
    assert f'href="/assessments/{done.id}/second-rating"' in first.get("/").text
    both = first.get(f"/assessments/{done.id}/second-rating").text
    assert "Answered otherwise" in both
    assert colleague.full_name in both
    assert done.completion.points == 2


def test_nonsense_is_refused_in_words(sign_in, colleague, done):
    rating = make_rating(colleague, done)
    browser, page = sign_in(colleague), f"/second-ratings/{rating.id}"

    reply = browser.post(f"{page}/sections/family", data={"answer_close_support": "nonsense", "version": ""})

    assert reply.status_code == 200
    assert "Choose one of the answers in the list." in reply.text
    assert browser.get(f"{page}/sections/none").status_code == 404
    assert "48 questions have no answer yet." in browser.get(browser.post(f"{page}/completion").location).text
    with pytest.raises(NotPossible):
        complete_second(rating, by=colleague, at=now())


CHANGES = [
    "UPDATE second_completions SET points = 9",
    "DELETE FROM second_completions",
    "UPDATE second_ratings SET assigned_to_id = 1",
    "DELETE FROM second_ratings",
    "UPDATE second_answers SET option_code = 'x'",
    "DELETE FROM second_answers",
    "INSERT INTO second_answers (rating_id, item_code) VALUES (1, 'another')",
]


def test_nothing_of_a_complete_rating_changes_even_in_sql(colleague, done):
    assert make_rated(colleague, done).id == 1
    for change in CHANGES:
        with pytest.raises(DatabaseError, match="stays as it is"):
            db.session.execute(text(change))
        db.session.rollback()


def test_agreement_is_counted_by_item_and_says_too_few_under_thirty(officer, colleague, done):
    make_rated(colleague, done, unknown=("anger",), conflict_at_home="constant")
    make_rated(colleague, make_completed(make_case(officer)), debts="urgent")
    make_rating(colleague, make_completed(make_case(officer)))

    (everywhere,) = agreement_figures()
    items = {item.code: one for item, one in everywhere.items}

    assert everywhere.ratings == 2
    assert everywhere.points.too_few
    assert everywhere.points.pairs == 1
    assert (items["debts"].pairs, items["anger"].pairs, items["debts"].share) == (2, 1, None)
    assert agreement_figures(make_office("B-1").id) == []
    assert statements(agreement_figures) == 2


def test_agreement_of_thirty_pairs_is_shown_without_anybody(sign_in, officer, colleague, monkeypatch):
    monkeypatch.setattr(agreement, "LEAST_PAIRS", 3)
    for first, second in (("rare", "rare"), ("constant", "constant"), ("rare", "constant")):
        make_rated(colleague, make_completed(make_case(officer), conflict_at_home=first), conflict_at_home=second)
    (figures,) = agreement_figures(officer.office_id)
    found = next(one for item, one in figures.items if item.code == "conflict_at_home")

    assert found.share == Fraction(2, 3)
    assert found.quadratic == Fraction(2, 5)
    page = sign_in(make_user(Role.ANALYST)).get("/second-ratings/agreement").text
    assert "67 %" in page
    assert colleague.full_name not in page


def test_who_has_taken_over_the_case_rates_it_no_more(sign_in, colleague, done):
    rating = rate(make_rating(colleague, done))
    done.case.assignment.officer_id = colleague.id
    db.session.commit()

    browser = sign_in(colleague)
    reply = browser.post(f"/second-ratings/{rating.id}/completion")

    assert "A colleague will rate it." in browser.get(reply.location).text
