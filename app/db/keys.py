"""Whether the data key is the one that the database was written with."""

from cryptography.fernet import InvalidToken
from sqlalchemy import select

from app.db.base import Base, db
from app.db.columns import Encrypted


def data_key_fits() -> bool:
    """Whether something of each encrypted column can be read; so it is while nothing is written."""
    hidden = [column for table in Base.metadata.sorted_tables for column in table.columns
              if isinstance(column.type, Encrypted)]  # fmt: skip
    try:
        for column in hidden:
            db.session.scalar(select(column).where(column.is_not(None)).limit(1))
    except InvalidToken:
        return False
    return True
