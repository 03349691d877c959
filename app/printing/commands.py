"""``flask papers work BATCH``: one process of those that print a batch."""

import gc

import click
from flask import Blueprint

from app.printing.batches.working import work as work_on

bp = Blueprint("paper_commands", __name__, cli_group="papers")


@bp.cli.command("work")
@click.argument("batch", type=int)
def work(batch: int) -> None:
    """Print what nobody else is printing of a batch, until none is left."""
    gc.freeze()  # what was loaded to begin with stays: looking at it again took a tenth of the time
    click.echo(f"{work_on(batch)} papers settled")
