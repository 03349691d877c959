"""What the database itself keeps of the plan's rows: nothing written changes, and one answer is one."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from app.access.models import Role
from app.clock import now
from app.db import Base, db
from app.plan.models import (
    BodyMember,
    ProgressAnswer,
    ProgressLine,
    ProgressReport,
    ProgressVersion,
)
from app.plan.vocabulary import AnswerKind
from tests.access.pages import hidden_fields
from tests.at_once import answer_to_the_second
from tests.databases import on_postgresql
from tests.factories.people import make_user
from tests.factories.plan import make_accepted, make_member, make_submitted


def refused(statement, says: str) -> None:
    with pytest.raises(IntegrityError, match=says):
        db.session.execute(statement)
    db.session.rollback()


def test_what_was_written_stays_as_it_is(app):
    report = make_accepted()
    line = report.versions[0].lines[0]

    refused(update(ProgressLine).where(ProgressLine.id == line.id).values(ru="Иначе"), "stays as it is")
    refused(delete(ProgressAnswer), "stays as it is")
    refused(update(ProgressVersion).values(ordinal=7), "stays as it is")
    refused(update(ProgressReport).values(body="MVD"), "stays as it is")
    refused(update(BodyMember).values(body="MVD"), "stays as it is")


def test_a_version_follows_a_return_only(app):
    report = make_accepted()
    again = insert(ProgressVersion).values(report_id=report.id, ordinal=2, by_id=report.begun_by_id, at=now())

    refused(again, "only what was returned")


def test_an_answered_version_gets_no_more_lines(app):
    version = make_accepted().versions[0]
    more = insert(ProgressLine).values(version_id=version.id, measure=5, state="under_way", ru="Ещё")

    refused(more, "gets no more lines")


def test_a_user_speaks_for_one_body(app):
    member = make_member()
    second = insert(BodyMember).values(user_id=member.user_id, body="MP", by_id=member.by_id, at=now())

    refused(second, "speaks for a body already")


@pytest.mark.skipif(not on_postgresql(), reason="SQLite lets one write at a time by itself")
def test_of_two_answers_at_once_the_second_sees_the_first(app, stopped_clock, sign_in):
    report, ministry = make_submitted(), make_user(Role.MINISTRY)
    page = f"/progress-reports/{report.id}/return"
    browser = sign_in(ministry)
    form = hidden_fields(browser.get(page).text) | {"words": "Say when."}
    first = insert(ProgressAnswer).values(
        version_id=report.versions[0].id, kind=AnswerKind.ACCEPTED, measures=[], by_id=ministry.id,
        at=datetime(2026, 7, 9, tzinfo=UTC),
    )  # fmt: skip

    answer = answer_to_the_second(browser, page, form, first)

    assert answer.status_code == 422
    assert "Somebody did this a moment before you." in answer.text
    assert db.session.query(ProgressAnswer).count() == 1


@pytest.mark.one_engine
def test_every_table_of_the_plan_and_of_releases_says_why_and_how_long_it_is_kept(app):
    rooms = ("app.plan", "app.indicators.bundles")
    tables = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__module__.startswith(rooms)]

    assert {"Publication", "PublicationWithdrawal", "MeasureEntry", "Publishing"} <= {
        table.__name__ for table in tables
    }
    assert [table.__name__ for table in tables if not says_why(table.__doc__ or "")] == []


def says_why(text):
    return "Purpose:" in text and "kept" in text.split()
