"""A person's objection: written down with its clock, answered once, and what an upheld one means."""

from datetime import date, timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assessments.due.standings import dues
from app.assessments.levels.objecting import OBJECTION_ANSWER, Reply, Said, answer, object_to
from app.assessments.models import Against, Objection, ObjectionOutcome
from app.clients.models import NotPossible
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from app.supervision.norms import norm
from tests.factories.assessments import make_assessment, make_completed
from tests.factories.levels import make_objection
from tests.factories.people import make_case, make_user

SAYS = "Мен келіспеймін: бір жыл бойы ішкен жоқпын."
ANSWER = {"outcome": "upheld", "words": "Справка подтверждает: год без алкоголя. Оценим заново."}


@pytest.fixture
def done(officer, stopped_clock):
    return make_completed(make_case(officer))


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR, full_name="Сериков Бауыржан")


def objecting(on=None, **answers):
    day = (on or today()).strftime("%d.%m.%Y")
    return {"on": day, "against": "level", "words": SAYS} | answers


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 20), date(2026, 11, 25)),  # a Friday
        (date(2026, 12, 14), date(2026, 12, 18)),  # over Independence Day
    ],
)
def test_the_answer_is_due_after_three_working_days(day, last):
    assert norm(OBJECTION_ANSWER, day).after(day) == last


def test_from_the_persons_words_over_the_queue_to_a_new_assessment(sign_in, officer, head, done, stopped_clock):
    page, browser, over = f"/assessments/{done.id}", sign_in(officer), sign_in(head)
    form = browser.get(f"{page}/objections/new").text
    assert "The service answers within 3 working days." in form and "article 19-1" in form

    browser.post(f"{page}/objections/new", data=objecting(against="answer", item_code="alcohol_now"))
    objection = db.session.scalars(select(Objection)).one()
    assert (objection.due_on, objection.item_code, objection.by_id) == (
        norm(OBJECTION_ANSWER, today()).after(today()),
        "alcohol_now",
        officer.id,
    )
    shown = browser.get(page).text
    assert SAYS in shown and "Answer due:" in shown and "Record an objection" not in shown
    address = f"/objections/{objection.id}/outcome"
    assert address in over.get("/queue").text
    assert SAYS in over.get(address).text
    assert over.post(address, data=ANSWER).location == f"{page}#level"

    after = browser.get(page).text
    assert "The person's objection to this assessment was upheld." in after and ANSWER["words"] in after
    assert f'href="/cases/{done.case_id}/assessments/new"' in after and "Propose another level" not in after
    refused = browser.get(f"{page}/overrides/new", follow_redirects=True).text
    assert "was upheld. Assess anew instead." in refused
    assert "upheld: the person is assessed anew" in browser.get("/").text
    story = browser.get(f"/people/{done.about_client_id}?room=assessments").text
    assert "The person objected to the assessment: an answer" in story and "Objection answered: upheld" in story
    assert address not in over.get("/queue").text
    assert (
        "At once: the person&#39;s objection was upheld on 20 Nov 2026"
        in browser.get(f"/people/{done.about_client_id}").text
    )
    stopped_clock.move(days=1)
    mine = nothing_beyond(officer)
    assert [line.due_on for line in overdue(Late.REASSESSMENT, today(), mine)] == [objection.answer.on]
    assert dues([done.case_id], today())[done.case_id].on == objection.answer.on
    make_completed(done.case)
    assert "Assess anew" not in sign_in(officer).get(page).text


def test_a_late_answer_shows_on_the_queue_and_stays_marked(sign_in, head, done, stopped_clock):
    objection = make_objection(done)
    stopped_clock.move(days=6)
    over = sign_in(head)

    assert "late by 1 day" in over.get("/queue").text
    over.post(f"/objections/{objection.id}/outcome", data=ANSWER | {"outcome": "not_upheld"})
    page = over.get(f"/assessments/{done.id}").text
    assert "after the term: it was due on" in page
    assert "Assess anew" not in page


