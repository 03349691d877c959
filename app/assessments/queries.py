"""Finding assessments, never beyond the actor's reach, with everything that their pages show."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assessments.models import Assessment, Completion
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import one_or_404


def get_assessment(actor: User, permission: Permission, assessment_id: int) -> Assessment:
    """An assessment within reach, with its answers and its completion; otherwise 404."""
    return one_or_404(
        select(Assessment)
        .join(Assessment.case)
        .where(Assessment.id == assessment_id, cases_within(actor, permission))
        .options(
            joinedload(Assessment.case).options(*AROUND_CASE),
            joinedload(Assessment.started_by),
            joinedload(Assessment.completion).joinedload(Completion.by),
            selectinload(Assessment.answers),
            selectinload(Assessment.notes),
            selectinload(Assessment.needs),
        )
    )
