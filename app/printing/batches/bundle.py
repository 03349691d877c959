"""A printed batch as files: all sheets in one PDF, or each for itself in a ZIP; never all of them in memory."""

from collections.abc import Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

import pikepdf
from sqlalchemy import select

from app.db import db
from app.printing.batches.models import BatchItem, PrintBatch
from app.printing.models import IssuedPaper

AT_A_TIME = 50  # sheets read from the database by one statement


def sheets(batch: PrintBatch) -> Iterator[tuple[str, bytes]]:
    """The file name and the bytes of each printed sheet, in the order of the batch."""
    after = -1
    while True:
        rows = db.session.execute(
            select(BatchItem.position, IssuedPaper)
            .join(IssuedPaper, IssuedPaper.id == BatchItem.paper_id)
            .where(BatchItem.batch_id == batch.id, BatchItem.position > after)
            .order_by(BatchItem.position)
            .limit(AT_A_TIME)
            .add_columns(IssuedPaper.content)
        ).all()
        for position, paper, content in rows:
            yield f"{position:04d}-{paper.file_name}", content
            after = position
        if len(rows) < AT_A_TIME:
            return
        db.session.expunge_all()


def as_zip(batch: PrintBatch) -> BinaryIO:
    """The sheets to the byte as they were issued. They are compressed within already."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in sheets(batch):
            archive.writestr(name, content)
    file.seek(0)
    return file


def as_one_pdf(batch: PrintBatch) -> BinaryIO:
    """All pages one after another, for the printer; what proves a sheet is the sheet itself, in the ZIP."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with pikepdf.new() as whole:
        for _name, content in sheets(batch):
            whole.pages.extend(pikepdf.open(BytesIO(content)).pages)
        whole.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    file.seek(0)
    return file
