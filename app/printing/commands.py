"""``flask papers work BATCH``: one process of those that print a batch."""

import gc

import click
from flask import Blueprint

from app.printing.batches.working import work as work_on

bp = Blueprint("paper_commands", __name__, cli_group="papers")
bp.cli.help = "Printing many papers."


@bp.cli.command("work")
@click.argument("batch", type=int)
def work(batch: int) -> None:
    """Print what nobody else is printing of a batch, until none is left."""
    # Setting type makes circles by the hundred thousand; looking for them at every turn took a quarter of the time.
    gc.freeze()
    gc.disable()
    click.echo(f"{work_on(batch, between=gc.collect)} papers settled")
