"""In the background: the files of a release."""

from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import db
from app.indicators.bundles.models import Publication
from app.indicators.bundles.publishing import write_files
from app.indicators.bundles.queries import without_files
from app.tasks.queue import by_the_clock, on_request


@on_request
def write_files_soon(publication_id: int) -> None:
    if publication_id not in without_files():
        return
    try:
        write_files(db.session.get_one(Publication, publication_id), now())
        db.session.commit()
    except IntegrityError:  # another process wrote the same files a moment before
        db.session.rollback()


@by_the_clock(minute="*")
def write_missing_files() -> None:
    """Go on with releases whose process died."""
    for publication_id in without_files():
        db.session.rollback()
        write_files_soon(publication_id)
