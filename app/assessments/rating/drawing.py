"""Drawing an assessment for a second rating, and giving it to a colleague who does not know the answers."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app.access.models import User
from app.assessments.models import Assessment, SecondRating
from app.assessments.rating.sampling import is_drawn, rater
from app.clients.queries import officers_of
from app.db import db, keyed_digest


def in_sample(assessment: Assessment) -> bool:
    """Whether the assessment is drawn: by the office that holds its case and by its number, under the data key."""
    office = assessment.case.assignment.office_id
    return is_drawn(keyed_digest(f"{office}:{assessment.id}", "second rating"))


def draw(assessment: Assessment, at: datetime) -> SecondRating | None:
    """Assign a completed assessment to a second rater if it is drawn; None if it is not, or if there is nobody."""
    return assign(assessment, at) if in_sample(assessment) else None


def assign(assessment: Assessment, at: datetime) -> SecondRating | None:
    """Give a completed assessment to the officer of its office with the fewest ratings to do; None without one.

    Never to the author, and never to whoever holds the case: both know the answers.
    """
    chosen = second_rater(assessment)
    if chosen is None:
        return None
    rating = SecondRating(assessment=assessment, assigned_to=chosen, assigned_at=at)
    db.session.add(rating)
    return rating


def second_rater(assessment: Assessment) -> User | None:
    officers = {officer.id: officer for officer in colleagues(assessment)}
    lots = {number: keyed_digest(f"{assessment.id}:{number}", "second rater") for number in officers}
    chosen = rater(open_ratings(officers), lots)
    return None if chosen is None else officers[chosen]


def colleagues(assessment: Assessment) -> list[User]:
    """The officers of the office who do not know the answers."""
    held = assessment.case.assignment
    knowing = {held.officer_id, assessment.started_by_id}
    if assessment.completion:
        knowing.add(assessment.completion.by_id)
    return [officer for officer in officers_of(held.office_id) if officer.id not in knowing]


def open_ratings(officers: Collection[int]) -> dict[int, int]:
    """How many ratings wait for each of these users, by number."""
    waiting = db.session.execute(
        select(SecondRating.assigned_to_id, func.count())
        .where(SecondRating.assigned_to_id.in_(officers), ~SecondRating.completion.has())
        .group_by(SecondRating.assigned_to_id)
    )
    return dict.fromkeys(officers, 0) | {row[0]: row[1] for row in waiting}


def hand_on(rating: SecondRating, at: datetime) -> None:
    """Give a rating to somebody else when its rater has left the office or has come to know the answers.

    What was answered so far is dropped: a rating is one person's. Without another officer it stays as it is.
    """
    if rating.completion or rating.assigned_to in colleagues(rating.assessment):
        return
    chosen = second_rater(rating.assessment)
    if chosen:
        rating.assigned_to, rating.assigned_at = chosen, at
        rating.answers.clear()
