"""Overriding a level by one step: proposed by one person, answered by another, ended by the next assessment."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.access.models import User
from app.assessments.levels.final import beside, final_level
from app.assessments.models import Assessment, Override, OverrideAnswer, OverrideReason, OverrideWithdrawal
from app.assessments.queries import is_latest
from app.assessments.vocabulary import Level
from app.clients.models import NotPossible

__all__ = ["Proposal", "answer", "final_level", "may_decide", "propose", "require_overridable", "to_decide", "withdraw"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer asks for. A norm is named where the reason is one, and only there."""

    to_level: Level
    reason: OverrideReason
    words: str
    norm: str | None = None


def require_overridable(assessment: Assessment) -> Level:
    """The raw level that a proposal starts from. Raises NotPossible when the assessment takes none now."""
    raw = assessment.raw_level
    if raw is None:
        raise NotPossible(_("This assessment is not complete yet. Its level can be overridden once it is."))
    if not assessment.case.is_open:
        raise NotPossible(_("This case is off the register. The level of its assessment stays as it is."))
    if not is_latest(assessment):
        raise NotPossible(_("There is a newer assessment of this case. Only the level of the latest is overridden."))
    if any(row.is_upheld for row in assessment.objections):
        raise NotPossible(_("The person's objection to this assessment was upheld. Assess anew instead."))
    if any(row.is_approved for row in assessment.overrides):
        raise NotPossible(_("This level is overridden already. That ends with the next assessment of the case."))
    if any(row.is_open for row in assessment.overrides):
        raise NotPossible(_("A proposal for this level waits for an answer. Take it back first, or wait."))
    return raw


def propose(assessment: Assessment, proposal: Proposal, by: User, at: datetime) -> Override:
    """Ask that the level be one step higher or lower. Raises NotPossible when it cannot be."""
    raw = require_overridable(assessment)
    if proposal.to_level not in beside(raw):
        raise NotPossible(_("A level is moved by one step, from the level that the points give. Choose the next one."))
    if proposal.reason.is_policy != bool(proposal.norm):
        raise NotPossible(_("Name the act and its article where a norm sets the level, and only there."))
    override = Override(
        from_level=raw,
        to_level=proposal.to_level,
        reason=proposal.reason,
        norm=proposal.norm,
        words=proposal.words,
        by=by,
        at=at,
    )
    assessment.overrides.append(override)
    return override


def may_decide(override: Override, by: User) -> bool:
    """Nobody decides about their own proposal, nor about the level of their own assessment."""
    completion = override.assessment.completion
    return completion is not None and by.id not in {override.by_id, completion.by_id}


def to_decide(override: Override, by: User) -> None:
    """Raises NotPossible when there is nothing to decide, or somebody else has to."""
    if override.answer:
        raise NotPossible(_("This proposal is already answered."))
    if override.withdrawal:
        raise NotPossible(_("This proposal was taken back. There is nothing to decide."))
    if not override.case.is_open:
        raise NotPossible(_("This case is off the register. The level of its assessment stays as it is."))
    if not is_latest(override.assessment):
        raise NotPossible(_("A newer assessment has overtaken this proposal. There is nothing to decide."))
    if not may_decide(override, by):
        raise NotPossible(
            _("Nobody decides about their own proposal or their own assessment. Another head of service has to.")
        )


def answer(override: Override, is_approved: bool, words: str | None, by: User, at: datetime) -> None:
    """Approve or decline. Raises NotPossible when it cannot be decided, or is declined without a word."""
    to_decide(override, by)
    if not (is_approved or words):
        raise NotPossible(_("Write why the proposal is declined."))
    override.answer = OverrideAnswer(is_approved=is_approved, words=words, by=by, at=at)


def withdraw(override: Override, by: User, at: datetime) -> None:
    """Take a proposal back before it is answered. Raises NotPossible afterwards, and to others than the author."""
    if override.answer:
        raise NotPossible(_("This proposal is already answered."))
    if override.withdrawal:
        raise NotPossible(_("This proposal was taken back already."))
    if override.by_id != by.id:
        raise NotPossible(_("Only its author can take a proposal back."))
    override.withdrawal = OverrideWithdrawal(by=by, at=at)
