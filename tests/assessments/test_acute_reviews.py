"""The review at a visit, as an officer makes it, sees it, and withdraws it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assessments.acute import reviewing
from app.assessments.acute.reviewing import Seen, review
from app.assessments.acute.sums import Unfit
from app.assessments.models import AcuteReview
from app.audit.models import Entry, Kind
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from tests.factories.acute import acute_form, make_review, make_withdrawn
from tests.factories.assessments import quiet_answers
from tests.factories.people import make_case, make_user
from tests.factories.statements import statements


@pytest.fixture
def case(stopped_clock, officer):
    return make_case(officer)


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def page_of(case):
    return f"/cases/{case.id}/acute-reviews/new"


def filled(**answers):
    return {f"answer_{code}": chosen for code, chosen in (quiet_answers(acute_form()) | answers).items()}


def send(browser, case, on="20.11.2026", receipt=None, **answers):
    fields = filled(**answers) | {"on": on} | ({"receipt": receipt} if receipt else {})
    return browser.post(page_of(case), data={name: value for name, value in fields.items() if value is not None})


def all_reviews():
    return db.session.scalars(select(AcuteReview).order_by(AcuteReview.id)).all()


def plain(page):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.text))


def test_a_review_is_saved_with_its_points_in_one_post(browser, case, officer):
    reply = send(browser, case, anger="definite", work="?", support="asset", note=None)

    (made,) = all_reviews()
    assert reply.location == f"/acute-reviews/{made.id}"
    assert (made.on, made.by_id, made.case_id) == (today(), officer.id, case.id)
    assert (made.acute_sum, made.acute_unknown, made.protective_sum, made.protective_unknown) == (2, 1, 2, 0)
    known = {row.item_code: (row.option_code, row.points) for row in made.answers}
    assert (len(known), known["anger"], known["work"]) == (11, ("definite", 2), (None, None))
    journal = db.session.scalar(select(Entry).where(Entry.kind == Kind.ACT, Entry.subject == "acutereview"))
    assert (journal.subject_id, journal.client_id) == (made.id, case.client_id)


def test_the_form_shows_the_last_answers_and_chooses_none(browser, case):
    make_review(case, today() - timedelta(days=20), anger="definite", mood=None)

    page = browser.get(page_of(case))

    assert "checked" not in page.text
    assert "Last time: Threats, fights or loss of control" in page.text
    assert "Last time: not known" in page.text
    assert 'value="20.11.2026"' in page.text


def test_after_saving_the_page_says_what_moved_in_words(browser, case):
    for days, anger in ((90, "no"), (60, "slight"), (30, "slight")):
        make_review(case, today() - timedelta(days=days), anger=anger, plans="partly", housing="definite")

    page = plain(browser.get(send(browser, case, anger="definite", housing="?").location))

    assert "Since the last review, 21 Oct 2026" in page
    assert "worse Anger, Plans" in page.replace(" ,", ",")
    assert "cannot be compared Place to live" in page
    assert "at least 2 of 14 3 of 14 2.7" in page
    assert "0 of 8 1 of 8 1.0" in page
    assert "until 20 Dec 2026" in page


def test_an_answer_left_out_is_refused_and_the_rest_stays(browser, case):
    refused = browser.post(page_of(case), data=filled(mood=None, anger="slight") | {"on": "20.11.2026", "note": "Қала"})

    assert refused.status_code == 200
    assert "Mood: choose an answer, or “Not known”." in refused.text
    assert re.findall(r'<input checked[^>]*name="answer_anger"[^>]*value="slight"', refused.text)
    assert "Қала" in refused.text
    assert all_reviews() == []


def test_a_day_on_which_nobody_could_be_seen_is_refused(browser, case):
    refused = {
        "21.11.2026": "This day has not come yet.",
        "04.01.2026": "not yet on the register on this day",
        "31.02.2026": "There is no such date.",
        "": "Enter the day on which you saw the person.",
    }

    for on, sentence in refused.items():
        assert sentence in send(browser, case, on=on).text
    assert all_reviews() == []


def test_a_closed_case_is_not_reviewed(browser, case, officer):
    case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    for reply in (browser.get(page_of(case)), send(browser, case)):
        assert "off the register" in browser.get(reply.location).text
    assert all_reviews() == []


def test_a_form_sent_twice_is_taken_in_once(browser, case):
    replies = [send(browser, case, receipt="the-same") for _turn in range(2)]

    assert replies[0].location == replies[1].location
    assert len(all_reviews()) == 1


def test_wrong_answers_do_not_reach_the_table(case, officer):
    with pytest.raises(Unfit):
        review(case, Seen(today(), quiet_answers(acute_form()) | {"anger": "shouts"}), officer, today(), now())
    with pytest.raises(Unfit):
        review(case, Seen(today(), {}), officer, today(), now())


def test_rooms_above_hear_of_a_review_and_of_its_withdrawal(browser, case, monkeypatch):
    heard = []

    def listen(about, on):
        kept = [one for one in all_reviews() if one.withdrawal is None]
        heard.append((about.id, on, len(kept)))

    monkeypatch.setattr(reviewing, "after_review", [listen])
    send(browser, case)
    (made,) = all_reviews()
    browser.post(f"/acute-reviews/{made.id}/withdrawal", data={"reason": "The wrong person."})

    assert heard == [(case.id, today(), 1), (case.id, today(), 0)]


def test_a_wrong_review_is_withdrawn_with_a_reason_and_counts_no_more(browser, case):
    made = make_review(case, anger="definite")
    without = browser.post(f"/acute-reviews/{made.id}/withdrawal", data={"reason": " "})
    assert "Write why" in without.text

    browser.post(f"/acute-reviews/{made.id}/withdrawal", data={"reason": "Another person with this name."})

    page = plain(browser.get(f"/acute-reviews/{made.id}"))
    assert "Another person with this name. It counts no more." in page
    assert "Withdraw this review" not in page
    again = browser.post(f"/acute-reviews/{made.id}/withdrawal", data={"reason": "Twice."})
    assert "withdrawn already" in browser.get(again.location).text
    assert "Last time" not in browser.get(page_of(case)).text


def test_a_persons_reviews_are_listed_with_what_is_known_of_the_present(browser, case):
    make_review(case, today() - timedelta(days=45), anger="slight")
    page = browser.get(f"/people/{case.client_id}/acute-reviews")
    assert "is too old to say how things stand now" in page.text

    make_withdrawn(case, today() - timedelta(days=2))
    make_review(case, today() - timedelta(days=1), anger="definite", support="partly")
    page = browser.get(f"/people/{case.client_id}/acute-reviews")
    assert "last reviewed on 19 Nov 2026, next by 19 Dec 2026" in page.text
    assert page.text.count("<polyline") == 2
    assert plain(page).count("withdrawn") == 1
    timeline = browser.get(f"/people/{case.client_id}?room=assessments").text
    assert timeline.count('"/acute-reviews/') == 2


def test_older_reviews_are_on_the_next_page_whatever_the_order_of_writing(browser, case):
    for days in (5, 4, *range(10, 22), 3):
        make_review(case, today() - timedelta(days=days))
    address = f"/people/{case.client_id}/acute-reviews"

    first = browser.get(address).text
    older = browser.get(re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")).text

    assert first.count('data-label="By"') == 12
    assert older.count('data-label="By"') == 3
    assert "30 Oct 2026" in older


def test_as_many_statements_for_many_reviews_as_for_one(browser, case):
    address = f"/people/{case.client_id}/acute-reviews"
    make_review(case, today() - timedelta(days=9))
    browser.get(address)
    one = statements(lambda: browser.get(address))
    for days in range(5):
        make_review(case, today() - timedelta(days=days))

    assert statements(lambda: browser.get(address)) == one


def test_another_officers_case_is_not_there_and_the_head_of_service_reads_only(sign_in, case):
    made = make_review(case)
    other, head = sign_in(make_user()), sign_in(make_user(Role.SUPERVISOR))

    assert other.get(page_of(case)).status_code == 404
    assert other.get(f"/acute-reviews/{made.id}").status_code == 404
    assert head.get(f"/acute-reviews/{made.id}").status_code == 200
    assert head.get(page_of(case)).status_code == 403


def test_what_was_written_is_not_changed_by_sql_either(case):
    make_withdrawn(case, anger="definite")

    for statement in (
        "UPDATE acute_reviews SET acute_sum = 0",
        "DELETE FROM acute_answers",
        "UPDATE acute_answers SET points = 0, option_code = 'no'",
        "INSERT INTO acute_answers (review_id, item_code, option_code, points)"
        " SELECT id, 'more', 'no', 0 FROM acute_reviews",
        "DELETE FROM acute_withdrawals",
    ):
        with pytest.raises(DatabaseError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert db.session.scalar(select(func.sum(AcuteReview.acute_sum))) == 2
