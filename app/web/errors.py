"""What a page says when something is not there, not allowed, or broken: a sentence and a way on."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.db import db


def sentences(code: int) -> tuple[str, str]:
    """The heading and the advice for an answer's number."""
    known = {
        400: (_("This request could not be read"), _("Go back, check what you typed, and send it again.")),
        403: (_("This is not among your tasks"), _("If you need it for your work, ask the administrator.")),
        404: (_("There is nothing here for you"), _("The address is wrong, or the record is outside your reach.")),
        405: (_("This address is not opened that way"), _("Go back and use the buttons of the page.")),
        409: (_("Somebody else was faster"), _("The record has changed meanwhile. Go back, reload the page, try again.")),
        413: (_("This is too much at once"), _("Shorten the text and send it again.")),
        415: (_("Files cannot be attached"), _("Write down what matters from the file; copies of documents are not kept.")),
        503: (_("The database is busy or away"), _("Nothing was lost on the page before. Wait a minute and try again.")),
    }
    broken = (_("Something broke on our side"), _("What you sent was not saved. Try again; if it repeats, tell the administrator."))
    return known.get(code, known[400] if 400 <= code < 500 else broken)  # noqa: PLR2004 - HTTP's own ranges


def page(code: int) -> ResponseReturnValue:
    heading, advice = sentences(code)
    return render_template("web/error.html", heading=heading, advice=advice), code


def of_http(error: HTTPException) -> ResponseReturnValue:
    return page(error.code or 500)


def of_clash(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return page(409)


def of_database(error: OperationalError | DataError) -> ResponseReturnValue:
    db.session.rollback()
    return page(503 if isinstance(error, OperationalError) else 400)


def refuse_files() -> None:
    """Copies of documents are not to be collected (Law 94-V art. 7(10)): no page takes a file."""
    if request.files:
        raise FilesRefused


class FilesRefused(HTTPException):
    code = 415


def register_errors(app: Flask) -> None:
    app.before_request(refuse_files)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(StaleDataError, of_clash)
    app.register_error_handler(OperationalError, of_database)
    app.register_error_handler(DataError, of_database)
