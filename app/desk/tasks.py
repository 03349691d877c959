"""Every morning before work: note what has become overdue, and settle what has been done."""

from sqlalchemy import select

from app.clock import now, today
from app.db import db
from app.desk.models import Late, Reminder
from app.desk.overdue import overdue
from app.tasks.queue import by_the_clock


@by_the_clock(minute="*/10")
def remind() -> None:
    """Raise a reminder for each late thing that has none, and settle those that are no longer late.

    Running it twice changes nothing; the database takes one open reminder for one thing.
    """
    for kind in Late:
        late = {line.reference_id: line for line in overdue(kind, today(), most=None)}
        standing = {
            row.reference_id: row
            for row in db.session.scalars(select(Reminder).where(Reminder.kind == kind, Reminder.settled_at.is_(None)))
        }
        for reference in standing.keys() - late.keys():
            standing[reference].settled_at = now()
        for reference in late.keys() - standing.keys():
            line = late[reference]
            db.session.add(
                Reminder(kind=kind, reference_id=reference, case_id=line.case_id, due_on=line.due_on, raised_at=now())
            )
        db.session.commit()
