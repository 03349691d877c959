"""Finding second ratings: those of the one who rates, and the one of an assessment."""

from sqlalchemy import false, select
from sqlalchemy.orm import defer, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission, reach
from app.assessments.models import Assessment, Completion, SecondCompletion, SecondRating
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.db import db, one_or_404

MOST = 25  # lines of a day

# What the rater needs to find the file and to know whose it is; nothing that would tell the answers or the level.
OF_THE_FILE = joinedload(SecondRating.assessment).joinedload(Assessment.case)
AROUND = (
    joinedload(SecondRating.assigned_to),
    joinedload(SecondRating.completion).joinedload(SecondCompletion.by),
    selectinload(SecondRating.answers),
    OF_THE_FILE.joinedload(Case.client).options(
        defer(Client.iin), defer(Client.phone), selectinload(Client.circumstances)
    ),
    OF_THE_FILE.selectinload(Case.stages),
    OF_THE_FILE.joinedload(Case.assignment).joinedload(Assignment.officer),
    joinedload(SecondRating.assessment).joinedload(Assessment.completion).joinedload(Completion.by),
)


def get_rating(actor: User, permission: Permission, rating_id: int, **_within: str) -> SecondRating:
    """A rating that the actor was given, with its answers; otherwise 404."""
    mine = SecondRating.assigned_to_id == actor.id if reach(actor, permission) else false()
    return one_or_404(select(SecondRating).where(SecondRating.id == rating_id, mine).options(*AROUND))


def rating_of(assessment: Assessment) -> SecondRating | None:
    """The second rating of an assessment, with its answers; None when it was not drawn or nobody could rate it."""
    found: SecondRating | None = db.session.scalar(
        select(SecondRating).where(SecondRating.assessment_id == assessment.id).options(*AROUND)
    )
    return found


def hold_rating(rating: SecondRating) -> SecondRating:
    """The same rating as it is now, kept from everybody else until the commit."""
    db.session.scalar(select(SecondRating.id).where(SecondRating.id == rating.id).with_for_update())
    db.session.refresh(rating, ["version", "answers", "completion"])
    return rating


def ratings_waiting(actor: User) -> list[SecondRating]:
    """What the actor is to rate, the oldest first, with the case's number and nothing else of the person."""
    waiting = (
        select(SecondRating)
        .where(SecondRating.assigned_to_id == actor.id, ~SecondRating.completion.has())
        .order_by(SecondRating.id)
        .limit(MOST)
        .options(
            joinedload(SecondRating.assessment).options(
                joinedload(Assessment.case).load_only(Case.number), joinedload(Assessment.completion)
            )
        )
    )
    return list(db.session.scalars(waiting).unique())
