"""The commands of the room: freezing a period, writing a release, protecting other facts."""

import json

import click
from flask import Blueprint

from app.clients.models import NotPossible
from app.clock import now
from app.indicators.answering import apart_from_output, refuse
from app.indicators.bundles.commands import protect
from app.indicators.freezing import freeze_unasked
from app.indicators.periods import NoSuchPeriod, parse
from app.web.languages import speaking

bp = Blueprint("indicator_commands", __name__, cli_group="indicators")
bp.cli.add_command(protect)


@bp.cli.command("freeze")
@click.argument("period")
def freeze(period: str) -> None:
    """Keep the protected figures of a half-year that is over, such as 2026H1, for ever."""
    try:
        with speaking("en"), apart_from_output():
            snapshot = freeze_unasked(parse(period), now())
    except NoSuchPeriod:
        refuse(f"{period} is no half-year. Write the year and the half, such as 2026H1.")
    except NotPossible as refusal:
        refuse(str(refusal))
    hidden = snapshot.release.hidden_count
    click.echo(json.dumps({"period": snapshot.period, "sha256": snapshot.sha256, "hidden": hidden}))
