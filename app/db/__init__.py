"""The database: one declarative base, one session, the column types that all rooms share."""

from app.db.base import Base, db, one_or_404
from app.db.columns import Code, Encrypted, Key, Line, Moment, Name, OfUser, Prose, keyed_digest, spelled

__all__ = [
    "Base", "Code", "Encrypted", "Key", "Line", "Moment", "Name", "OfUser", "Prose",
    "db", "keyed_digest", "one_or_404", "spelled",
]  # fmt: skip
