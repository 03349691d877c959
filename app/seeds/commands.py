"""The commands that fill and prepare a database: prepare, seed reference, seed demo, seed population."""

import json
from pathlib import Path

import click
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from app.db import db
from app.db.keys import data_key_fits
from app.seeds import demo, population, reference_data
from app.web.commands import refuse

bp = Blueprint("seeds", __name__, cli_group=None)


@bp.cli.command("prepare")
def prepare() -> None:
    """Bring the database up to the code, with its reference data; the demonstration office where it belongs."""
    try:
        bring_up_to_date()
    except OperationalError:
        refuse("The database does not answer. Check DATABASE_URL, and that the server runs and lets this user in.")
    refuse_another_key()
    reference_data.load()
    if current_app.config["DEMONSTRATION"]:
        demo.load()


@bp.cli.group("seed")
def seed() -> None:
    """Fill the database."""


@seed.command("reference")
def seed_reference() -> None:
    """Regions, offices, partner organisations and services, from the reference files; as often as you like."""
    reference_data.load()


@seed.command("demo")
def seed_demo() -> None:
    """The fictional demonstration office; does nothing when it is there."""
    if not current_app.config["DEMONSTRATION"]:
        refuse("The demonstration office is never put into a production database.")
    reference_data.load()
    demo.load()


@seed.command("population")
@click.option("--clients", type=click.IntRange(min=1), required=True, help="How many people.")
@click.option("--seed", "number", type=int, default=1, help="The same number gives the same people.")
def seed_population(clients: int, number: int) -> None:
    """A synthetic register of any size with years of history, for load and statistics."""
    if not current_app.config["DEMONSTRATION"]:
        refuse("A synthetic register is never put into a production database.")
    reference_data.load()
    try:
        rows = population.load(clients, number)
    except population.ThereAlready:
        refuse("This database already holds a synthetic register. Start with a fresh database.")
    click.echo(json.dumps({"clients": clients, "seed": number, "rows": rows}))


def bring_up_to_date() -> None:
    """Run the migrations that the database lacks; refuse a database that is ahead of this code."""
    directory = current_app.extensions["migrate"].directory
    script = ScriptDirectory.from_config(configuration(directory))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if current is not None and current not in known:
        refuse("The database is newer than this version of Qadam. Install the newer version, or restore a backup.")
    if current != script.get_current_head():
        upgrade(directory)


def refuse_another_key() -> None:
    if not data_key_fits():
        refuse("DATA_KEY is not the key that this database was written with. Put that key back: without it, nothing "
               "that is kept encrypted can be read.")  # fmt: skip


def configuration(directory: str) -> AlembicConfig:
    config = AlembicConfig(Path(directory) / "alembic.ini")
    config.set_main_option("script_location", directory)
    return config
