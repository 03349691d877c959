"""Ways of narrowing the caseload that users keep under a name of their own."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Key, Moment

NAME, QUERY = 60, 300  # the most characters


class SavedFilter(Base):
    """What a user likes to see of the caseload. Purpose: their own convenience; kept until they remove it.

    ``query`` is the address without its path: codes, days and numbers, and never a word about a person.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("user_id", "name", name="uq_saved_filters_user_id_name"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # the unique key begins with it
    name: Mapped[str] = mapped_column(String(NAME))
    query: Mapped[str] = mapped_column(String(QUERY))
    saved_at: Mapped[Moment]
