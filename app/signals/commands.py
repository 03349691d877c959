"""The command that evaluates the rules of early warning."""

import json
from dataclasses import asdict
from datetime import date

import click
from flask import Blueprint

from app.clock import now, today
from app.signals.raising import run as run_all
from app.web.commands import refuse

bp = Blueprint("signal_commands", __name__, cli_group="signals")
bp.cli.help = "Early warning."


@bp.cli.command("run")
@click.option("--on", "day", help="As of this day, such as 2026-11-20; nothing later is used. Today, if left out.")
def run(day: str | None) -> None:
    """Raise, grow and settle the signals of all open cases; a second run changes nothing."""
    on = as_of(day)
    click.echo(json.dumps({"on": on.isoformat(), **asdict(run_all(on, now()))}))


def as_of(day: str | None) -> date:
    if day is None:
        return today()
    try:
        on = date.fromisoformat(day)
    except ValueError:
        refuse(f"{day} is no date. Write the year, the month and the day, such as 2026-11-20.")
    if on > today():
        refuse(f"{on} has not come yet. Name today or an earlier day.")
    return on
