"""Assessments of a case: answers while it is under way, and the completion that nothing changes any more."""

from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, String, and_, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assessments.levels.final import final_level
from app.assessments.models.objections import Objection
from app.assessments.models.overrides import Override, OverrideAnswer
from app.assessments.needs import Linkage
from app.assessments.vocabulary import Level
from app.clients.cases import AboutCase
from app.clients.vocabulary import LABELS, Worded
from app.db import Base, Code, Key, Moment, Prose, spelled


class Source(Worded):
    """Where an answer comes from."""

    PERSON = "person"
    DOCUMENT = "document"
    RELATIVE = "relative"
    OBSERVATION = "observation"


SOURCE_LABELS: dict[Worded, LazyString] = {
    Source.PERSON: _l("the person"),
    Source.DOCUMENT: _l("a document"),
    Source.RELATIVE: _l("a relative"),
    Source.OBSERVATION: _l("own observation"),
}
LABELS[Source] = SOURCE_LABELS

APPROVED = select(OverrideAnswer.override_id).where(OverrideAnswer.is_approved)


class Assessment(AboutCase, Base):
    """One person's assessment under one version of an instrument. Purpose: measure 14; kept with the person.

    The digests name the very text of the instrument and of later cut-offs, so that the score can be computed again
    for ever.
    """

    __tablename__ = "assessments"

    id: Mapped[Key]
    instrument_code: Mapped[Code]
    instrument_version: Mapped[Code]
    instrument_digest: Mapped[str] = mapped_column(String(64))
    cutoffs_version: Mapped[int | None]  # of cut-offs that came after the instrument; none where its own hold
    cutoffs_sex: Mapped[Code | None]  # where they differ by sex
    cutoffs_digest: Mapped[str | None] = mapped_column(String(64))
    started_at: Mapped[Moment]
    started_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    saved_at: Mapped[Moment]  # the last time that answers were saved
    version: Mapped[int] = mapped_column(default=0)

    answers: Mapped[list["ItemAnswer"]] = relationship(cascade="all, delete-orphan", order_by="ItemAnswer.item_code")
    notes: Mapped[list["DomainNote"]] = relationship(cascade="all, delete-orphan", order_by="DomainNote.domain_code")
    needs: Mapped[list["Need"]] = relationship(order_by="Need.position", back_populates="assessment")
    completion: Mapped["Completion | None"] = relationship()
    started_by: Mapped[User] = relationship()
    overrides: Mapped[list[Override]] = relationship(order_by=Override.id, back_populates="assessment")
    objections: Mapped[list[Objection]] = relationship(order_by=Objection.id, back_populates="assessment")
    # The approved one: it comes with every assessment, so that no list asks for the final level row by row.
    override: Mapped[Override | None] = relationship(
        primaryjoin=lambda: and_(Assessment.id == Override.assessment_id, Override.id.in_(APPROVED)),
        viewonly=True,
        lazy="joined",
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def chosen(self) -> dict[str, str]:
        """Option code by item code; what is not known is left out."""
        return {row.item_code: row.option_code for row in self.answers if row.option_code is not None}

    @property
    def unknown(self) -> frozenset[str]:
        """The items whose answer could not be found out."""
        return frozenset(row.item_code for row in self.answers if row.option_code is None)

    @property
    def unsourced(self) -> frozenset[str]:
        """The items with an answer that does not say where it comes from."""
        return frozenset(row.item_code for row in self.answers if row.option_code is not None and row.source is None)

    @property
    def links(self) -> dict[str, Linkage]:
        return {row.domain_code: Linkage(row.linked_to_harm, row.linked_to_reoffending) for row in self.notes}

    @property
    def raw_level(self) -> Level | None:
        """The level as the answers gave it; None until the assessment is complete."""
        return Level(self.completion.level) if self.completion else None

    @property
    def final_level(self) -> Level | None:
        """The level that holds, or held until the next assessment; None until the assessment is complete."""
        return final_level(self.completion.level, self.override) if self.completion else None


class ItemAnswer(Base):
    """One item's answer and where it comes from; no option means that the answer is not known.

    ``carried_over`` marks an answer that was offered from the last assessment and confirmed as it was.
    """

    __tablename__ = "assessment_answers"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    item_code: Mapped[Code] = mapped_column(primary_key=True)
    option_code: Mapped[Code | None]
    source: Mapped[Source | None] = mapped_column(spelled(Source))
    carried_over: Mapped[bool] = mapped_column(default=False, server_default=false())


class DomainNote(Base):
    """What the officer says of one domain beside the answers; never scored.

    The text is what speaks for the person; the two marks say what the difficulties of the domain are linked with
    in this case, and only order the needs.
    """

    __tablename__ = "assessment_notes"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    domain_code: Mapped[Code] = mapped_column(primary_key=True)
    text: Mapped[Prose | None]
    linked_to_harm: Mapped[bool] = mapped_column(default=False)
    linked_to_reoffending: Mapped[bool] = mapped_column(default=False)


class Completion(Base):
    """The fact that an assessment is complete, its result, and the officer's conclusion. Never changed."""

    __tablename__ = "assessment_completions"
    __table_args__ = (Index("ix_assessment_completions_on", "on"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    on: Mapped[date]
    at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    points: Mapped[int]
    level: Mapped[Code]
    result: Mapped[dict[str, Any]] = mapped_column(JSON)  # every contribution, as it was computed
    conclusion: Mapped[Prose]
    reassess_by: Mapped[date] = mapped_column(index=True)

    by: Mapped[User] = relationship()


class Need(Base):
    """A need that a completed assessment found, in its place in the order; goals refer to it."""

    __tablename__ = "assessment_needs"
    __table_args__ = (Index("uq_assessment_needs_assessment_id_code", "assessment_id", "code", unique=True),)

    id: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    code: Mapped[Code]  # the domain's or the support need's code in the instrument
    is_support: Mapped[bool]  # help that the person needs, never counted as risk
    level: Mapped[Code | None]
    points: Mapped[int | None]
    position: Mapped[int]

    assessment: Mapped[Assessment] = relationship(back_populates="needs")
