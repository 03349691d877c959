"""Statements about acute reviews: the latest of each case beside those before it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from app.assessments import library
from app.assessments.models import AcuteAnswer, AcuteReview, AcuteWithdrawal
from app.assessments.vocabulary import Kind, Use
from app.signals.asking import Asked, Asking


def of_concern(review: Any, answer: Any) -> ColumnElement[bool]:
    """The answer belongs to an acute section of the form under which the review was made."""
    forms = (form for form in library.shelf().values() if form.use is Use.ACUTE)
    return or_(
        false(),
        *(
            and_(
                review.c.instrument_code == form.code,
                review.c.instrument_version == str(form.version),
                answer.item_code.in_([item.code for section, item in form.items() if section.kind is Kind.ACUTE]),
            )
            for form in forms
        ),
    )


class AboutReviews(Asking):
    def reviews(self) -> Any:
        """Every review that stands, with what lay before it in its case."""
        row = AcuteReview
        in_order: dict[str, Any] = {"partition_by": row.case_id, "order_by": (row.on, row.id)}
        before = in_order | {"rows": (-self.horizon.reviews, -1)}
        withdrawn = exists().where(AcuteWithdrawal.review_id == row.id, AcuteWithdrawal.at < self.cutoff)
        return (
            select(
                row.case_id, row.id, row.on, row.acute_sum, row.protective_sum, row.protective_unknown,
                func.count().over(**before).label("earlier"),
                func.sum(row.acute_sum).over(**before).label("earlier_acute"),
                func.sum(row.acute_unknown).over(**before).label("earlier_unknown"),
                func.lag(row.protective_sum).over(**in_order).label("protective_before"),
                row.instrument_code, row.instrument_version,
                func.lag(row.id).over(**in_order).label("id_before"),
                func.lead(row.id).over(**in_order).label("id_after"),
            )
            .where(*self.within(row.case_id), row.on <= self.on, row.at < self.cutoff, ~withdrawn)
            .subquery()
        )  # fmt: skip

    def latest_reviews(self) -> Asked:
        rows = self.reviews()
        return select(*list(rows.c)[:-4]).where(rows.c.id_after.is_(None))

    def risen_items(self) -> Asked:
        """What is of concern in the latest review, with points that speak and more of them than at the review before.

        Items of what protects have points too, and theirs are good.
        """
        rows = self.reviews()
        now, before = aliased(AcuteAnswer), aliased(AcuteAnswer)
        return (
            select(rows.c.case_id, rows.c.id, rows.c.on, now.item_code, now.points, before.points)
            .join(now, now.review_id == rows.c.id)
            .outerjoin(before, and_(before.review_id == rows.c.id_before, before.item_code == now.item_code))
            .where(
                rows.c.id_after.is_(None),
                of_concern(rows, now),
                now.points >= self.horizon.points,
                now.points > func.coalesce(before.points, -1),
            )
            .order_by(rows.c.case_id, now.item_code)
        )
