"""An order to publish a report is worked off once, all of it or nothing, and is never left open."""

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.audit.models import Entry
from app.clock import now
from app.db import db
from app.indicators.bundles.models import Publication, PublicationWithdrawal
from app.plan.reports import working
from app.plan.reports.models import PublishedReport, Publishing, ReportFile, ReportSource
from app.plan.reports.publishing import file_from
from app.plan.reports.tasks import take_up_publishing
from app.plan.reports.vocabulary import FileForm
from app.printing.pdf import LetterMissing
from app.tasks.claims import claim
from tests.at_once import answer_to_the_second
from tests.factories.indicators import make_snapshot
from tests.factories.people import make_user
from tests.factories.reports import make_published, make_released_report, make_text
from tests.factories.saving import saved


@pytest.fixture
def files(monkeypatch):
    """Files that take no time: what happens to them is looked at here, and their bytes elsewhere."""

    def made(*_of):
        yield from (file_from(FileForm.PDF, language, b"sheet") for language in ("kk", "ru"))

    monkeypatch.setattr(working, "files_of", made)


@pytest.fixture
def ministry(app, sign_in, stopped_clock):
    return sign_in(make_user(Role.MINISTRY))


@pytest.fixture
def report(ministry):
    return make_released_report()


def address(report):
    return f"/plan-reports/{report.id}/publication"


def pressed(ministry, report, **said):
    answer = ministry.post(address(report), data=said)
    assert answer.location == f"/plan-reports/{report.id}/publishing"
    return db.session.scalars(db.select(Publishing).order_by(Publishing.id.desc())).first()


def count(table):
    return db.session.query(table).count()


def page(ministry, report):
    return ministry.get(f"/plan-reports/{report.id}/publishing").text


def test_a_press_is_an_order_and_the_page_says_what_became_of_it(ministry, report, files):
    wanted = pressed(ministry, report)

    assert count(PublishedReport) == 0
    waiting = page(ministry, report)
    assert "Making the sheets and the spreadsheets" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert f'data-progress-of="/plan-reports/{report.id}/publishing/progress"' in waiting

    working.work(wanted.id)

    done = page(ministry, report)
    assert f"Published: No. {report.id}-1/2026H1." in done and "refresh" not in done
    ministry.looks = False  # at a part of a page
    assert "Published: No." in ministry.get(f"/plan-reports/{report.id}/publishing/progress").text


def test_what_is_published_is_what_was_seen(ministry, report, files):
    wanted = pressed(ministry, report)
    make_text(report, ru="Написано после.")
    working.work(wanted.id)

    published = db.session.scalars(db.select(PublishedReport).options(db.undefer(PublishedReport.content))).one()
    assert "Написано после." not in published.content


def test_the_journal_says_who_asked_and_that_it_was_published(ministry, report, files):
    wanted = pressed(ministry, report)
    working.work(wanted.id)

    lines = db.session.scalars(db.select(Entry).where(Entry.what.like("plan_reports.publi%")).order_by(Entry.id)).all()
    assert [(line.what, line.subject, line.actor_id) for line in lines] == [
        ("plan_reports.publication", "publishing", wanted.asked_by_id),
        ("plan_reports.publish", "publishedreport", wanted.asked_by_id),
    ]


def test_two_presses_make_one(ministry, report, files):
    wanted = pressed(ministry, report)

    for press in (ministry.get, ministry.post):
        assert press(address(report)).location == f"/plan-reports/{report.id}/publishing"
    for _process in range(2):
        working.work(wanted.id)

    assert (count(Publishing), count(PublishedReport)) == (1, 1)


def test_of_two_who_press_at_once_one_is_told_or_led_to_the_first(ministry, report):
    first = db.insert(Publishing).values(
        report_id=report.id, content="{}", asked_by_id=make_user(Role.MINISTRY).id, asked_at=now(), spoken="en", made=0
    )
    db.session.commit()

    answer = answer_to_the_second(ministry, address(report), {}, first)

    told = "This report is being published already." in answer.text
    assert told or answer.location == f"/plan-reports/{report.id}/publishing"  # SQLite lets one in after the other
    assert count(Publishing) == 1


def test_an_order_of_somebody_alive_is_not_taken_by_another(ministry, report, files):
    wanted = pressed(ministry, report)
    assert claim(Publishing, wanted.id, working.LEASE)
    working.work(wanted.id)

    assert count(PublishedReport) == 0


def test_of_a_process_that_is_killed_nothing_is_left_and_another_takes_it_up(
    ministry, report, files, stopped_clock, monkeypatch
):
    """As kill -9 leaves it: some files are made, and nobody can say so any more."""
    wanted, whole = pressed(ministry, report), working.files_of

    def cut_short(*of):
        yield next(whole(*of))
        raise KeyboardInterrupt

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(working, "files_of", cut_short)
        working.work(wanted.id)
    db.session.rollback()
    take_up_publishing()
    assert (count(PublishedReport), count(ReportFile)) == (0, 0)

    stopped_clock.move(minutes=6)
    take_up_publishing()

    assert (count(PublishedReport), count(ReportFile)) == (1, 2)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [(LetterMissing("No font has this letter."), "No font has this letter."), (RuntimeError(), "could not be made")],
    ids=["a letter is missing", "it breaks"],
)
def test_a_failure_is_named_and_can_be_tried_again(ministry, files, monkeypatch, fault, sentence):
    def broken(*_of):
        raise fault

    report = make_published().report
    report_again = {"kk": "Түзетілді.", "ru": "Исправлено."}
    wanted = pressed(ministry, report, **report_again)
    with monkeypatch.context() as now_broken:
        now_broken.setattr(working, "files_of", broken)
        working.work(wanted.id)

    assert sentence in page(ministry, report) and "Try again" in page(ministry, report)
    assert sentence in ministry.get(f"/plan-reports/{report.id}").text
    assert "Исправлено." in ministry.get(address(report)).text  # it need not be written twice
    assert count(PublishedReport) == 1
    working.work(pressed(ministry, report, **report_again).id)
    assert count(PublishedReport) == 2


def test_a_release_that_is_withdrawn_meanwhile_leaves_nothing_published(ministry, report, files):
    wanted = pressed(ministry, report)
    release = db.session.scalars(db.select(Publication)).one()
    saved(PublicationWithdrawal(
        publication_id=release.id, reason="Mistake", withdrawn_at=now(), withdrawn_by_id=release.released_by_id
    ))  # fmt: skip
    working.work(wanted.id)

    assert "Its figures were withdrawn meanwhile." in page(ministry, report)
    assert count(PublishedReport) == 0


def test_a_publication_knows_its_figures_and_a_settled_order_stays_as_it_is(ministry, report, files):
    wanted = pressed(ministry, report)
    working.work(wanted.id)

    (source,) = db.session.scalars(db.select(ReportSource))
    assert (source.publication_id, source.snapshot_id) == (wanted.publication_id, make_snapshot().id)
    for statement in ("UPDATE plan_publishings SET refusal = 'x'", "DELETE FROM plan_report_sources"):
        with pytest.raises(DatabaseError, match="what was written stays as it is"):
            db.session.execute(sql(statement))
        db.session.rollback()


def test_only_the_ministry_sees_the_publishing(report, sign_in):
    analyst = sign_in(make_user(Role.ANALYST))

    assert analyst.get(f"/plan-reports/{report.id}/publishing").status_code == 403
    assert analyst.get(f"/plan-reports/{report.id}/publishing/progress").status_code == 403
