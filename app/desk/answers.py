"""Warnings, representations and incentives on the desk: to sign for the head, returned or signed for the officer."""

from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select
from sqlalchemy.orm import aliased

from app.access.policy import Reach
from app.clients.cases import Assignment
from app.clients.reach import held_within
from app.db import db
from app.desk.held import Held
from app.desk.late.open_cases import open_cases
from app.desk.lines import Line, Pile, Tag, exact, pile_of
from app.desk.overdue import MOST
from app.desk.people import people_in
from app.supervision.violations.models import (
    Answer,
    AnswerDelivery,
    AnswerDraft,
    AnswerReturn,
    AnswerSignature,
    AnswerSubmission,
    AnswerWithdrawal,
    CourtDecision,
)
from app.supervision.violations.vocabulary import Addressee, AnswerKind
from app.supervision.violations.wording import measure_in_words

NOTHING = literal("")


def stands() -> ColumnElement[bool]:
    """The answer was not taken back."""
    return ~exists().where(AnswerWithdrawal.answer_id == Answer.id)


def latest_draft() -> ColumnElement[bool]:
    later = aliased(AnswerDraft)
    newer = select(later.id).where(later.answer_id == AnswerDraft.answer_id, later.ordinal > AnswerDraft.ordinal)
    return ~newer.exists()


def answers(words: Any) -> Select[Any]:
    """Answers that stand, in open cases; ``words`` are somebody's about them."""
    kind: Any = Answer.kind
    return (
        open_cases(Answer.id, kind, words)
        .join(Answer, Answer.case_id == Assignment.case_id)
        .add_columns(Answer.measure)
        .where(stands())
    )


@lru_cache(maxsize=5)
def returned_within(extent: Reach | None) -> Select[Any]:
    """Drafts that the head gave back, and that nobody has mended yet."""
    return (
        answers(AnswerReturn.words)
        .join(AnswerDraft, AnswerDraft.answer_id == Answer.id)
        .join(AnswerReturn, AnswerReturn.draft_id == AnswerDraft.id)
        .where(latest_draft(), held_within(extent))
        .order_by(AnswerReturn.at, Answer.id)
        .limit(MOST)
    )


@lru_cache(maxsize=5)
def signed_within(extent: Reach | None) -> Select[Any]:
    """Signed answers that whoever they are for does not have yet."""
    handed_over = exists().where(
        AnswerDelivery.answer_id == Answer.id,
        or_(
            and_(Answer.kind == AnswerKind.REPRESENTATION, AnswerDelivery.to == Addressee.COURT),
            and_(Answer.kind != AnswerKind.REPRESENTATION, AnswerDelivery.to == Addressee.PERSON),
        ),
    )
    return (
        answers(NOTHING)
        .join(AnswerSignature, AnswerSignature.answer_id == Answer.id)
        .where(~handed_over, ~exists().where(CourtDecision.answer_id == Answer.id), held_within(extent))
        .order_by(AnswerSignature.at, Answer.id)
        .limit(MOST)
    )


@lru_cache(maxsize=5)
def submitted_within(extent: Reach | None) -> Select[Any]:
    """Drafts that wait for the head's signature, the longest waiting first."""
    return (
        answers(NOTHING)
        .join(AnswerDraft, AnswerDraft.answer_id == Answer.id)
        .join(AnswerSubmission, AnswerSubmission.draft_id == AnswerDraft.id)
        .where(
            latest_draft(),
            ~exists().where(AnswerReturn.draft_id == AnswerDraft.id),
            ~exists().where(AnswerSignature.answer_id == Answer.id),
            held_within(extent),
        )
        .order_by(AnswerSubmission.at, Answer.id)
        .limit(MOST)
    )


def lines_of(found: Any, act: str) -> list[Line]:
    people = people_in([row[0] for row in found]) if found else {}
    return [
        Line(
            person=f"{people[case_id].surname} {people[case_id].given_name}",
            person_url=url_for("desk.client", client_id=people[case_id].client_id),
            why=measure_in_words(measure),
            words=words,
            act=act,
            act_url=url_for("violations.answer", answer_id=number),
            officer=people[case_id].full_name or "",
            tags=(Tag(kind.label),),
        )
        for case_id, number, kind, words, measure in found
    ]


def pile(title: str, act: str, statement: Select[Any], held: Held) -> list[Pile]:
    found = db.session.execute(statement, held.values).all()
    return pile_of(title, lines_of(found, act), exact(len(found), MOST, statement, held.values))


def answers_back(held: Held) -> list[Pile]:
    """What came back from the head of service: to be mended, or to be handed over."""
    return [
        *pile(_("Answers returned to you"), _("Mend and submit"), returned_within(held.extent), held),
        *pile(_("Signed, to be handed over"), _("Hand it over"), signed_within(held.extent), held),
    ]


def answers_to_sign(held: Held) -> list[Pile]:
    """Warnings, representations and incentives that wait for the head's signature."""
    return pile(_("Answers to sign or return"), _("Read and decide"), submitted_within(held.extent), held)
