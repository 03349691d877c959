"""The command that says how well scores foretold what happened, from a file."""

import json
from math import isfinite
from pathlib import Path

import click

from app.assessments.commands.group import bp
from app.assessments.figures import heavy
from app.assessments.validation.scores_file import WrongFile, read_scores
from app.web.commands import refuse


@bp.cli.command("validate")
@click.argument("scores", type=click.Path(path_type=Path))
@click.option("--positive-from", type=float, required=True, help="The lowest score that counts as high.")
def validate(scores: Path, positive_from: float) -> None:
    """How well the scores of a CSV file (score, outcome, group; time and event) foretold what happened, as JSON."""
    if not isfinite(positive_from):
        refuse(f"--positive-from is not a number: {positive_from}")
    try:
        found = heavy.examine(read_scores(scores), positive_from)
    except WrongFile as fault:
        refuse(*fault.reasons)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
