"""The application on a database with a synthetic register."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from flask import Flask

from app import create_app
from app.db import db
from app.seeds import population, reference_data
from app.seeds.commands import bring_up_to_date
from config import Config


class BenchConfig(Config):
    """As the application runs by itself, but errors are raised instead of shown."""

    PROPAGATE_EXCEPTIONS = True
    DEMONSTRATION = True
    SECRET_KEY = "for measuring only"

    def __init__(self, url: str, home: Path) -> None:
        self.SQLALCHEMY_DATABASE_URI = url
        self.HOME = home
        self.DATA_KEY = Fernet.generate_key().decode()


@contextmanager
def setting(url: str, home: Path, clients: int, seed: int) -> Iterator[Flask]:
    app = create_app(BenchConfig(url, home))
    with app.app_context():
        bring_up_to_date()
        reference_data.load()
        population.load(clients, seed)
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()
