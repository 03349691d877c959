"""A form that arrives twice is taken in once: each carries a token, and the database takes a token only once."""

from flask import after_this_request, g, request, url_for
from flask.wrappers import Response
from sqlalchemy.exc import IntegrityError

from app.access.models import Receipt
from app.db import db

LONGEST = 40  # the column's width


def earlier(user_id: int) -> str | None:
    """Where the same form led before; None when it comes for the first time.

    The token is kept in the view's own transaction: refused input leaves it free.
    """
    token = request.form.get("receipt", "")
    if not token or len(token) > LONGEST or "\x00" in token:
        return None
    known = db.session.get(Receipt, token)
    if known is None:
        db.session.add(Receipt(token=token, user_id=user_id))
        try:
            db.session.flush()
        except IntegrityError:  # the twin of this request is a moment ahead
            db.session.rollback()
            known = db.session.get(Receipt, token)
        else:
            after_this_request(lambda response: remember(token, response))
            return None
    return (known.location if known and known.user_id == user_id else None) or url_for("desk.home")


def remember(token: str, response: Response) -> Response:
    """Note where a form that was taken in led to, for its twin.

    Whatever the view left uncommitted is dropped first: this commit must never carry a refused act.
    """
    db.session.rollback()
    g.pop("act_to_record", None)
    if response.location and (receipt := db.session.get(Receipt, token)):
        receipt.location = response.location[:300]
        db.session.commit()
    return response
