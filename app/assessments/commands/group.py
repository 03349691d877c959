"""The group that the room's commands belong to, and how they refuse."""

import sys
from collections.abc import Iterable
from typing import NoReturn

import click
from flask import Blueprint

bp = Blueprint("assessment_commands", __name__, cli_group="assessments")


def refuse(reasons: Iterable[str]) -> NoReturn:
    """Say every reason on standard error, a line each, and end with exit code 2."""
    for reason in reasons:
        click.echo(reason, err=True)
    sys.exit(2)
