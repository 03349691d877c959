"""The group that the room's commands belong to, and how they refuse."""

import sys
from collections.abc import Iterable
from typing import NoReturn

import click
from flask import Blueprint

bp = Blueprint("assessment_commands", __name__, cli_group="assessments")


LONGEST = 1000  # characters of a reason: it may quote what somebody wrote into a file


def refuse(reasons: Iterable[str]) -> NoReturn:
    """Say every reason on standard error, a line each, and end with exit code 2."""
    for reason in reasons:
        click.echo(printable(reason), err=True)
    sys.exit(2)


def printable(reason: str) -> str:
    """A quoted line break, an escape sequence of the terminal or half a character is shown by its code."""
    shown = reason if len(reason) <= LONGEST else f"{reason[:LONGEST]} ..."
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in shown)
