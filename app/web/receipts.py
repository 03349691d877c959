"""The token that lets a form be taken in only once."""

import secrets


def new_token() -> str:
    return secrets.token_urlsafe(16)
