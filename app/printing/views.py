"""The public pages on which anybody verifies a paper by its code, or by its file."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import public
from app.db import db
from app.printing import codes
from app.printing.pdf import LetterMissing
from app.printing.sealing import NotSealed
from app.printing.verifying import Found, Verdict, compare, find
from app.web.addresses import words_in_query
from app.web.errors import reads_a_file

bp = Blueprint("papers", __name__)
MOST = 1024 * 1024  # bytes of a file: as much as a request may bring at all (config.py), and far more than a paper has


@bp.get("/verify")
@public
def verify() -> ResponseReturnValue:
    """The code as it was typed leads to its page; one that cannot be a code is told at once."""
    typed = words_in_query("code", longest=40)
    if code := codes.read(typed):
        return redirect(url_for("papers.show", code=codes.grouped(code)))
    return render_template("printing/verify.html", typed=typed)


@bp.get("/verify/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    found = find(code)
    return page(found) if found else unknown(code)


@bp.post("/verify/<code>/comparison")
@public
@reads_a_file
def comparison(code: str) -> ResponseReturnValue:
    """The file is compared and forgotten: nothing of it is kept, so there is nothing to lead to afterwards."""
    found = find(code)
    if found is None:
        return unknown(code)
    sent = request.files.get("file")
    content = sent.stream.read(MOST + 1) if sent else b""
    if not content:
        return page(found, error=_("Choose the file of the paper, then press the button."))
    return page(found, verdict=compare(found.paper, content))


def page(found: Found, verdict: Verdict | None = None, error: str = "") -> ResponseReturnValue:
    return render_template(
        "printing/verified.html", found=found, paper=found.paper, code=codes.grouped(found.paper.code), verdict=verdict,
        error=error,
    ), HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK  # fmt: skip


def unknown(typed: str) -> ResponseReturnValue:
    seen = "".join(sign for sign in typed[:40] if sign.isprintable())
    return render_template("printing/verify.html", typed=seen or "?"), HTTPStatus.NOT_FOUND


@bp.app_errorhandler(LetterMissing)
@bp.app_errorhandler(NotSealed)
def of_paper(reason: Exception) -> ResponseReturnValue:
    """A paper that cannot be printed as it must be is not handed out; the sentence says what to do."""
    db.session.close()
    heading = _("This paper cannot be issued")
    return render_template("web/error.html", heading=heading, advice=str(reason), typed=[]), HTTPStatus.CONFLICT
