"""Column types: keys, texts, moments in UTC, and values that are encrypted at rest."""

import hmac
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any

from cryptography.fernet import Fernet
from flask import current_app
from sqlalchemy import DateTime, Dialect, Enum, ForeignKey, String, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator


class UtcMoment(TypeDecorator[datetime]):
    """A moment kept in UTC on every engine; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """A text that is readable only with the data key: the disk, the dump and the backup hold cipher text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else cipher().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else cipher().decrypt(value.encode()).decode()


def cipher() -> Fernet:
    """The cipher under the office's data key."""
    return Fernet(current_app.config["DATA_KEY"])


def keyed_digest(text: str, purpose: str) -> str:
    """A fingerprint that finds an encrypted value again, and that nobody without the key can compute.

    ``purpose`` keeps the fingerprints of different columns apart.
    """
    key: bytes = current_app.config["DATA_KEY"].encode()
    return hmac.new(key, f"{purpose}:{text}".encode(), sha256).hexdigest()


def values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def spelled(kind: type[StrEnum]) -> Any:
    """A column type that keeps an enumeration by its value, as text on both engines."""
    return Enum(kind, native_enum=False, length=40, values_callable=values, validate_strings=True)


Key = Annotated[int, mapped_column(primary_key=True)]
Code = Annotated[str, mapped_column(String(40))]
Name = Annotated[str, mapped_column(String(100))]
Line = Annotated[str, mapped_column(String(300))]
Prose = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcMoment)]
# Rooms below ``access`` name the table only: a relationship would import upwards.
OfUser = Annotated[int, mapped_column(ForeignKey("users.id"), index=True)]
