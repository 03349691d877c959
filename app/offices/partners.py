"""Partner organisations: who outside the service helps a person, where, and how they are reached."""

from datetime import date
from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.offices.models import Region


class OrganisationKind(StrEnum):
    AKIMAT = auto()
    CAREER_CENTRE = auto()
    CLINIC = auto()
    NGO = auto()
    LEGAL_AID = auto()
    SHELTER = auto()
    EDUCATION = auto()
    FAMILY_SUPPORT = auto()
    BUSINESS = auto()

    @property
    def label(self) -> LazyString:
        return KIND_LABELS[self]


KIND_LABELS = {
    OrganisationKind.AKIMAT: _l("akimat department"),
    OrganisationKind.CAREER_CENTRE: _l("career centre"),
    OrganisationKind.CLINIC: _l("clinic"),
    OrganisationKind.NGO: _l("non-governmental organisation"),
    OrganisationKind.LEGAL_AID: _l("legal aid"),
    OrganisationKind.SHELTER: _l("shelter"),
    OrganisationKind.EDUCATION: _l("place of education"),
    OrganisationKind.FAMILY_SUPPORT: _l("family support centre"),
    OrganisationKind.BUSINESS: _l("business"),
}


class Named:
    """Mixin: a name in three languages, its place in the order of each, and the one spelling that a search compares.

    The last four are found from the names when the record is kept.
    """

    kk: Mapped[Line]
    ru: Mapped[Line]
    en: Mapped[Line]
    sort_kk: Mapped[str] = mapped_column(String(120), default="")
    sort_ru: Mapped[str] = mapped_column(String(120), default="")
    sort_en: Mapped[str] = mapped_column(String(120), default="")
    folded: Mapped[str] = mapped_column(Text, default="")


class Valid:
    """Mixin for what is there from a day (inclusive) to a day (exclusive, empty while it goes on), and why it ended."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    closed_because: Mapped[Prose | None]

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Kept:
    """Mixin: a row of the reference file until somebody changes it on a page; from then on the file leaves it alone."""

    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kept_at: Mapped[Moment | None]


class Organisation(Named, Valid, Kept, Base):
    """An organisation that helps the people of the service. It is no person: its telephone is an office's."""

    __tablename__ = "organisations"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="valid_span"),)

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("regions.code"), index=True)
    kind: Mapped[OrganisationKind] = mapped_column(spelled(OrganisationKind))
    address: Mapped[Line]
    phone: Mapped[Line]
    email: Mapped[Line | None]
    version: Mapped[int] = mapped_column(default=0)

    region: Mapped[Region] = relationship()

    __mapper_args__ = {"version_id_col": version}
