"""The command that prints the policy, for README."""

import click
from flask import Blueprint

from app.access.policy_table import as_markdown

bp = Blueprint("access_commands", __name__, cli_group=None)


@bp.cli.command("policy")
def policy() -> None:
    """Who may do what, and to whose cases, as a Markdown table."""
    click.echo(as_markdown())
