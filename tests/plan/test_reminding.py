"""Reminders of reports: when they go out, to whom, and never twice."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.access.models import Role
from app.db import db
from app.plan.models import ProgressReminder
from app.plan.progress.reminding import notice_on
from app.plan.progress.tasks import remind_of_reports
from app.plan.vocabulary import Notice
from tests.factories.people import make_user
from tests.factories.plan import make_member, make_submitted

DUE = date(2026, 7, 10)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 6, 25), None),
        (date(2026, 6, 26), Notice.SOON),
        (date(2026, 7, 6), Notice.SOON),
        (date(2026, 7, 7), Notice.LAST_DAYS),
        (date(2026, 7, 10), Notice.LAST_DAYS),
        (date(2026, 7, 11), Notice.LATE),
        (date(2026, 7, 24), Notice.LATE),
        (date(2026, 7, 25), None),
    ],
)
def test_a_notice_goes_out_two_weeks_and_three_days_before_and_after_the_last_day(on, expected):
    assert notice_on(DUE, on) == expected


def letters(app) -> list[dict]:
    outbox: Path = app.config["HOME"] / "messages" / "outbox"
    return [json.loads(path.read_text()) for path in sorted(outbox.glob("*.json"))]


def test_who_has_not_reported_is_reminded_once_for_each_notice(app, stopped_clock):
    app.config["MAIL_GATEWAY"] = "file"
    stopped_clock.moment = datetime(2026, 7, 8, 6, tzinfo=UTC)
    make_member(make_user(Role.BODY, language="ru"), "MTSZN", email="labour@body.example")
    make_submitted(make_member(body="MZ", email="health@body.example").user)
    make_member(body="MP")  # without an address: on the screen only
    gone = make_member(body="GP", email="gone@body.example").user
    gone.suspend(gone, stopped_clock.moment)
    db.session.commit()

    remind_of_reports()
    remind_of_reports()
    db.session.expire_all()
    stopped_clock.moment = datetime(2026, 7, 11, 6, tzinfo=UTC)
    remind_of_reports()

    sent = letters(app)
    assert [one["to"] for one in sent] == ["labour@body.example"] * 2
    assert all("Министерство труда" in one["text"] for one in sent)
    rows = db.session.query(ProgressReminder).order_by(ProgressReminder.id).all()
    assert [(row.notice, row.result.taken) for row in rows] == [(Notice.LAST_DAYS, True), (Notice.LATE, True)]
