"""Pages that belong to no room: the choice of language, and the sign of life."""

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from app.db import db
from app.web.addresses import within
from app.web.languages import LANGUAGES

bp = Blueprint("web", __name__)


@bp.post("/language")
def choose_language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_user.is_authenticated:
            current_user.language = chosen
            db.session.commit()
    return redirect((within(request.form.get("next")) or "/").rstrip("?"))


@bp.get("/health")
def health() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}


# The guard lies above this room, so these two say themselves that anyone may open them.
choose_language.admits = "anyone"  # type: ignore[attr-defined]
health.admits = "anyone"  # type: ignore[attr-defined]
