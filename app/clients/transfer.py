"""Handing a case to another officer or office: offered, then accepted or declined. Reach follows the acceptance."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.cases import Case, Transfer, TransferAnswer
from app.clients.models import NotPossible
from app.db import db
from app.offices.models import Office


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a case is to go: an office, and an officer of it, or none when its head is to name one."""

    office: Office
    officer: User | None

    @property
    def officer_id(self) -> int | None:
        return self.officer.id if self.officer else None


def offer(case: Case, to: Receiver, reason: str, by: User, at: datetime) -> Transfer:
    """An offer to an office, and to an officer of it if one is named. One offer waits at a time."""
    case.must_be_open()
    if case.open_transfer:
        raise NotPossible(_("A transfer of this case is waiting for an answer already."))
    held = case.assignment
    if (held.office_id, held.officer_id) == (to.office.id, to.officer_id):
        raise NotPossible(_("The case is there already. Choose another officer or another office."))
    transfer = Transfer(
        case=case, from_office_id=held.office_id, to_office_id=to.office.id, to_officer_id=to.officer_id,
        reason=reason, offered_by_id=by.id, offered_at=at,
    )  # fmt: skip
    db.session.add(transfer)
    return transfer


def accept(transfer: Transfer, officer: User, by: User, at: datetime) -> None:
    """The officer answers for the case from this moment on, and whoever did before no longer does."""
    must_be_answerable(transfer, by)
    if officer.office_id != transfer.to_office_id:
        raise NotPossible(_("The officer belongs to another office. Choose an officer of yours."))
    transfer.answer = TransferAnswer(is_accepted=True, by_id=by.id, at=at)
    following = transfer.case.hand_over(transfer.to_office_id, officer.id, at)
    db.session.flush()
    db.session.add(following)
    db.session.expire(transfer.case, ["assignment", "assignments"])


def decline(transfer: Transfer, words: str, by: User, at: datetime) -> None:
    must_be_answerable(transfer, by)
    transfer.answer = TransferAnswer(is_accepted=False, words=words, by_id=by.id, at=at)


def withdraw(case: Case, by: User, at: datetime) -> None:
    """The side that offered takes the offer back; the row stays, answered by that side."""
    if case.open_transfer is None:
        raise NotPossible(_("This transfer has been answered already."))
    case.open_transfer.answer = TransferAnswer(is_accepted=False, by_id=by.id, at=at)


def must_be_answerable(transfer: Transfer, by: User) -> None:
    if transfer.answer:
        raise NotPossible(_("This transfer has been answered already."))
    transfer.case.must_be_open()
    if by.id == transfer.offered_by_id:
        raise NotPossible(_("You offered this transfer yourself. Somebody else has to answer it."))
