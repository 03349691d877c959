"""Looking back at a programme: when it is due and why, what stands side by side, and what the verdict leads to."""

from datetime import UTC, date, datetime

import pytest

from app.access.models import Role
from app.clients.vocabulary import EventKind
from app.db import db
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from app.programs.models import Program, Progress, Review, Version
from app.programs.progress.review_terms import reviews_due
from app.programs.vocabulary import StepState, Verdict
from app.web.languages import speaking
from tests.factories.people import make_event, make_user
from tests.factories.programs import make_approved, make_assessment
from tests.factories.saving import saved
from tests.factories.sessions import make_helper, make_match, make_session

ASSESSED_ANEW = date(2026, 6, 1)
TERM_ENDS = date(2026, 6, 15)  # ten working days later


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def version(officer, head) -> Version:
    return make_approved(officer, head)


def reviewed(version: Version, on: date, officer, next_on: date | None = None) -> None:
    saved(Review(
        version_id=version.id, on=on, verdict=Verdict.CONTINUE, words="Жақсы.", next_review_on=next_on, by=officer,
        at=datetime(on.year, on.month, on.day, 8, tzinfo=UTC),
    ))  # fmt: skip
    db.session.expire_all()


def due(officer, until: date, since: date = date.min):
    with speaking("en"):
        return [(row.due_on, row.why) for row in reviews_due(officer, until, since)]


def test_a_new_assessment_asks_for_a_review_within_its_norm_and_says_so(officer, version):
    make_assessment(version.case, {"education_work": "medium"}, on=ASSESSED_ANEW)

    (line,) = due(officer, TERM_ENDS)
    assert line[0] == TERM_ENDS
    assert "a new assessment on 1 Jun 2026, term: 10 working days" in line[1]
    assert due(officer, date(2026, 6, 14)) == []
    assert due(officer, date(2026, 9, 30), since=date(2026, 6, 16)) == []  # it stands among what is late
    reviewed(version, date(2026, 6, 10), officer, date(2026, 12, 1))
    assert due(officer, date(2026, 9, 30)) == []


def test_what_nobody_reviewed_after_a_new_assessment_is_late_the_day_after_its_term(officer, version):
    make_assessment(version.case, {"education_work": "medium"}, on=ASSESSED_ANEW)
    mine = nothing_beyond(officer)

    assert overdue(Late.REVIEW_AFTER, TERM_ENDS, mine) == []
    (line,) = overdue(Late.REVIEW_AFTER, date(2026, 6, 16), mine)
    assert (line.reference_id, line.due_on) == (version.id, TERM_ENDS)
    assert overdue(Late.REVIEW_AFTER, date(2026, 10, 1), mine) == []  # by then it is late by its own date
    assert len(overdue(Late.REVIEW, date(2026, 10, 1), mine)) == 1


def test_the_page_puts_then_and_now_side_by_side(sign_in, officer, version):
    goal = version.goals[0]
    make_assessment(version.case, {"education_work": "medium", "family": "high"}, on=ASSESSED_ANEW)
    saved(Progress(
        program_id=version.program_id, thread=goal.steps[0].thread, state=StepState.DONE, on=date(2026, 4, 1),
        note="Жолдама бар.", by_id=officer.id, at=datetime(2026, 4, 1, tzinfo=UTC),
    ))  # fmt: skip
    make_event(version.case, EventKind.FOUND_WORK, date(2026, 5, 5), note="Құрылыста")
    make_event(version.case, EventKind.LOST_WORK, date(2026, 2, 2), note="Бұрын")
    helper = make_helper()
    match = make_match(version.case, helper, program_id=version.program_id, threads=(goal.thread,))
    make_session(match, goal_thread=goal.thread, minutes=90)

    page = sign_in(officer).get(f"/programs/{version.program_id}/reviews/new").text

    for words in ("Since the approval on 18 Mar 2026", "education and work", "lower", "Жолдама бар.", "Құрылыста"):
        assert words in page
    assert "Бұрын" not in page
    assert "1 session" in page
    assert "cannot be compared" in page  # the need of family was not found before


def test_a_verdict_of_change_opens_the_new_version_and_of_the_end_leads_to_it(sign_in, officer, version):
    newer = make_assessment(version.case, {"education_work": "medium"}, on=ASSESSED_ANEW)
    browser, address = sign_in(officer), f"/programs/{version.program_id}"
    typed = {"on": "10.6.26", "words": "Өзгерту керек."}

    to_draft = browser.post(f"{address}/reviews/new", data=typed | {"verdict": "change"})
    to_end = browser.post(f"{address}/reviews/new", data=typed | {"verdict": "close"})

    program = db.session.get_one(Program, version.program_id)
    db.session.expire_all()
    assert program.pending.assessment_id == newer.id
    assert to_draft.location.endswith(f"/program-versions/{program.pending.id}/draft")
    assert to_end.location.endswith(f"{address}/closure")
    assert [row.verdict for row in program.in_force.reviews] == [Verdict.CHANGE, Verdict.CLOSE]


def test_a_next_review_beyond_the_norm_is_refused_and_the_words_stay(sign_in, officer, version):
    typed = {"on": "10.6.26", "words": "Жұмыс табылды.", "verdict": "continue", "next_review_on": "11.12.26"}

    page = sign_in(officer).post(f"/programs/{version.program_id}/reviews/new", data=typed).text

    assert "This is later than the norm allows. Enter 10 Dec 2026 or an earlier day." in page
    assert "Жұмыс табылды." in page
    assert db.session.get_one(Version, version.id).reviews == []
