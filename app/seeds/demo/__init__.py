"""The demonstration office: three fictional offices around 20 November 2026, always the same.

Whoever works there signs in with a name of staff.yaml and the password ``PASSWORD``: officer, officer2 and supervisor
in the first office, officer3 and supervisor2 in the second, officer4 and supervisor3 in the third; volunteer,
volunteer2, volunteer3, mentor, mentor2, mentor3; analyst and admin; ministry, and body to body6, who report on the
invented plan. No name, number or address belongs to anybody.
"""

from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.clock import COUNTRY
from app.db import db
from app.indicators.freezing import freeze
from app.indicators.periods import parse
from app.offices.reading import Entry, read_entries, read_file, settle
from app.seeds.demo.looking import journal_of
from app.seeds.demo.partnering import agree
from app.seeds.demo.reporting_progress import report_progress
from app.seeds.demo.staff import PASSWORD, Staff, hire
from app.seeds.demo.story import tell
from app.seeds.demo.supervising import hold_events, open_offices, supervise
from app.seeds.demo.thread import Act
from app.seeds.demo.warning import warn
from app.web.languages import speaking

__all__ = ["PASSWORD", "load"]

HERE = Path(__file__).parent
FROZEN = ("2025H2", "2026H1")
PEOPLE = ("first-office.yaml", "second-office.yaml", "third-office.yaml")


def load() -> None:
    """Fill the database with the demonstration office, unless it is there."""
    if db.session.scalar(select(User.id).where(User.name == "officer")) is not None:
        return
    faults: list[str] = []
    staff = hire(read_entries(HERE / "staff.yaml", "staff", faults))
    for file in PEOPLE:
        for entry in read_entries(HERE / file, "people", faults):
            tell_to_the_end(entry, staff)
    supervision = read_file(HERE / "supervision.yaml", faults)
    open_offices(supervision.entries("offices"), staff)
    supervise(supervision.entries("cases"), staff)
    hold_events(supervision.entries("events"), staff)
    agree(supervision.entries("agreements"), staff)
    supervision.end()
    plan = read_file(HERE / "plan.yaml", faults)
    report_progress(plan, staff)
    plan.end()
    settle(faults)
    publish(staff)
    warn(staff)
    db.session.add_all(journal_of(staff))
    db.session.commit()


def publish(staff: Staff) -> None:
    """The analyst froze each half-year that is over by the day of its report."""
    analyst = staff.users["analyst"]
    for code in FROZEN:
        period = parse(code)
        at = datetime.combine(period.report_due_on - timedelta(days=2), time(11), COUNTRY)
        with speaking(analyst.language):
            snapshot = freeze(period, analyst, at).snapshot
        staff.acts.append(Act(analyst, "indicators.freeze", Permission.FREEZE_INDICATORS, snapshot).entry(None, at))


def tell_to_the_end(entry: Entry, staff: Staff) -> None:
    tell(entry, staff)
    entry.end()