WRONG = [
    ({"on": "01.01.2026"}, "The assessment was completed on"),
    ({"on": "31.12.2026"}, "This day has not come yet."),
    ({"on": "завтра"}, "There is no such date."),
    ({"against": ""}, "Choose what the person objects to."),
    ({"words": " "}, "Write down what the person says."),
    ({"item_code": "alcohol_now"}, "Choose a question only when the person objects to an answer."),
    ({"against": "answer", "item_code": "horoscope"}, "Choose one of the answers in the list."),
]


def test_a_wrong_objection_is_refused_in_words_and_keeps_the_text(sign_in, officer, done):
    browser = sign_in(officer)
    for wrong, says in WRONG:
        typed = objecting() | wrong
        reply = browser.post(f"/assessments/{done.id}/objections/new", data=typed).text
        assert says in reply and typed["words"].strip() in reply, wrong

    assert db.session.scalars(select(Objection)).all() == []


def test_one_objection_is_open_at_a_time(sign_in, officer, head, done):
    address, browser = f"/assessments/{done.id}/objections/new", sign_in(officer)
    browser.post(address, data=objecting(receipt="the-same"))
    browser.post(address, data=objecting(receipt="the-same"))
    second = browser.post(address, data=objecting())
    assert "waits for its answer" in second.text and SAYS in second.text
    first = db.session.scalars(select(Objection)).one()

    sign_in(head).post(f"/objections/{first.id}/outcome", data=ANSWER)

    assert browser.post(address, data=objecting()).status_code == 302
    assert len(db.session.scalars(select(Objection)).all()) == 2


def test_answering_twice_answers_once(sign_in, head, done):
    address, browser = f"/objections/{make_objection(done).id}/outcome", sign_in(head)
    browser.post(address, data=ANSWER)
    again = browser.post(address, data={"outcome": "not_upheld", "words": "Передумал, оснований всё же нет."})

    assert "This objection is already answered." in again.text and "Передумал" in again.text
    db.session.expire_all()
    assert db.session.scalars(select(Objection)).one().answer.outcome is ObjectionOutcome.UPHELD


def test_an_answer_needs_its_reasons(sign_in, head, done):
    reply = sign_in(head).post(f"/objections/{make_objection(done).id}/outcome", data={"outcome": "upheld"})

    assert "Write the reasons for your answer." in reply.text


def test_the_assessor_who_became_head_of_service_does_not_answer(sign_in, officer, done):
    objection = make_objection(done)
    officer.role = Role.SUPERVISOR
    db.session.commit()

    reply = sign_in(officer).post(f"/objections/{objection.id}/outcome", data=ANSWER)

    assert "Another head of service has to." in reply.text


def test_the_right_does_not_end_with_the_case_but_needs_a_complete_assessment(officer, head, done):
    done.case.deregister(Ground.TERM_ENDED, today(), by=head, words=None, at=now())
    objection = make_objection(done)
    answer(objection, Reply(ObjectionOutcome.NOT_UPHELD, "Оснований нет."), by=head, on=today(), at=now())

    assert objection.answer and not objection.is_upheld
    said = Said(today(), Against.MANNER, SAYS)
    with force_locale("en"), pytest.raises(NotPossible, match="not complete yet"):
        object_to(make_assessment(make_case(officer)), said, by=officer, today=today(), at=now())


def test_nothing_of_it_changes_even_in_sql(officer, head, done):
    answer(make_objection(done), Reply(ObjectionOutcome.UPHELD, "Верно."), by=head, on=today(), at=now())
    make_objection(make_completed(make_case(officer)), on=today())
    changes = [
        "UPDATE objections SET words = 'x'",
        "DELETE FROM objections",
        "UPDATE objection_answers SET outcome = 'not_upheld'",
        "DELETE FROM objection_answers",
        'INSERT INTO objection_answers SELECT 2, outcome, words, "on",'
        " (SELECT by_id FROM assessment_completions WHERE assessment_id = 2), at FROM objection_answers",
    ]

    assert [change for change in changes if not refused_by_database(change)] == []


def refused_by_database(change):
    try:
        db.session.execute(text(change))
    except DatabaseError:
        return True
    finally:
        db.session.rollback()
    return False


def test_an_objection_of_last_week_is_late_at_once(officer, stopped_clock):
    done = make_completed(make_case(officer), on=today() - timedelta(days=20))

    assert make_objection(done, on=today() - timedelta(days=10)).due_on < today()
