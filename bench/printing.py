"""A batch of sheets against its floor: a plain loop over WeasyPrint, in one process, over the same finished pages."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask, render_template
from sqlalchemy import select
from weasyprint import CSS, HTML

from app.access.models import Role, User
from app.clock import now
from app.db import db
from app.printing.batches.crew import print_batch
from app.printing.batches.models import PrintBatch
from app.printing.batches.queries import tallies_of
from app.printing.issuing import LANGUAGES
from app.printing.stamp import Stamp
from app.programs.models import Approval, Version
from app.programs.papers.batches import ask_for
from app.programs.papers.sheets import paper_of
from app.web.languages import speaking

CODE = "0000000000"


def compare_printing(app: Flask, sheets: int) -> tuple[int, float, float]:
    """How many sheets, and how many of them a second: the batch and its floor. Raises RuntimeError when one fails."""
    with app.app_context():
        versions = approved(sheets // len(LANGUAGES))
        floor = plain_loop(app, [page for version in versions for page in pages_of(version)])
        head = db.session.scalars(select(User).where(User.role == Role.SUPERVISOR).limit(1)).one()
        batch = ask_for(versions, LANGUAGES, head, now())
        db.session.commit()
        count, seconds = timed_batch(batch)
        return count, count / seconds, floor


def approved(count: int) -> Sequence[Version]:
    """Approved versions of the register, the latest first."""
    statement = select(Version).join(Approval, Approval.version_id == Version.id).order_by(Version.id.desc())
    return db.session.scalars(statement.limit(count)).all()


def pages_of(version: Version) -> list[str]:
    """The sheet's finished HTML in each language, as the printing room hands it to WeasyPrint."""
    paper, stamp = paper_of(version), Stamp(code=CODE, at=now())
    pages = []
    for language in LANGUAGES:
        with speaking(language):
            context: dict[str, Any] = {**paper.context, "paper": paper}
            pages.append(render_template(paper.template, stamp=stamp, draft=False, **context))
    return pages


def plain_loop(app: Flask, pages: Sequence[str]) -> float:
    """Sheets a second."""
    static = Path(app.static_folder or "")
    started = perf_counter()
    for page in pages:
        HTML(string=page, base_url=static.as_uri() + "/").write_pdf(
            stylesheets=[CSS(static / "css" / "print.css")], pdf_tags=True
        )
    return len(pages) / (perf_counter() - started)


def timed_batch(batch: PrintBatch) -> tuple[int, float]:
    batch_id = batch.id
    db.session.remove()
    started = perf_counter()
    print_batch(batch_id)
    seconds = perf_counter() - started
    tally = tallies_of([batch_id])[batch_id]
    if tally.printed != tally.total:
        raise RuntimeError(f"{tally.total - tally.printed} of {tally.total} sheets were not printed.")
    return tally.total, seconds
