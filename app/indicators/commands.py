"""The commands of the room: freezing a period, writing a release, protecting other facts."""

import json

import click
from flask import Blueprint

from app.indicators.answering import apart_from_output
from app.indicators.audit_command import audit
from app.indicators.bundles.commands import protect, release
from app.indicators.orders import TooFew
from app.indicators.periods import NoSuchPeriod, parse
from app.indicators.queries import snapshot_of
from app.indicators.working import freeze_now
from app.web.commands import refuse
from app.web.languages import speaking
from app.web.refusals import NotPossible

bp = Blueprint("indicator_commands", __name__, cli_group="indicators")
bp.cli.help = "Figures: frozen, protected, written as open data, and attacked as a stranger would."
bp.cli.add_command(protect)
bp.cli.add_command(release)
bp.cli.add_command(audit)


@bp.cli.command("freeze")
@click.argument("period")
@click.option("--because", default="", help="Why the figures are revised, where they are frozen already.")
@click.option("--even-so", is_flag=True, help="Freeze a register that is nearly empty: what is hidden stays hidden.")
def freeze(period: str, because: str, even_so: bool) -> None:
    """Keep the protected figures of a period that is over, such as 2026H1 or 2026, for good; or revise them."""
    try:
        with speaking("en"), apart_from_output():
            span = parse(period)
            known = snapshot_of(span)
            done = freeze_now(span, because, even_so=even_so)
    except NoSuchPeriod:
        refuse(f"{period} is no period. Write a half-year such as 2026H1 or a year such as 2026.")
    except TooFew as warning:
        refuse(f"{warning} If these are all, freeze it with --even-so.")
    except NotPossible as refusal:
        refuse(str(refusal))
    if done.snapshot is None:
        refuse(done.refusal or "")
    snapshot = done.snapshot
    answer = {
        "period": snapshot.period,
        "revision": snapshot.revision,
        "is_new": known is None or known.revision < snapshot.revision,
        "sha256": snapshot.sha256,
        "figures": len(snapshot.release.figures),
        "hidden": snapshot.release.hidden_count,
        "moved": len(snapshot.moved),
    }
    click.echo(json.dumps(answer))
