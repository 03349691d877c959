"""An analyst revises a frozen period, looks at what is hidden and why, gives it out; a stranger attacks it in vain."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from app.clients.cases import Case
from app.clients.events import EventKind, Happened, note_event
from app.clock import now, today
from app.db import db
from tests.journeys.walker import Walker

pytestmark = pytest.mark.one_engine  # freezing, giving out and the queue have tests on both; the main job walks both
WHILE_FREEZING = 180_000  # milliseconds: as long as a machine with much else to do may take
SECONDS_WRITING = 180
IN_THE_HALF = date(2026, 5, 12)


@pytest.fixture
def entered_late(served):
    """What was noted after the half-year was frozen."""
    with served.app_context():
        on_register = Case.registered_on < IN_THE_HALF, ~Case.deregistration.has()
        case = db.session.scalars(select(Case).where(*on_register).order_by(Case.id)).first()
        by = case.assignment.officer
        note_event(case, Happened(EventKind.NEW_OFFENCE, IN_THE_HALF), by=by, today=today(), at=now())
        db.session.commit()


@pytest.mark.usefixtures("worker", "entered_late")
def test_an_analyst_freezes_looks_and_releases_and_a_stranger_attacks_in_vain(
    served, walker, chromium, address, tmp_path
):
    analyst = walker("analyst")
    freeze(analyst)
    look_at_figures(analyst)
    give_out(analyst)
    with chromium.new_context(base_url=address, locale="kk") as stranger:
        page = stranger.new_page()
        answer = page.request.get(found_by(page))
        assert answer.ok
        assert stranger.cookies() == []
        files = BytesIO(answer.body())
    ZipFile(files).extractall(tmp_path / "given-out")
    [package] = (tmp_path / "given-out").rglob("datapackage.json")
    audit = served.test_cli_runner().invoke(args=["indicators", "audit", str(package.parent)])
    found = json.loads(audit.stdout)
    assert (audit.exit_code, found["safe"]) == (0, True)
    assert found["hidden"]


def found_by(page: Page) -> str:
    """Where all files of the release lie, as soon as the queue has written and audited them."""
    for _second in range(SECONDS_WRITING):
        if ".zip" in page.request.get("/open-data").text():  # not through the browser's cache
            break
        page.wait_for_timeout(1000)
    page.goto("/open-data")
    return page.locator("a[href$='.zip']").first.get_attribute("href") or ""


def freeze(analyst: Walker) -> None:
    """Have the half-year counted again, and stay until the work is done."""
    analyst.go("/indicators")
    analyst.press("First half of 2026")
    analyst.press("Revisions")
    analyst.press("Revise")
    analyst.fill({"because": "An event of May was entered in September."})
    analyst.press("Count again")
    analyst.page.get_by_role("link", name="Look at the figures").wait_for(timeout=WHILE_FREEZING)
    analyst.sees("Revision 1 of the figures is frozen.")


def look_at_figures(analyst: Walker) -> None:
    analyst.press("Look at the figures")
    analyst.sees("An event of May was entered in September.")
    analyst.press("Prepare the release")
    analyst.sees("What it cost")
    analyst.sees("Only to protect others")


def give_out(analyst: Walker) -> None:
    analyst.confirm("Give it out")
    analyst.sees("Given out on")
