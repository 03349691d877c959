"""What the ministry itself records of a measure: evidence, that it is completed, or that it is open again."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.db import db
from app.plan.measures.queries import entries_of
from app.plan.models import MeasureEntry
from app.plan.plan import Measure, Plan
from app.plan.vocabulary import EntryKind


@dataclass(frozen=True, slots=True)
class Shown:
    """What an entry says: its day, words in either language, the document that shows it, and where that is read."""

    kind: EntryKind
    on: date
    kk: str | None = None
    ru: str | None = None
    document: str | None = None
    address: str | None = None


def record(plan: Plan, measure: Measure, shown: Shown, by: User, at: datetime) -> MeasureEntry:
    """Keep an entry. Raises NotPossible when the ministry has recorded a completion already, or none to take back."""
    turns = [one for one in entries_of(plan, measure.no) if one.kind != EntryKind.EVIDENCE]
    is_completed = bool(turns) and turns[-1].kind == EntryKind.COMPLETED
    if shown.kind == EntryKind.COMPLETED and is_completed:
        raise NotPossible(_("The completion of this measure is recorded already."))
    if turns and shown.kind != EntryKind.EVIDENCE and shown.on < turns[-1].on:
        raise NotPossible(_("This is before the last thing that was recorded. Choose a later day."))
    entry = MeasureEntry(
        plan=plan.code, measure=measure.no, kind=shown.kind, on=shown.on, kk=shown.kk, ru=shown.ru,
        document=shown.document, address=shown.address, by=by, at=at,
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    return entry
