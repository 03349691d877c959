"""Finding second ratings: those of the one who rates, the one of an assessment, and what the clock looks after."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, false, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, lazyload, selectinload

from app.access.models import Role, Suspension, User
from app.access.policy import Permission, Reach, reach
from app.assessments.levels.waiting import beginning_of
from app.assessments.models import Assessment, Completion, SecondCompletion, SecondRating
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.clients.queries import NAMED
from app.clients.reach import ACTOR, held_within, whose
from app.db import db, one_or_404

MOST = 25  # lines of a day
PART = 500  # assessments read at once

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


@cache
def waiting() -> Select[SecondRating]:
    """What somebody is to rate, the oldest first, with the case's number and nothing else of the person."""
    return (
        select(SecondRating)
        .where(SecondRating.assigned_to_id == ACTOR, ~SecondRating.completion.has())
        .order_by(SecondRating.id)
        .limit(MOST)
        .options(
            joinedload(SecondRating.assessment)
            .load_only(Assessment.case_id)
            .options(
                lazyload(Assessment.override),
                joinedload(Assessment.case)
                .load_only(Case.number)
                .options(lazyload(Case.assignment), lazyload(Case.deregistration)),
            )
        )
    )


def ratings_waiting(actor: User) -> Sequence[SecondRating]:
    return db.session.scalars(waiting(), {"actor_id": actor.id}).all()


@cache
def rated() -> Select[SecondRating]:
    """Second ratings of assessments in somebody's own cases, complete since a moment, the newest first."""
    return (
        select(SecondRating)
        .join(SecondRating.completion)
        .join(SecondRating.assessment)
        .join(Assignment, (Assignment.case_id == Assessment.case_id) & Assignment.to_at.is_(None))
        .where(
            held_within(Reach.OWN),
            SecondCompletion.at >= bindparam("since", type_=SecondCompletion.at.type),
        )
        .order_by(SecondCompletion.at.desc())
        .limit(MOST)
        .options(
            contains_eager(SecondRating.completion),
            contains_eager(SecondRating.assessment).options(
                lazyload(Assessment.override), joinedload(Assessment.case).options(*NAMED)
            ),
        )
    )


def rated_since(actor: User, day: date) -> Sequence[SecondRating]:
    return db.session.scalars(rated(), whose(actor) | {"since": beginning_of(day)}).all()


def unrated_since(day: date) -> Iterator[Assessment]:
    """The assessments completed from a day on that have no second rating; read in parts, whatever their number."""
    statement = (
        select(Assessment)
        .join(Assessment.completion)
        .join(Assessment.case)
        .where(
            Completion.on >= day,
            ~select(SecondRating.id).where(SecondRating.assessment_id == Assessment.id).exists(),
        )
        .order_by(Assessment.id)
        .limit(PART)
        .options(contains_eager(Assessment.completion), contains_eager(Assessment.case))
    )
    last = 0
    while found := db.session.scalars(statement.where(Assessment.id > last)).unique().all():
        last = found[-1].id
        yield from found


def astray() -> list[SecondRating]:
    """Open ratings whose rater has left the office of the case, may not sign in, or answers for the case by now."""
    suspended = select(Suspension.user_id).where(Suspension.lifted_at.is_(None))
    statement = (
        select(SecondRating)
        .join(SecondRating.assessment)
        .join(Assignment, (Assignment.case_id == Assessment.case_id) & Assignment.to_at.is_(None))
        .join(User, User.id == SecondRating.assigned_to_id)
        .where(
            ~SecondRating.completion.has(),
            or_(
                User.office_id != Assignment.office_id,
                User.role != Role.OFFICER,
                User.id.in_(suspended),
                User.id == Assignment.officer_id,
            ),
        )
        .order_by(SecondRating.id)
        .options(*AROUND)
    )
    return list(db.session.scalars(statement).unique())
