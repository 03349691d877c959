"""The frozen figures of a half-year: one row for each, written once."""

import json

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Code, Key, Moment, Prose
from app.indicators.definitions import Definition, every_version
from app.indicators.periods import HalfYear, parse
from app.indicators.rows import from_dict
from app.indicators.tables import Release


class Snapshot(Base):
    """A half-year's protected release. Never changed, never deleted; the figures it hides are stored nowhere."""

    __tablename__ = "indicator_snapshots"

    id: Mapped[Key]
    period: Mapped[Code] = mapped_column(unique=True)
    frozen_at: Mapped[Moment]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: the clock's own work
    definitions: Mapped[dict[str, int]] = mapped_column(JSON)  # the version of each indicator, by its code
    body: Mapped[Prose]  # the release as JSON, to the byte as it was hashed
    sha256: Mapped[str] = mapped_column(String(64))

    frozen_by: Mapped[User | None] = relationship()

    @property
    def half_year(self) -> HalfYear:
        return parse(self.period)

    @property
    def release(self) -> Release:
        return from_dict(json.loads(self.body))

    @property
    def defined(self) -> tuple[Definition, ...]:
        """The definitions by which it was calculated, in their order."""
        return tuple(each for each in every_version() if self.definitions.get(each.code) == each.version)
