"""The command that freezes a half-year."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL

import click
from flask import Blueprint

from app.clients.models import NotPossible
from app.clock import now
from app.indicators.freezing import freeze_unasked
from app.indicators.periods import NoSuchPeriod, parse
from app.web.languages import speaking

bp = Blueprint("indicator_commands", __name__, cli_group="indicators")


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


def refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)


@contextmanager
def apart_from_output() -> Iterator[None]:
    """Lead what the solver prints of itself, past Python, to standard error: standard output is for the answer."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        CDLL(None).fflush(None)  # what the solver wrote may still lie in the C library
        os.dup2(kept, 1)
        os.close(kept)
