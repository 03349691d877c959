"""Noting what came of a visit: once, corrected with a reason, and told to the rooms that wait for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.db import db
from app.supervision.calendar.models import Visit, VisitOutcome
from app.supervision.calendar.vocabulary import Came, ValidReason
from app.web.formats import format_date
from app.web.refusals import must_have_come

# Rooms take their turn here when something is noted of a visit: they get the visit with its outcomes and today, and
# act in the same transaction; they never commit. Each room appends its own callable when it is imported.
after_visit: list[Callable[[Visit, date], None]] = []


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a visit. ``on``: the day on which the person came late; otherwise the visit's own day counts.

    ``seen``: how many outcomes the one who tells it knew of.
    """

    kind: Came
    on: date | None = None
    reason: ValidReason | None = None
    proof: str | None = None
    words: str | None = None
    seen: int = 0


def note_outcome(visit: Visit, told: Told, by: User, today: date, at: datetime) -> VisitOutcome:
    """Write down what came of a visit.

    Raises NotPossible on a closed case, for a visit that moved or is yet to come, for a day before the registration,
    before the visit or after today, without what a kind needs, and when somebody was a moment ahead.
    """
    must_be_answerable(visit, told.seen, today)
    on = day_of(visit, told, today)
    if told.kind is Came.VALID_REASON and not (told.reason and told.proof):
        raise NotPossible(_("A reason is valid when something proves it. Choose the reason, and write what proves it."))
    if visit.outcomes and not told.words:
        raise NotPossible(_("An outcome is noted already. Write why it is corrected."))
    excused = told.kind is Came.VALID_REASON
    outcome = VisitOutcome(
        ordinal=len(visit.outcomes) + 1, kind=told.kind, on=on, reason=told.reason if excused else None,
        proof=told.proof if excused else None, words=told.words, by=by, at=at,
    )  # fmt: skip
    visit.is_settled = True
    visit.outcomes.append(outcome)
    return outcome


def must_be_answerable(visit: Visit, seen: int, today: date) -> None:
    visit.case.must_be_open()
    if visit.move and visit.move.to_visit:
        raise NotPossible(
            _("This visit was moved to %(date)s. See that one.", date=format_date(visit.move.to_visit.on))
        )
    if visit.move:
        raise NotPossible(_("This visit has fallen away."))
    if visit.outcomes and len(visit.outcomes) != seen:
        raise NotPossible(
            _("Somebody noted an outcome a moment before you: %(outcome)s. Look at it before you correct it.",
              outcome=visit.outcomes[-1].kind.label)
        )  # fmt: skip
    if visit.on > today:
        raise NotPossible(
            _("This visit is yet to come, on %(date)s. If the person came earlier, move it to today first.",
              date=format_date(visit.on))
        )  # fmt: skip
    if visit.on < visit.case.registered_on:
        raise NotPossible(_("The case was not yet on the register on the day of this visit."))


def day_of(visit: Visit, told: Told, today: date) -> date:
    """The day on which the person came, or did not."""
    if told.kind is not Came.CAME_LATE:
        return visit.on
    on = told.on or visit.on
    must_have_come(on, today)
    if on < visit.on:
        raise NotPossible(_("This is before the day of the visit. Who came earlier was not late."))
    return on


def tell_of(visit: Visit, today: date) -> None:
    """Let the other rooms look at the visit: what was noted is flushed, and not yet committed."""
    db.session.flush()
    for hook in after_visit:
        hook(visit, today)
