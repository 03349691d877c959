"""The declarative base, the session, and the one way to fetch a single record."""

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import abort
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, Select
from sqlalchemy.orm import DeclarativeBase

Record = TypeVar("Record")


class Base(DeclarativeBase):
    """Models subclass this, not ``db.Model``: full typing, and no legacy ``Model.query``."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# What was loaded stays readable after a commit: an answer never triggers a second round of queries.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def one_or_404(statement: Select[Record], values: Mapping[str, Any] | None = None) -> Record:
    """The only row of a statement, or the page that says there is nothing here."""
    found: Any = db.session.execute(statement, values).unique().scalar_one_or_none()
    if found is None:
        abort(404)
    return found
