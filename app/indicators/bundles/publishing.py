"""Giving a frozen period's figures out to everybody, and taking them back with a reason."""

from datetime import datetime
from hashlib import sha256

import structlog
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.models import User
from app.db import db
from app.indicators.bundles.checking import refuse_unsafe_files
from app.indicators.bundles.frozen import bundle_of, refuse_unfit
from app.indicators.bundles.models import Publication, PublicationWithdrawal, PublishedFile
from app.indicators.bundles.queries import given_out_before, issues_of, name_of, published_as
from app.indicators.models import Snapshot
from app.indicators.periods import parse
from app.web.languages import speaking
from app.web.refusals import NotPossible

log = structlog.get_logger()


def release_snapshot(snapshot: Snapshot, by: User, at: datetime) -> Publication:
    """Give the figures out; the caller commits, and then asks for the files (tasks.write_files_soon).

    Raises NotPossible when they are given out already, or may not be.
    """
    refuse_unfit(parse(snapshot.period), snapshot.release)
    if published_as(snapshot):
        raise NotPossible(already(snapshot))
    publication = Publication(
        snapshot=snapshot,
        issue=len(issues_of(snapshot)) + 1,
        name=name_of(snapshot),
        released_by_id=by.id,
        released_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(publication)
    except IntegrityError as clash:  # somebody else released them a moment before
        raise NotPossible(already(snapshot)) from clash
    return publication


def safe_files(publication: Publication) -> dict[str, bytes] | None:
    """The files of a release, audited; None when they cannot be written or do not pass. Nothing is written here."""
    try:
        files = bundle_of(publication.snapshot)
        refuse_unsafe_files(files, given_out_before(publication))
    except Exception:  # whatever it was, the release must not stay open for ever; the log has it, without a figure
        log.exception("release not written", publication=publication.id)
        return None
    return files


def keep_files(publication: Publication, files: dict[str, bytes] | None, at: datetime) -> None:
    """Keep the files of a release, all of them or none; the caller commits. Without any the release is taken back."""
    if files is None:
        with speaking(publication.released_by.language):
            reason = _("Its files could not be written safely, and were never given out.")
        withdraw(publication, reason, publication.released_by, at)
        return
    with db.session.begin_nested():
        db.session.add_all(
            PublishedFile(
                publication_id=publication.id,
                path=path,
                content=content,
                size=len(content),
                sha256=sha256(content).hexdigest(),
            )
            for path, content in files.items()
        )


def withdraw(publication: Publication, reason: str, by: User, at: datetime) -> PublicationWithdrawal:
    """Take a release back: its files are gone from the public pages, the reason stands there. The caller commits.

    Raises NotPossible without a reason, and when it was withdrawn before.
    """
    if not reason.strip():
        raise NotPossible(_("Say in a sentence why the release is withdrawn: it is read by everybody."))
    withdrawal = PublicationWithdrawal(
        publication_id=publication.id, reason=reason.strip(), withdrawn_by_id=by.id, withdrawn_at=at
    )
    try:
        with db.session.begin_nested():
            db.session.add(withdrawal)
    except IntegrityError as clash:
        raise NotPossible(_("This release was withdrawn already.")) from clash
    return withdrawal


def already(snapshot: Snapshot) -> str:
    return _("These figures are given out already: %(name)s.", name=name_of(snapshot))
