"""The token that lets a form be taken in only once, and that says for whom the form was made."""

import secrets
from hmac import compare_digest

from flask_login import current_user

from app.db import keyed_digest


def new_token() -> str:
    """A token for a form shown to the signed-in user, or to nobody yet."""
    bearer = current_user.id if current_user.is_authenticated else 0
    body = f"{bearer}.{secrets.token_urlsafe(9)}"
    return f"{body}.{mark_of(body)}"


def bearer_of(token: str) -> int | None:
    """Whose form it was; None for a form of nobody's, and for a token that was not made here."""
    body, _dot, mark = token.rpartition(".")
    bearer = body.partition(".")[0]
    if not (body and bearer.isascii() and bearer.isdecimal() and compare_digest(mark.encode(), mark_of(body).encode())):
        return None
    return int(bearer) or None


def mark_of(body: str) -> str:
    return keyed_digest(body, "receipt")[:12]
