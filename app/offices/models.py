"""Regions with the times in which they and their names were valid, and the offices of the service."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Code, Key, Line


class Region(Base):
    """A region of the top level of KATO, valid from a day (inclusive) to a day (exclusive)."""

    __tablename__ = "regions"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="valid_span"),)

    code: Mapped[Code] = mapped_column(primary_key=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    names: Mapped[list["RegionName"]] = relationship(order_by="RegionName.valid_from", lazy="selectin")

    def name_on(self, day: date) -> "RegionName":
        """The name that the region bore on a day; the nearest one outside its time."""
        borne = [name for name in self.names if name.valid_from <= day]
        return borne[-1] if borne else self.names[0]


class RegionName(Base):
    __tablename__ = "region_names"
    __table_args__ = (Index("uq_region_names_region_code_valid_from", "region_code", "valid_from", unique=True),)

    id: Mapped[Key]
    region_code: Mapped[Code] = mapped_column(ForeignKey("regions.code"))
    valid_from: Mapped[date]
    kk: Mapped[Line]
    ru: Mapped[Line]
    en: Mapped[Line]


class Office(Base):
    """A probation office."""

    __tablename__ = "offices"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("regions.code"), index=True)
    is_rural: Mapped[bool]
    time_zone: Mapped[Code]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    kk: Mapped[Line]
    ru: Mapped[Line]
    en: Mapped[Line]

    region: Mapped[Region] = relationship()
