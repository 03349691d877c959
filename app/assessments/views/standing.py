"""How the level of a complete assessment stands, and what the reader may do about it."""

from dataclasses import dataclass
from datetime import date

from app.access.models import User
from app.access.policy import Permission, allows
from app.assessments.levels.objecting import OBJECTION_ANSWER
from app.assessments.models import Assessment, Objection, Override
from app.assessments.queries import latest_completed
from app.supervision.norms import Norm, norm


@dataclass(frozen=True, slots=True)
class LevelStanding:
    """What the parts "Level", "Override" and "Objection" of a page show beside the assessment itself."""

    newer: Assessment | None  # the latest of the case, where it is another one
    override: Override | None  # the one that holds, or held until the newer assessment
    proposal: Override | None  # the one that still waits for an answer
    objection: Objection | None  # the one that still waits for an answer
    is_upheld: bool
    may_propose: bool
    may_decide: bool
    may_withdraw: bool
    may_object: bool
    may_answer: bool
    may_assess: bool
    term: Norm


def standing_of(assessment: Assessment, by: User, on: date) -> LevelStanding:
    newest = latest_completed(assessment.case)
    newer = newest if newest and newest.id != assessment.id else None
    can_change = assessment.case.is_open and newer is None
    waiting = next((row for row in assessment.overrides if row.is_open), None) if can_change else None
    objection = next((row for row in assessment.objections if row.is_open), None)
    is_upheld = any(row.is_upheld for row in assessment.objections)
    may_assess = allows(by, Permission.ASSESS_CLIENT, assessment)
    return LevelStanding(
        newer=newer,
        override=assessment.override,
        proposal=waiting,
        objection=objection,
        is_upheld=is_upheld,
        may_propose=may_assess and can_change and not (waiting or assessment.override or is_upheld),
        may_decide=waiting is not None and allows(by, Permission.APPROVE_LEVEL, assessment),
        may_withdraw=waiting is not None and may_assess and waiting.by_id == by.id,
        may_object=objection is None and allows(by, Permission.RECORD_OBJECTION, assessment),
        may_answer=objection is not None and allows(by, Permission.ANSWER_OBJECTION, assessment),
        may_assess=may_assess and can_change,
        term=norm(OBJECTION_ANSWER, on),
    )
