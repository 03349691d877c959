"""The migrations: numbered, whole, reversible, and equal to the models, on the engine under test."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.access.models import Role
from app.db import Base, db
from migrations.env_rules import ours
from tests.factories.people import make_case, make_user

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"


def differences() -> list[object]:
    with db.engine.connect() as connection:
        options = {"include_object": ours, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def test_the_migrations_make_what_the_models_say(app):
    assert differences() == []


def test_every_step_can_be_taken_back_and_taken_again(app):
    make_case(make_user(Role.OFFICER))
    db.session.remove()

    for _step in VERSIONS.glob("[0-9]*.py"):
        downgrade(revision="-1")
    left = {name for name in inspect(db.engine).get_table_names() if name != "alembic_version"}
    functions = 0
    if db.engine.dialect.name == "postgresql":
        ours_only = (
            "SELECT count(*) FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang "
            "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE l.lanname = 'plpgsql' AND n.nspname = 'public'"
        )
        functions = db.session.scalar(text(ours_only))
        db.session.remove()

    assert left == set()
    assert functions == 0
    upgrade()
    assert differences() == []


def test_the_steps_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in VERSIONS.glob("*.py"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_a_step_stands_on_its_own_feet():
    """A step must still run when the models have moved on."""
    leaning = [path.name for path in VERSIONS.glob("*.py") if "from app" in path.read_text()]

    assert leaning == []
