"""How every command refuses: each reason on standard error, a line each, and exit code 2."""

import sys
from typing import NoReturn

import click

LONGEST = 1000  # characters of a reason: it may quote what somebody wrote into a file


def refuse(*reasons: object) -> NoReturn:
    for reason in reasons:
        click.echo(printable(str(reason)), err=True)
    sys.exit(2)


def printable(reason: str) -> str:
    """A quoted line break, an escape sequence of the terminal or half a character is shown by its code."""
    shown = reason if len(reason) <= LONGEST else f"{reason[:LONGEST]} ..."
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in shown)
