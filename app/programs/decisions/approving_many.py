"""Approving several submitted versions with one press: each was opened before, each is an act of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assessments.vocabulary import Level
from app.audit.journal import record_act
from app.clients.cases import Case
from app.clients.models import Client, NotPossible
from app.db import db
from app.programs.decisions.deciding import approve, to_decide
from app.programs.decisions.noticing import cautions, objection
from app.programs.decisions.opening import opened
from app.programs.models import Program, Version
from app.programs.queries import versions_within
from app.programs.vocabulary import Phase
from app.supervision.calendar.queries import days_expected

MOST = 25  # versions in one batch: what a page of the list shows
# What the warnings of the methodology look at beside the version itself.
WARNED_BY = (
    joinedload(Version.basis),
    joinedload(Version.program)
    .joinedload(Program.case)
    .joinedload(Case.client)
    .options(selectinload(Client.circumstances), selectinload(Client.documents)),
)
APPROVE = "programs.approve"  # what the journal calls each of the acts


@dataclass(frozen=True, slots=True)
class Picked:
    """One version of a batch in a line: what it answers, what the person says, and what stands in the way."""

    version: Version
    needs: tuple[str, ...]
    active: int
    later: int
    steps: int
    objection: str | None
    cautions: tuple[str, ...]
    refusal: str | None  # why it cannot be approved here and now

    @property
    def is_done(self) -> bool:
        return self.version.approval is not None


def picked(actor: User, numbers: Collection[int], on: date) -> list[Picked]:
    """The versions of these numbers within reach, in their order, each with its line; at most a page of them."""
    wanted = sorted(set(numbers))[:MOST]
    statement = versions_within(actor, Permission.APPROVE_PROGRAM).where(Version.id.in_(wanted)).order_by(Version.id)
    versions = db.session.scalars(statement.options(*WARNED_BY)).unique().all()
    read = opened(actor, [row.id for version in versions if (row := version.open_submission)])
    expected = days_expected({version.program.case_id for version in versions})
    return [line_of(version, actor, read, expected[version.program.case_id], on) for version in versions]


def line_of(version: Version, actor: User, read: Collection[int], expected: Collection[date], on: date) -> Picked:
    active = [goal for goal in version.goals if goal.phase is Phase.ACTIVE]
    return Picked(
        version=version,
        needs=tuple(need.code for need in version.assessment.needs if need.level in {Level.MEDIUM, Level.HIGH}),
        active=len(active),
        later=len(version.goals) - len(active),
        steps=sum(len(goal.steps) for goal in version.goals),
        objection=objection(version),
        cautions=cautions(version, expected, on),
        refusal=refusal_of(version, actor, read),
    )


def refusal_of(version: Version, actor: User, read: Collection[int]) -> str | None:
    """Why a version cannot be approved in a batch, as a sentence; None when it can be."""
    try:
        submission = to_decide(version, actor)
    except NotPossible as reason:
        return str(reason)
    if submission.id not in read:
        return _("You have not opened this programme since it was submitted. Open it first.")
    return None


def approve_one(line: Picked, by: User, on: date, at: datetime) -> None:
    """Approve one of several, with a line of the journal of its own. Raises NotPossible where it cannot be."""
    if line.refusal:
        raise NotPossible(line.refusal)
    approve(line.version, by, on, at)
    record_act(by.id, Permission.APPROVE_PROGRAM, line.version, APPROVE)
