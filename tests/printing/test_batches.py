"""Batches: chosen by the head of service, printed by several processes, taken up after a crash, handed out whole."""

import signal
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from time import monotonic, sleep
from zipfile import ZipFile

import pikepdf
import pytest

from app.access.models import Role
from app.access.policy import Permission
from app.audit.models import Entry
from app.clock import now
from app.db import db
from app.printing.batches.bundle import as_one_pdf, as_zip
from app.printing.batches.crew import left_behind, print_batch, surroundings
from app.printing.batches.models import BatchCancellation, BatchItem, PrintBatch
from app.printing.batches.queries import tallies_of
from app.printing.batches.working import claim, settle, work
from app.printing.models import IssuedPaper
from app.programs.papers.batches import ask_for
from app.tasks.queue import open_queue
from app.web.languages import speaking
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.programs import make_approved, make_submitted


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


def approved(head, count=1, **person):
    officer = make_user(Role.OFFICER)
    return [make_approved(officer, head, make_case(officer, client=make_client(**person))) for _one in range(count)]


def batch_of(versions, head, languages=("kk",)):
    with speaking("en"):
        batch = ask_for(versions, languages, head, now())
    db.session.commit()
    return batch


def tally(batch):
    db.session.expire_all()
    return tallies_of([batch.id])[batch.id]


def papers():
    return db.session.query(IssuedPaper).count()


def test_the_head_chooses_prints_and_takes_the_sheets_home(sign_in, app, head):
    mine, other = approved(head, 2), make_approved(*people_of("B-2"))
    browser = sign_in(head)
    page = browser.get("/print-batches/new").text
    assert all(version.number in page for version in mine)
    assert other.number not in page

    chosen = [version.id for version in (mine[0], other)]
    answer = browser.post("/print-batches/new", data={"version_id": chosen, "language": "both"})
    batch = db.session.query(PrintBatch).one()
    items = db.session.query(BatchItem).order_by(BatchItem.position).all()
    assert answer.location.endswith(f"/print-batches/{batch.id}")
    assert [(item.record_id, item.language) for item in items] == [(mine[0].id, "kk"), (mine[0].id, "ru")]

    db.session.commit()
    queue = open_queue(app)
    with closing(queue.storage):
        queue.execute(queue.dequeue())
    assert (tally(batch).printed, tally(batch).failed) == (2, 0)
    kept = dict(db.session.execute(db.select(IssuedPaper.language, IssuedPaper.content)).all())
    with browser.get(f"/print-batches/{batch.id}/sheets.zip") as answer, ZipFile(BytesIO(answer.data)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [kept["kk"], kept["ru"]]
        assert not any(mine[0].client.surname in name for name in archive.namelist())
    with browser.get(f"/print-batches/{batch.id}/sheets.pdf") as answer, pikepdf.open(BytesIO(answer.data)) as whole:
        assert len(whole.pages) == sum(len(pikepdf.open(BytesIO(content)).pages) for content in kept.values())


def people_of(code):
    office = make_office(code)
    return make_user(Role.OFFICER, office), make_user(Role.SUPERVISOR, office)


def test_each_sheet_that_is_printed_is_a_line_of_the_journal(head):
    (version,) = approved(head)
    for _time in range(2):  # the second batch hands out the same paper, and that is a print too
        work(batch_of([version], head).id)

    lines = db.session.query(Entry).filter_by(what="batches.print").all()
    assert [(line.actor_id, line.client_id, line.permission) for line in lines] == [
        (head.id, version.about_client_id, Permission.PRINT_BATCH)
    ] * 2
    assert papers() == 2  # one in each language


def test_one_sheet_that_fails_is_named_and_the_others_are_printed(sign_in, head):
    good, bad = approved(head, 2)
    draft = make_submitted(make_user(Role.OFFICER))
    bad.client.surname = "\U00013000"  # an Egyptian sitting man: no font here has him
    batch = batch_of([draft, bad, good], head)
    work(batch.id)

    assert (tally(batch).printed, tally(batch).failed) == (1, 2)
    page = sign_in(head).get(f"/print-batches/{batch.id}").text
    assert f"Programme {draft.number} is not approved" in page
    assert bad.number in page
    reasons = [item.reason for item in db.session.query(BatchItem).order_by(BatchItem.position)]
    assert "\U00013000" in reasons[1] or "13000" in reasons[1]
    assert reasons[2] is None


def test_what_is_called_off_is_not_printed_and_what_was_printed_stays(sign_in, head):
    batch = batch_of(approved(head, 2), head)
    first, second = claim(batch.id)
    settle(first)
    sign_in(head).post(f"/print-batches/{batch.id}/cancellation")

    assert settle(second) is False
    assert work(batch.id) == 0
    assert left_behind() == []
    assert tally(batch).printed == 1
    assert db.session.query(BatchCancellation).one().by_id == head.id


def test_a_claim_keeps_others_away_until_its_process_must_be_dead(stopped_clock, head):
    batch = batch_of(approved(head, 2), head)
    assert len(claim(batch.id)) == 2
    assert (claim(batch.id), left_behind()) == ([], [])

    stopped_clock.move(minutes=3)
    assert left_behind() == [batch.id]
    assert work(batch.id) == 2
    assert left_behind() == []


def test_no_second_crew_is_called_while_one_is_at_work(stopped_clock, head):
    batch = batch_of(approved(head, 5), head)
    assert len(claim(batch.id)) == 4  # of a process that is at work; one paper is free

    assert left_behind() == []
    print_batch(batch.id)
    assert tally(batch).settled == 0

    stopped_clock.move(minutes=3)
    assert left_behind() == [batch.id]


def test_a_batch_asks_for_a_programme_and_a_known_language(sign_in, head):
    (version,) = approved(head)
    browser = sign_in(head)
    for typed in (
        {"language": "kk"},
        {"version_id": version.id, "language": "xx"},
        {"version_id": "9" * 400, "language": "kk"},
    ):
        assert browser.post("/print-batches/new", data=typed).status_code in {200, 422}
    assert db.session.query(PrintBatch).count() == 0


def test_a_batch_that_is_killed_in_the_middle_is_finished_by_the_next_process(app, head, stopped_clock):
    """kill -9, as the kernel does when memory is short: no sheet is lost, and none is issued twice."""
    batch = batch_of(approved(head, 6), head)
    db.session.remove()
    run = [sys.executable, "-m", "flask", "--app", "wsgi", "papers", "work", str(batch.id)]
    process = subprocess.Popen(run, env=surroundings())
    deadline = monotonic() + 60
    while not 0 < tally(batch).settled < 6 and process.poll() is None and monotonic() < deadline:
        db.session.remove()
        sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    killed_at = tally(batch).settled
    assert 0 < killed_at < 6

    db.session.remove()
    stopped_clock.move(days=400)  # the killed process lived by the real clock; its claim is over by now
    assert left_behind() == [batch.id]
    work(batch.id)
    assert (tally(batch).printed, tally(batch).failed) == (6, 0)
    assert papers() == 12
    assert db.session.query(Entry).filter_by(what="batches.print").count() == 6


def test_a_long_batch_is_shared_by_as_many_processes_as_there_are_cores(app, head):
    batch = batch_of(approved(head, 5), head)
    db.session.remove()
    print_batch(batch.id)

    assert (tally(batch).printed, tally(batch).failed) == (5, 0)
    with as_one_pdf(batch) as file, pikepdf.open(file) as whole, as_zip(batch) as packed, ZipFile(packed) as archive:
        assert len(archive.namelist()) == 5
        assert len(whole.pages) >= 5
