"""The end of a programme: an outcome for each goal, and the letter for the person in both languages."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.clients.models import NotPossible
from app.db import db
from app.programs.models import Closure, Program, Version
from app.programs.progress.carrying import close
from app.programs.vocabulary import GoalOutcome, Outcome
from app.web.languages import speaking
from tests.factories.people import make_user
from tests.factories.programs import APPROVED, make_approved, make_draft

TYPED = {"on": "1.10.26", "outcome": "partly_achieved", "words": "Жұмысқа тұрды."}
FOR_THE_PERSON = {"further": "Жұмыспен қамту орталығына барыңыз.", "contacts": "Асанова Айгүл, 8 7172 00-00-00"}


@pytest.fixture
def version(officer) -> Version:
    return make_approved(officer, make_user(Role.SUPERVISOR), take=("W-1", "T-1"))


def answers(version: Version, *outcomes: str) -> dict[str, str]:
    return {f"goal_{goal.thread}": outcome for goal, outcome in zip(version.goals, outcomes, strict=True)}


def closed(version: Version, outcome: Outcome, officer) -> Closure:
    return Closure(on=date(2026, 10, 1), outcome=outcome, words="-", by=officer, at=APPROVED)


def test_each_goal_is_asked_about_and_the_letter_says_what_was_achieved(sign_in, officer, version):
    browser, address = sign_in(officer), f"/programs/{version.program_id}"

    silent = browser.post(f"{address}/closure", data=TYPED | answers(version, "achieved", ""))
    told = TYPED | FOR_THE_PERSON | answers(version, "achieved", "elsewhere")
    page = browser.post(f"{address}/closure", data=told, follow_redirects=True)
    letters = {one: browser.get(f"{address}/closing-letter/{one}.pdf") for one in ("kk", "ru")}

    assert "Choose what came of this goal." in silent.text
    assert "Жұмысқа тұрды." in silent.text
    outcomes = db.session.get_one(Program, version.program_id).closure.outcomes
    assert [outcomes[goal.thread] for goal in version.goals] == [GoalOutcome.ACHIEVED, GoalOutcome.ELSEWHERE]
    assert "continued elsewhere" in page.text
    for letter in letters.values():
        words = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(letter.data)).pages).split())
        assert letter.mimetype == "application/pdf"
        assert "Жұмыспен қамту орталығына барыңыз." in words
        assert version.program.number in words
        assert "Нұрғалиев Ерлан" in words


def test_there_is_no_letter_before_the_end_nor_where_nothing_was_approved(sign_in, officer, version):
    draft = make_draft(officer)
    browser = sign_in(officer)
    browser.post(f"/programs/{draft.program_id}/closure", data=TYPED)

    for program_id in (version.program_id, draft.program_id):
        page = browser.get(f"/programs/{program_id}/closing-letter/kk.pdf", follow_redirects=True)
        assert "There is no letter: the programme is not closed, or none was ever approved." in page.text


def test_a_programme_that_goes_on_takes_its_goals_along(officer, version):
    first, second = version.goals

    close(version.program, closed(version, Outcome.CONTINUED, officer), {first.thread: GoalOutcome.ACHIEVED})
    db.session.commit()

    assert version.program.closure.outcomes == {
        first.thread: GoalOutcome.ACHIEVED, second.thread: GoalOutcome.ELSEWHERE,
    }  # fmt: skip


def test_a_goal_that_is_not_of_the_version_in_force_has_no_outcome(officer, version):
    with speaking("en"), pytest.raises(NotPossible, match="The goals of this programme have changed"):
        close(version.program, closed(version, Outcome.ACHIEVED, officer), {"f" * 32: GoalOutcome.ACHIEVED})


def test_what_came_of_a_goal_stays_as_it_was_written(officer, version):
    outcomes = {goal.thread: GoalOutcome.ACHIEVED for goal in version.goals}
    close(version.program, closed(version, Outcome.ACHIEVED, officer), outcomes)
    db.session.commit()

    for statement in ("UPDATE program_goal_outcomes SET outcome = 'elsewhere'", "DELETE FROM program_goal_outcomes"):
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(text(statement))
        db.session.rollback()
