"""Noting a contact, and withdrawing one that was noted by mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.supervision.contacts.models import Contact, ContactWithdrawal, Inspection
from app.supervision.contacts.vocabulary import Condition, ContactKind, Means, Seen, TalkAbout, Whom
from app.supervision.deadlines.keeping import meet

INTRODUCTORY = "introductory-talk"  # the deadline that such a talk meets


@dataclass(frozen=True, slots=True)
class Found:
    """What an inspection found."""

    body: str
    representative: str
    condition: Condition
    own_place: Seen
    provided_for: Seen
    cared_for: Seen
    safe: Seen
    found: str
    present: str | None = None
    advised: str | None = None

    @property
    def is_amiss(self) -> bool:
        """Something was found that calls for help."""
        answers = (self.own_place, self.provided_for, self.cared_for, self.safe)
        return self.condition is Condition.POOR or Seen.NO in answers


@dataclass(frozen=True, slots=True)
class Told:
    """What the officer tells of a contact: of which kind, when, with whom, and whether they were reached."""

    kind: ContactKind
    on: date
    whom: Whom = Whom.PERSON
    reached: bool = True
    minutes: int | None = None
    about: TalkAbout | None = None
    means: Means | None = None
    place: str | None = None
    words: str | None = None
    found: Found | None = None


def note_contact(case: Case, told: Told, by: User, today: date, at: datetime) -> Contact:
    """Write a contact down. The caller holds the case.

    Raises NotPossible on a closed case and where something is missing, WrongDay for a day before the registration or
    after today.
    """
    case.must_be_open()
    case.must_cover(told.on, today)
    must_be_complete(told)
    contact = Contact(
        case=case, kind=told.kind, on=told.on, whom=told.whom, reached=told.reached, minutes=told.minutes,
        about=told.about, means=told.means, place=told.place, words=told.words, by=by, at=at,
    )  # fmt: skip
    if told.found:
        contact.inspection = inspection_of(told.found)
    db.session.add(contact)
    if told.about is TalkAbout.INTRODUCTORY and told.whom is Whom.PERSON:
        meet(case, INTRODUCTORY, told.on, by, at)
    return contact


def inspection_of(found: Found) -> Inspection:
    return Inspection(
        body=found.body, representative=found.representative, present=found.present, condition=found.condition,
        own_place=found.own_place, provided_for=found.provided_for, cared_for=found.cared_for, safe=found.safe,
        found=found.found, advised=found.advised,
    )  # fmt: skip


def must_be_complete(told: Told) -> None:
    """Each kind has what it needs; and what no code says is said in words."""
    if (told.kind is ContactKind.INSPECTION) != (told.found is not None):
        raise NotPossible(_("Write what the inspection found."))
    if told.found and told.found.is_amiss and not told.found.advised:
        raise NotPossible(_("Something is amiss in this home. Write what is to be done about it."))
    if not told.words and (told.whom is Whom.OTHER or told.about is TalkAbout.OTHER):
        raise NotPossible(_("“Other” alone says nothing. Write it in words."))


def withdraw_contact(contact: Contact, reason: str, by: User, at: datetime) -> None:
    """Say that a contact was noted by mistake. It stays on the page, struck, and counts no more.

    The caller holds the contact. Raises NotPossible on a closed case and when it is withdrawn already.
    """
    contact.case.must_be_open()
    if contact.withdrawal:
        raise NotPossible(_("This contact has been withdrawn already."))
    contact.withdrawal = ContactWithdrawal(reason=reason, by=by, at=at)


def hold_contact(contact: Contact) -> None:
    """Keep everybody else from this contact until this is saved, and see it as it is now."""
    db.session.execute(select(Contact.id).where(Contact.id == contact.id).with_for_update())
    db.session.refresh(contact, ["withdrawal"])
