"""Two people at once, in a fixed order: the second presses while what the first wrote is not committed yet."""

from threading import Thread
from typing import Any

from flask import current_app

from app.db import db

A_MOMENT = 0.5  # seconds: by then the second one waits for the first


def answer_to_the_second(browser: Any, address: str, data: dict[str, str], *first: Any) -> Any:
    """What a form sent by the second one is answered, the statements of the first being committed then."""
    app: Any = current_app
    app, answers = app._get_current_object(), []

    def press() -> None:
        with app.app_context():
            answers.append(browser.post(address, data=data))

    second = Thread(target=press)
    with db.engine.connect() as connection, connection.begin():
        for statement in first:
            connection.execute(statement)
        second.start()
        second.join(A_MOMENT)
    second.join()
    return answers[0]
