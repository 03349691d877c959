"""In the background: the files of a release."""

from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import db
from app.indicators.bundles.models import Publication
from app.indicators.bundles.publishing import keep_files, safe_files
from app.indicators.bundles.queries import without_files
from app.tasks.queue import by_the_clock, on_request


@on_request
def write_files_soon(publication_id: int) -> None:
    """Writing and auditing them takes a minute: nobody else waits for the database meanwhile."""
    db.session.rollback()
    db.session.connection(execution_options={"writes": False})
    if publication_id not in without_files():
        return
    files = safe_files(db.session.get_one(Publication, publication_id))
    db.session.rollback()
    try:
        if publication_id in without_files():
            keep_files(db.session.get_one(Publication, publication_id), files, now())
        db.session.commit()
    except IntegrityError:  # another process wrote the same files a moment before
        db.session.rollback()


@by_the_clock(minute="*")
def write_missing_files() -> None:
    """Go on with releases whose process died."""
    for publication_id in without_files():
        db.session.rollback()
        write_files_soon(publication_id)
