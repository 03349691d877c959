"""The demonstration office: three fictional offices around 20 November 2026, always the same.

Whoever works there signs in with a name of staff.yaml and the password ``PASSWORD``: officer, officer2 and supervisor
in the first office, officer3 and supervisor2 in the second, officer4 and supervisor3 in the third; volunteer,
volunteer2, volunteer3, mentor, mentor2, mentor3; analyst and admin. No name, number or address belongs to anybody.
"""

from pathlib import Path

from sqlalchemy import select

from app.access.models import User
from app.db import db
from app.offices.reading import Entry, read_entries, settle
from app.seeds.demo.looking import journal_of
from app.seeds.demo.staff import PASSWORD, Staff, hire
from app.seeds.demo.story import tell

__all__ = ["PASSWORD", "load"]

HERE = Path(__file__).parent
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
    settle(faults)
    db.session.add_all(journal_of(staff))
    db.session.commit()


def tell_to_the_end(entry: Entry, staff: Staff) -> None:
    tell(entry, staff)
    entry.end()
