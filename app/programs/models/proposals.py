"""What the methodology proposed for a version, and what the officer made of each proposal."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clients.vocabulary import Stage
from app.db import Base, Code, Key, Prose, spelled
from app.programs.models.goals import Declined
from app.programs.models.versions import Version
from app.programs.proposals.proposing import AreaKind, Reason, Source
from app.programs.vocabulary import ProposalAnswer


class Basis(Base):
    """Which versions of the methodology proposed to a version of a programme. Never changed once it is signed."""

    __tablename__ = "program_bases"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(spelled(Stage))
    methodology: Mapped[int]  # the version of the stage's own file
    common: Mapped[int]  # the version of what holds at every stage


class Proposal(Base):
    """One rule that was called for, why, and what became of it; a refusal's words are kept as ``Declined``.

    Purpose: to see how the methodology is used, and why a programme is as it is; kept with the person. Never changed
    once the version is signed.
    """

    __tablename__ = "program_proposals"
    __table_args__ = (
        Index("uq_program_proposals_version_id_rule", "version_id", "rule", unique=True),
        CheckConstraint("NOT is_changed OR goal_thread IS NOT NULL", name="changed_when_taken"),
        CheckConstraint("change_reason IS NULL OR is_changed", name="reason_of_change"),
    )

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"))
    position: Mapped[int]
    rule: Mapped[Code]
    area: Mapped[Code]
    kind: Mapped[AreaKind] = mapped_column(spelled(AreaKind))
    level: Mapped[Code]
    source: Mapped[Source] = mapped_column(spelled(Source))
    is_active: Mapped[bool]  # proposed for now; otherwise for later
    goal_thread: Mapped[str | None] = mapped_column(String(32))  # of the goal that it became
    is_changed: Mapped[bool] = mapped_column(default=False)  # that goal says something else, or has other steps
    change_reason: Mapped[Prose | None]

    version_: Mapped[Version] = relationship(back_populates="proposals")

    @property
    def reason(self) -> Reason:
        return Reason(self.kind, self.area, self.level, self.source, self.rule)

    @property
    def answer(self) -> ProposalAnswer:
        if self.goal_thread:
            return ProposalAnswer.CHANGED if self.is_changed else ProposalAnswer.TAKEN
        return ProposalAnswer.DECLINED if self.refusal else ProposalAnswer.OPEN

    @property
    def refusal(self) -> Declined | None:
        return next((row for row in self.version_.declined if row.rule == self.rule), None)
