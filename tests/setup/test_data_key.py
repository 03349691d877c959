"""The key of what is kept encrypted: a wrong one stops the start, and says so."""

import pytest
from cryptography.fernet import Fernet
from flask import Flask

import config
from app.db import db
from app.seeds.commands import refuse_another_key
from tests.factories.people import make_client


def test_another_key_than_the_one_that_the_database_was_written_with_stops_the_start(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    make_client(phone="+77010000000")
    db.session.flush()
    assert refuse_another_key() is None

    app.config["DATA_KEY"] = Fernet.generate_key().decode()
    with pytest.raises(SystemExit) as refusal:
        refuse_another_key()

    assert refusal.value.code == 2
    assert "DATA_KEY is not the key" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["secret", "Zm9yIHRlc3RzIG9ubHk=", "ключ"])
def test_what_is_no_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("DATA_KEY", key)
    with pytest.raises(config.Refusal, match="DATA_KEY is no key"):
        config.data_key()
