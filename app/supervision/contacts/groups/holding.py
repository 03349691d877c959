"""Holding a group event: whom it is for, who came, and that it did not take place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.supervision.contacts.models import (
    GroupAttendance,
    GroupEvent,
    GroupEventCancellation,
    GroupParticipant,
)
from app.supervision.contacts.vocabulary import Attended, GroupKind
from app.web.months import MONTHS, months_after
from app.web.refusals import WrongDay

MOST = 100  # people on a list: a hall full; more is a slip of the finger


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be held: of which kind, what it is called, when and where."""

    kind: GroupKind
    title: str
    on: date
    minute: int | None = None
    minutes: int | None = None
    place: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of one participant."""

    kind: Attended
    words: str | None = None


def hold_event(planned: Planned, cases: Sequence[Case], by: User, today: date, at: datetime) -> GroupEvent:
    """A group event with its list. A day that has passed is noted afterwards.

    Raises WrongDay for a day more than a year ahead, and NotPossible without participants and as ``put_on_list`` does.
    """
    if planned.on > months_after(today, MONTHS):
        raise WrongDay(_("This day is more than a year ahead. Check the date."))
    event = GroupEvent(
        office_id=by.office_id, kind=planned.kind, title=planned.title, on=planned.on, minute=planned.minute,
        minutes=planned.minutes, place=planned.place, words=planned.words, made_by=by, made_at=at,
    )  # fmt: skip
    with db.session.no_autoflush:
        put_on_list(event, cases, by, at)
    db.session.add(event)
    return event


def put_on_list(event: GroupEvent, cases: Sequence[Case], by: User, at: datetime) -> list[GroupParticipant]:
    """Put the people of some cases on the list. The caller holds an event that is there already.

    Raises NotPossible for nobody, the same person twice, too many, a case off the register, a case that was not yet
    on the register on the day of the event, and an event that is cancelled.
    """
    must_stand(event)
    if not cases:
        raise NotPossible(_("An event is for somebody. Choose at least one participant."))
    if len(event.participants) + len(cases) > MOST:
        raise NotPossible(_("A list holds at most %(most)d people. Make two events of it.", most=MOST))
    known = {row.client_id for row in event.participants}
    for case in cases:
        if case.client_id in known:
            raise NotPossible(_("%(person)s is on the list already: nobody is on it twice.",
                                person=case.client.full_name))  # fmt: skip
        known.add(case.client_id)
        case.must_be_open()
        if event.on < case.registered_on:
            raise NotPossible(
                _("The case of %(person)s was not yet on the register on the day of the event.",
                  person=case.client.full_name)
            )  # fmt: skip
    new = [GroupParticipant(case=case, client_id=case.client_id, by_id=by.id, at=at) for case in cases]
    event.participants.extend(new)
    return new


def note_attendance(
    event: GroupEvent, answers: Mapping[int, Answer], by: User, today: date, at: datetime
) -> list[GroupParticipant]:
    """Note who came, by the numbers of the participants; tells whose attendance is new. The caller holds the event.

    What is said again changes nothing; what is said otherwise takes the place of what was said before. Raises
    NotPossible before the day of the event, for one that is cancelled, and for a valid reason without words.
    """
    must_stand(event)
    if event.on > today:
        raise NotPossible(_("This event has not taken place yet. Note who came on the day itself, or later."))
    changed = []
    for participant in event.participants:
        answer, last = answers.get(participant.id), participant.attendance
        if answer is None or (last and (last.kind, last.words) == (answer.kind, answer.words)):
            continue
        if answer.kind is Attended.VALID_REASON and not answer.words:
            raise NotPossible(
                _("%(person)s: write what the valid reason is, and what proves it.",
                  person=participant.client.full_name)
            )  # fmt: skip
        participant.attendances.append(
            GroupAttendance(ordinal=last.ordinal + 1 if last else 1, kind=answer.kind, words=answer.words, by=by, at=at)
        )
        changed.append(participant)
    return changed


def cancel_event(event: GroupEvent, reason: str, by: User, at: datetime) -> None:
    """Say that an event does not take place. The caller holds it.

    Raises NotPossible when it is cancelled already, and when somebody came.
    """
    must_stand(event)
    if any(row.attendance and row.attendance.kind is Attended.CAME for row in event.participants):
        raise NotPossible(_("Somebody came to this event, so it took place. Correct the attendance first."))
    event.cancellation = GroupEventCancellation(reason=reason, by=by, at=at)


def must_stand(event: GroupEvent) -> None:
    if event.cancellation:
        raise NotPossible(_("This event is cancelled. It can be read, but not changed."))


def hold(event: GroupEvent) -> None:
    """Keep everybody else from this event until this is saved, and see it as it is now."""
    db.session.execute(select(GroupEvent.id).where(GroupEvent.id == event.id).with_for_update())
    db.session.refresh(event, ["cancellation", "participants"])
