"""Finding acute reviews, never beyond the actor's reach."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, false, func, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assessments.acute.sums import LAST
from app.assessments.models import AcuteReview, AcuteWithdrawal
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db, one_or_404

PAGE = 12  # a year of reviews, at one a month

NEWEST_FIRST = (AcuteReview.on.desc(), AcuteReview.id.desc())
STANDS = ~exists().where(AcuteWithdrawal.review_id == AcuteReview.id)  # nobody withdrew it


def get_review(actor: User, permission: Permission, review_id: int) -> AcuteReview:
    """A review within reach, with its answers; otherwise 404."""
    return one_or_404(
        select(AcuteReview)
        .join(AcuteReview.case)
        .where(AcuteReview.id == review_id, cases_within(actor, permission))
        .options(
            joinedload(AcuteReview.case).options(*AROUND_CASE),
            joinedload(AcuteReview.by),
            joinedload(AcuteReview.withdrawal).joinedload(AcuteWithdrawal.by),
            selectinload(AcuteReview.answers),
        )
    )


def hold_review(review: AcuteReview) -> None:
    """Nobody else may withdraw the review until the commit."""
    db.session.scalar(select(AcuteReview.id).where(AcuteReview.id == review.id).with_for_update())
    db.session.refresh(review, ["withdrawal"])


def standing_reviews(case: Case, before: AcuteReview | None = None, most: int = LAST) -> list[AcuteReview]:
    """The newest reviews of a case that nobody withdrew, newest first; or those before another one."""
    statement = select(AcuteReview).where(AcuteReview.case_id == case.id, STANDS)
    if before:
        statement = statement.where(earlier_than(before))
    return list(
        db.session.scalars(statement.order_by(*NEWEST_FIRST).limit(most).options(selectinload(AcuteReview.answers)))
    )


def reviews_of(actor: User, client: Client, before: int | None = None) -> list[AcuteReview]:
    """A person's reviews in the cases within reach, newest first; one more than a page when there are older."""
    statement: Select[AcuteReview] = (
        select(AcuteReview)
        .join(AcuteReview.case)
        .where(Case.client_id == client.id, cases_within(actor, Permission.VIEW_ASSESSMENT))
        .options(
            contains_eager(AcuteReview.case), joinedload(AcuteReview.by), joinedload(AcuteReview.withdrawal)
        )
    )  # fmt: skip
    if before is not None:
        edge = db.session.get(AcuteReview, before)
        statement = statement.where(earlier_than(edge) if edge else false())
    return list(db.session.scalars(statement.order_by(*NEWEST_FIRST).limit(PAGE + 1)))


def last_days(cases: Collection[Case]) -> dict[int, date]:
    """The day of the last review that stands, by the case's number; none for a case without any."""
    statement = (
        select(AcuteReview.case_id, func.max(AcuteReview.on))
        .where(AcuteReview.case_id.in_([case.id for case in cases]), STANDS)
        .group_by(AcuteReview.case_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def earlier_than(review: AcuteReview) -> ColumnElement[bool]:
    """What comes before a review in the order of its case."""
    place: Any = tuple_(AcuteReview.on, AcuteReview.id)
    return cast(ColumnElement[bool], place < tuple_(review.on, review.id))
