"""What somebody typed into a form that could not be taken in: sealed, handed back to the browser, and resumed."""

import json
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from flask import Request

from app.db.columns import cipher

# Seconds for which a kept form can be resumed: a working day.
LASTS = 12 * 3600
NOT_KEPT = {"csrf_token", "password", "current_password", "new_password", "repeated_password", "kept"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A form's address and its fields; ``user_id`` is who typed it, or None when that is no longer known."""

    path: str
    fields: tuple[tuple[str, str], ...]
    user_id: int | None


def seal(request: Request, user_id: int | None) -> str:
    """The typed text under lock: a stranger at the same screen reads nothing."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    return cipher().encrypt(json.dumps([request.path, fields, user_id]).encode()).decode()


def unseal(token: str, user_id: int) -> Kept | None:
    """The kept form, for the one who typed it; None for anybody else, for nonsense, or after a day."""
    try:
        path, fields, owner = json.loads(cipher().decrypt(token.encode(), ttl=LASTS))
    except (InvalidToken, ValueError):
        return None
    if owner not in {None, user_id}:
        return None
    return Kept(path, tuple((name, value) for name, value in fields), owner)
