"""What a page says when something is not there, not allowed, or broken: a sentence and a way on."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, make_response, render_template, request
from flask.wrappers import Response
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed

from app.db import db
from app.web.typed import typed_now

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# Answers after which the same form may well be taken in: what was typed is given back, to be sent once more.
GIVES_BACK = {409, 415, 500, 503}


def sentences(code: int) -> tuple[str, str]:
    """The heading and the advice for an answer's number."""
    known = {
        400: (_("This request could not be read"), _("Go back, check what you typed, and send it again.")),
        403: (_("This is not among your tasks"), _("If you need it for your work, ask the administrator.")),
        404: (_("There is nothing here for you"), _("The address is wrong, or the record is outside your reach.")),
        405: (_("This address is not opened that way"), _("Go back and use the buttons of the page.")),
        409: (
            _("Somebody else was faster"),
            _("The record has changed meanwhile. Look at it again before you go on."),
        ),
        410: (_("This was withdrawn"), _("The list of the open data says why. Other releases are still there.")),
        413: (_("This is too much at once"), _("Shorten the text and send it again.")),
        415: (
            _("Files cannot be attached"),
            _("Write down what matters; copies of documents are not kept."),
        ),
        503: (
            _("The database is busy or away"),
            _("Wait a minute, go back and try again."),
        ),
    }
    broken = (
        _("Something broke on our side"),
        _("Nothing was saved. Try again; if it repeats, tell the administrator."),
    )
    return known.get(code, known[400] if 400 <= code < 500 else broken)  # noqa: PLR2004 - HTTP's own ranges


def page(code: int) -> Response:
    heading, advice = sentences(code)
    typed = typed_now() if code in GIVES_BACK else []
    return make_response(render_template("web/error.html", heading=heading, advice=advice, typed=typed), code)


def of_http(error: HTTPException) -> Response:
    # What the broken request had begun is let go, while what was loaded stays readable for the page.
    db.session.close()
    answer = page(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer


def of_clash(_error: StaleDataError) -> Response:
    db.session.close()
    return page(HTTPStatus.CONFLICT)


def of_data(_error: DataError) -> Response:
    db.session.close()
    return page(HTTPStatus.BAD_REQUEST)


def of_database(_error: Exception) -> Response:
    """The page is made without asking the database again, not even for who is signed in."""
    g.database_is_away = True
    db.session.close()
    return page(HTTPStatus.SERVICE_UNAVAILABLE)


def database_is_away() -> bool:
    """Whether this request has already found that the database does not answer."""
    return bool(g.get("database_is_away"))


def reads_a_file(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the view that looks at a file and forgets it; every other one refuses files."""
    view.reads_a_file = True  # type: ignore[attr-defined]
    return view


def refuse_files() -> None:
    """Copies of documents are not to be collected (Law 94-V art. 7(10)): no page keeps a file."""
    if request.files and not getattr(current_app.view_functions.get(request.endpoint or ""), "reads_a_file", False):
        raise FilesRefused


def refuse_what_is_no_form() -> None:
    """A body that is no form would read as an empty one, and an act whose words are optional would be done."""
    if request.method == "POST" and (request.content_length or request.mimetype) and request.mimetype not in FORMS:
        raise BadRequest


class FilesRefused(HTTPException):
    code = 415


def register_errors(app: Flask) -> None:
    app.before_request(refuse_what_is_no_form)
    app.before_request(refuse_files)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(StaleDataError, of_clash)
    app.register_error_handler(DataError, of_data)
    for kind in (OperationalError, InterfaceError, NoConnectionFree):
        app.register_error_handler(kind, of_database)
