"""A person's objection to an assessment: writing it down with its term, and answering it."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.assessments import library
from app.assessments.models import Against, Assessment, Objection, ObjectionAnswer, ObjectionOutcome
from app.clients.models import NotPossible
from app.supervision.norms import norm
from app.web.formats import format_date

OBJECTION_ANSWER = "objection-answer"  # the norm that says by when the service answers


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says, in their own words, and on which day; the question where one answer is meant."""

    on: date
    against: Against
    words: str
    item_code: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service answers, with its reasons."""

    outcome: ObjectionOutcome
    words: str


def require_open_to_objection(assessment: Assessment) -> date:
    """The day of completion. Raises NotPossible while there is nothing to object to, or one objection is open.

    The right does not end with the case, nor with a newer assessment.
    """
    if assessment.completion is None:
        raise NotPossible(_("This assessment is not complete yet. The person can object once it is."))
    if any(row.is_open for row in assessment.objections):
        raise NotPossible(_("An objection to this assessment waits for its answer. A further one can follow then."))
    return assessment.completion.on


def object_to(assessment: Assessment, said: Said, by: User, today: date, at: datetime) -> Objection:
    """Write an objection down, with the last day for its answer. Raises NotPossible when its date cannot be right."""
    completed_on = require_open_to_objection(assessment)
    if said.on < completed_on:
        raise NotPossible(
            _("The assessment was completed on %(date)s. An objection to it comes later.",
              date=format_date(completed_on))
        )  # fmt: skip
    if said.on > today:
        raise NotPossible(_("This day has not come yet. Enter the day on which the person objected."))
    if said.item_code and said.against is not Against.ANSWER:
        raise NotPossible(_("Choose a question only when the person objects to an answer."))
    if said.item_code and library.of(assessment).item(said.item_code) is None:
        raise NotPossible(_("The instrument has no such question. Choose one in the list."))
    objection = Objection(
        on=said.on,
        due_on=norm(OBJECTION_ANSWER, said.on).after(said.on),
        against=said.against,
        item_code=said.item_code,
        words=said.words,
        by=by,
        at=at,
    )
    assessment.objections.append(objection)
    return objection


def may_answer(objection: Objection, by: User) -> bool:
    """Nobody answers an objection to their own assessment."""
    completion = objection.assessment.completion
    return completion is not None and by.id != completion.by_id


def to_answer(objection: Objection, by: User) -> None:
    """Raises NotPossible when the objection is answered, or somebody else has to answer it."""
    if objection.answer:
        raise NotPossible(_("This objection is already answered."))
    if not may_answer(objection, by):
        raise NotPossible(
            _("The author of an assessment cannot answer an objection to it. Another head of service has to.")
        )


def answer(objection: Objection, reply: Reply, by: User, on: date, at: datetime) -> None:
    """Answer once and for good. Raises NotPossible when that is not for ``by`` to do, or is done already."""
    to_answer(objection, by)
    objection.answer = ObjectionAnswer(outcome=reply.outcome, words=reply.words, by=by, on=on, at=at)
