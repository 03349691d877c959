"""What a page says when something is not there, not allowed or broken, in three languages, and with which headers."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, abort
from sqlalchemy import event
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.access.guard import public
from app.access.models import Role, User
from app.clients.cases import Transfer
from app.db import db
from tests.access.pages import hidden_fields
from tests.applications import new_application, settled
from tests.browser import Browser
from tests.factories.people import make_case, make_user

CODES = (400, 403, 404, 405, 409, 413, 415, 500, 503)


@cache
def failing() -> Flask:
    """An application with an address for every kind of failure."""
    app = new_application()

    @app.route("/breaking/<int:code>", methods=["GET", "POST"])
    @public
    def breaking(code):
        faults = {
            500: RuntimeError("on purpose"),
            503: OperationalError("select", {}, Exception("away")),
            409: StaleDataError("on purpose"),
            422: DataError("select", {}, Exception("a null byte")),
        }
        if code in faults:
            raise faults[code]
        abort(code)

    return app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with settled(failing(), tmp_path) as app:
        yield app


@pytest.fixture
def breaking(app, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return app


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_failure_is_a_page_in_the_language_of_the_browser(breaking, code, language):
    answer = breaking.test_client().get(f"/breaking/{code}", headers={"Accept-Language": language})

    assert answer.status_code == code
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1>") == 1
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("code", CODES)
def test_a_failure_of_somebody_signed_in_speaks_their_language(breaking, sign_in, code):
    answer = sign_in(make_user(language="ru")).get(f"/breaking/{code}")

    assert answer.status_code == code
    assert '<html lang="ru">' in answer.text


@pytest.mark.parametrize("code", CODES)
def test_a_failure_has_a_head_without_a_body(breaking, code):
    answer = breaking.test_client().head(f"/breaking/{code}")

    assert (answer.status_code, answer.data) == (code, b"")


def test_what_the_database_cannot_read_is_a_mistake_in_the_request(breaking):
    assert breaking.test_client().get("/breaking/422").status_code == 400


def test_a_wrong_method_names_the_right_ones(app):
    answer = app.test_client().post("/health")

    assert answer.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))


def test_too_much_at_once_is_a_page(app, sign_in):
    answer = sign_in(make_user(Role.ADMINISTRATOR)).post("/users/new", data={"full_name": "x" * (1024 * 1024 + 1)})

    assert answer.status_code == 413
    assert "too much at once" in answer.text


@pytest.mark.parametrize("address", ["/users/new", "/sign-in", "/language", "/nowhere"])
def test_a_file_is_taken_nowhere(app, sign_in, address):
    data = {"file": (BytesIO(b"%PDF-1.7"), "passport.pdf")}
    answer = sign_in(make_user(Role.ADMINISTRATOR)).post(address, data=data, content_type="multipart/form-data")

    assert answer.status_code in {415, 404}


GIVEN_BACK = (409, 415, 500, 503)
TYPED = {
    "words": "\nБірінші жол\nекінші <жол>",
    "receipt": "abc",
    "on": "1.1.26",
    "version": "3",
    "password": "hush-hush",
}


@pytest.mark.parametrize("code", CODES)
def test_a_refused_form_is_given_back_where_it_may_be_sent_once_more(breaking, sign_in, code):
    answer = sign_in(make_user()).post(f"/breaking/{code}?of=7", data=TYPED)

    form = hidden_fields(answer.text)
    assert "hush-hush" not in answer.text
    if code in GIVEN_BACK:
        assert {name: form.get(name) for name in ("words", "receipt")} == {
            "words": TYPED["words"],
            "receipt": TYPED["receipt"],
        }
        assert f'action="/breaking/{code}?of=7"' in answer.text
    else:
        assert "words" not in form


def test_with_a_file_left_out_the_rest_of_the_form_is_saved(app, sign_in):
    officer = make_user()
    case, browser = make_case(officer), sign_in(officer)
    address = f"/cases/{case.id}/transfer"
    typed = {"receipt": "", "version": "", "officer_id": "", "reason": "Көшіп кетті"}
    data = typed | {"file": (BytesIO(b"%PDF-1.7"), "passport.pdf")}

    refused = browser.post(address, data=data, content_type="multipart/form-data")
    browser.post(address, data=hidden_fields(refused.text))

    assert refused.status_code == 415
    assert db.session.scalar(db.select(Transfer.reason)) == "Көшіп кетті"


@pytest.mark.parametrize("kind", ["application/json", "text/xml", "text/plain", "", "x"])
def test_a_body_that_is_no_form_does_nothing(app, sign_in, kind):
    administrator, user = make_user(Role.ADMINISTRATOR), make_user()

    answer = sign_in(administrator).post(f"/users/{user.id}/suspension", data=b'{"words": ""}', content_type=kind)

    assert answer.status_code == 400
    assert db.session.get(User, user.id).suspension is None


@pytest.fixture
def away(app):
    """The database goes away: each statement from now on fails as the driver would say it."""

    def fail(*_args):
        raise OperationalError("connect", {}, Exception("the server closed the connection"))

    def go():
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", fail)

    yield go
    if event.contains(db.engine, "before_cursor_execute", fail):
        event.remove(db.engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize(
    "address", ["/", "/users", "/users/new", "/sign-in", "/sign-out", "/language", "/health", "/nowhere"]
)
def test_without_the_database_every_page_says_so(app, sign_in, away, address, method):
    browser: Browser = sign_in(make_user(Role.ADMINISTRATOR))
    away()

    answer = browser.open(address, method=method, data={"language": "ru", "next": "/"} if method == "POST" else None)

    assert answer.status_code == 503
    assert method == "HEAD" or "<h1>" in answer.text


def test_without_the_database_a_sign_in_says_so(app, away):
    name = make_user().name
    away()

    answer = app.test_client().post("/sign-in", data={"name": name, "password": "anything"})

    assert answer.status_code == 503


def test_a_database_that_goes_away_in_the_middle_is_told_too(app, sign_in, away, monkeypatch):
    """The user was read before it went; the page is in their language."""
    browser = sign_in(make_user(language="ru"))
    monkeypatch.setitem(
        app.view_functions, "access.password", lambda: (away(), db.session.execute(db.text("SELECT 1")))
    )

    answer = browser.get("/password")

    assert answer.status_code == 503
    assert '<html lang="ru">' in answer.text
