"""What somebody typed into a form that could not be taken in: sealed, handed back to the browser, and resumed."""

import json
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from flask import Request

from app.clock import now
from app.db.columns import cipher
from app.web.typed import typed_in

# Seconds for which a kept form can be resumed: a working day.
LASTS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """A form's address and its fields."""

    path: str
    fields: tuple[tuple[str, str], ...]


def seal(request: Request, user_id: int) -> str:
    """The typed text under lock, for the one who typed it: a stranger at the same screen reads nothing."""
    text = json.dumps([request.path, typed_in(request), user_id]).encode()
    return cipher().encrypt_at_time(text, int(now().timestamp())).decode()


def unseal(token: str, user_id: int) -> Kept | None:
    """The kept form, for the one who typed it; None for anybody else, for nonsense, or after a day."""
    try:
        text = cipher().decrypt_at_time(token.encode(), ttl=LASTS, current_time=int(now().timestamp()))
        path, fields, owner = json.loads(text)
    except (InvalidToken, ValueError):
        return None
    if owner != user_id:
        return None
    return Kept(path, tuple((name, value) for name, value in fields))
