"""A browser for tests: every request has its own database session, and every page is looked at."""

from typing import Any
from warnings import catch_warnings, simplefilter

import html5lib
from flask import session
from flask.testing import FlaskClient
from flask_login import login_user

from app.access.models import User
from app.access.sign_in import touch
from app.db import db


class Browser(FlaskClient):
    """A view that forgets to commit fails its test, and so does a page that is not HTML or has no title."""

    looks = True  # whether each page is looked at; a test of a thousand addresses has other cares

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"  # before sign-in pages are read in English, as after it

    def enter(self, user: User) -> None:
        """Begin a signed-in time without the sign-in page."""
        with self.application.test_request_context():
            login_user(user)
            session.permanent = True
            touch()
            kept = dict(session)
        with self.session_transaction() as stored:
            stored.update(kept)

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()  # what the test has looked at holds the database no longer
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.rollback()
        db.session.expire_all()
        if self.looks and response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            look_at(response.text)
        return response


def look_at(page: str) -> None:
    """What every page owes its reader: sound HTML, a language, a title, one heading."""
    with catch_warnings():
        simplefilter("ignore")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        document = parser.parse(page)
    faults = [f"line {place[0]}: {code}" for place, code, _details in parser.errors]
    assert not faults, faults
    assert document.get("lang") in {"kk", "ru", "en"}
    assert (document.findtext(".//title") or "").strip()
    assert len(document.findall(".//h1")) == 1, "a page has one heading of the first order"
