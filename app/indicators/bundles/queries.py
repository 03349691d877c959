"""The releases that were given out, and their files. What was withdrawn has no files for anybody."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from app.db import db
from app.indicators.bundles.models import Publication, PublicationWithdrawal, PublishedFile
from app.indicators.bundles.package import FILE as PACKAGE
from app.indicators.models import Snapshot

MOST_LISTED = 200


def publications() -> Sequence[Publication]:
    """All of them, those that were withdrawn too; the latest period first, and of it the latest revision."""
    statement = (
        select(Publication)
        .join(Publication.snapshot)
        .options(
            joinedload(Publication.snapshot).load_only(
                Snapshot.period, Snapshot.revision, Snapshot.frozen_at, Snapshot.sha256
            ),
            joinedload(Publication.withdrawal),
            joinedload(Publication.released_by),
            selectinload(Publication.files),
        )
        .order_by(Snapshot.period.desc(), Snapshot.revision.desc(), Publication.issue.desc())
        .limit(MOST_LISTED)
    )
    return db.session.scalars(statement).all()


def published_as(snapshot: Snapshot) -> Publication | None:
    """How a frozen period is given out now; None when it is not, or not any longer."""
    statement = (
        select(Publication)
        .outerjoin(Publication.withdrawal)
        .where(Publication.snapshot_id == snapshot.id, PublicationWithdrawal.id.is_(None))
        .options(joinedload(Publication.released_by), selectinload(Publication.files))
    )
    return db.session.scalar(statement)


def published(name: str) -> Publication | None:
    """The release of a name as it is given out now."""
    statement = (
        select(Publication)
        .outerjoin(Publication.withdrawal)
        .where(Publication.name == name, PublicationWithdrawal.id.is_(None))
        .options(joinedload(Publication.snapshot), selectinload(Publication.files))
    )
    return db.session.scalar(statement)


def was_withdrawn(name: str) -> bool:
    """Whether there was a release of the name, and there is none any longer."""
    any_of_it = select(Publication.id).where(Publication.name == name).limit(1)
    return published(name) is None and db.session.scalar(any_of_it) is not None


def descriptions(of: Sequence[Publication]) -> dict[int, Mapping[str, Any]]:
    """What the files of each release say of themselves: its ``datapackage.json``, read."""
    statement = select(PublishedFile.publication_id, PublishedFile.content).where(
        PublishedFile.publication_id.in_([each.id for each in of]), PublishedFile.path == PACKAGE
    )
    return {publication_id: json.loads(content) for publication_id, content in db.session.execute(statement)}


def file_of(name: str, path: str) -> PublishedFile | None:
    """One file of a release that is given out now, with its bytes."""
    statement = (
        select(PublishedFile)
        .join(PublishedFile.publication)
        .outerjoin(Publication.withdrawal)
        .where(Publication.name == name, PublishedFile.path == path, PublicationWithdrawal.id.is_(None))
        .options(undefer(PublishedFile.content), contains_eager(PublishedFile.publication))
    )
    return db.session.scalar(statement)


def name_of(snapshot: Snapshot) -> str:
    """As it stands in the address of its files."""
    return f"{snapshot.period}-r{snapshot.revision}" if snapshot.revision else snapshot.period


def without_files() -> list[int]:
    """Releases whose files are still to be written, the oldest first."""
    statement = (
        select(Publication.id)
        .outerjoin(Publication.withdrawal)
        .where(PublicationWithdrawal.id.is_(None), ~Publication.files.any())
        .order_by(Publication.id)
        .limit(10)
    )
    return list(db.session.scalars(statement))


def given_out_before(publication: Publication) -> dict[str, dict[str, bytes]]:
    """The tables of every earlier release of the same period, withdrawn ones too: whoever read them knows them."""
    statement = (
        select(PublishedFile)
        .join(PublishedFile.publication)
        .join(Publication.snapshot)
        .where(Snapshot.period == publication.snapshot.period, Publication.id < publication.id)
        .where(or_(PublishedFile.path == PACKAGE, PublishedFile.path.like("table-%")))
        .options(undefer(PublishedFile.content), contains_eager(PublishedFile.publication))
    )
    found: dict[str, dict[str, bytes]] = {}
    for file in db.session.scalars(statement):
        found.setdefault(str(file.publication.id), {})[file.path] = file.content
    return found


def kept_files(snapshot: Snapshot) -> dict[str, bytes]:
    """The files of a frozen period as they are given out now; none when they are not."""
    statement = (
        select(PublishedFile)
        .join(PublishedFile.publication)
        .outerjoin(Publication.withdrawal)
        .where(Publication.snapshot_id == snapshot.id, PublicationWithdrawal.id.is_(None))
        .options(undefer(PublishedFile.content))
        .order_by(PublishedFile.id)
    )
    return {file.path: file.content for file in db.session.scalars(statement)}


def issues_of(snapshot: Snapshot) -> Sequence[Publication]:
    """Every time that a frozen period was given out."""
    statement = select(Publication).where(Publication.snapshot_id == snapshot.id).order_by(Publication.issue)
    return db.session.scalars(statement.options(joinedload(Publication.withdrawal))).all()
