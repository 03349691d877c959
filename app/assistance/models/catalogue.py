"""The catalogue of services: who gives which help, from when to when, and how long an answer takes."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assistance.vocabulary import Direction
from app.db import Base, Code, Key, Prose, spelled
from app.offices.partners import Kept, Named, Organisation, Valid


class Service(Named, Valid, Kept, Base):
    """One kind of help that an organisation gives. One that ended stays, and nobody is referred to it any more."""

    __tablename__ = "services"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="valid_span"),
        CheckConstraint("answer_working_days > 0", name="answer_takes_time"),
        Index("ix_services_direction_id", "direction", "id"),
    )

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    direction: Mapped[Direction] = mapped_column(spelled(Direction))
    about_kk: Mapped[Prose]
    about_ru: Mapped[Prose]
    about_en: Mapped[Prose]
    answer_working_days: Mapped[int | None]  # empty: the norm for referrals
    version: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def about(self) -> dict[str, str]:
        """What it is and for whom, by language."""
        return {"kk": self.about_kk, "ru": self.about_ru, "en": self.about_en}
