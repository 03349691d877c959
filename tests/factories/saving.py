"""Saving what a factory built."""

from typing import TypeVar

from app.db import db

Record = TypeVar("Record")


def saved(record: Record) -> Record:
    db.session.add(record)
    db.session.commit()
    return record
