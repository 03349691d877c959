"""The commands that write bundles: of a frozen period, and of any facts outside the database."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.indicators import heavy
from app.indicators.answering import apart_from_output, refuse
from app.indicators.bundles.facts_file import BadFacts, read_facts
from app.indicators.bundles.files import files_of
from app.indicators.bundles.shape import UNNAMED_LICENCE, Meta
from app.indicators.bundles.writing import CannotWrite, refuse_taken, write_whole
from app.indicators.sensitivity import THRESHOLD
from app.indicators.tables import CannotBeMadeSafe, Contradiction, TooLarge

OUTSIDE = Meta(
    name="protected-figures",
    titles={"kk": "Қорғалған көрсеткіштер", "ru": "Защищённые показатели", "en": "Protected figures"},
    licence=UNNAMED_LICENCE,
)


@click.command("protect")
@click.argument("facts", type=click.Path(path_type=Path))
@click.argument("tables", type=click.Path(path_type=Path))
@click.option("--threshold", type=int, default=THRESHOLD, show_default=True, help="Smaller counts are hidden.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The directory of the bundle.")
@with_appcontext
def protect(facts: Path, tables: Path, threshold: int, to: Path) -> None:
    """Write TABLES (a JSON list of lists of dimensions) of FACTS (a CSV with a count), safe to publish."""
    try:
        refuse_taken(to)
        cells, wanted = read_facts(facts, tables)
        with apart_from_output():
            release = heavy.protect(cells, wanted, threshold)
            files = files_of(release, OUTSIDE)
            write_whole(files, to, lambda _directory: None)
    except (BadFacts, CannotWrite, Contradiction, TooLarge, CannotBeMadeSafe, ValueError) as refusal:
        refuse(str(refusal))
    click.echo(json.dumps({"to": str(to), "figures": len(release.figures), "hidden": release.hidden_count}))
