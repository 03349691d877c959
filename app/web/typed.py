"""What somebody typed into the form of this request, so that a refusal can give it back; passwords never."""

from flask import Request, request
from werkzeug.exceptions import HTTPException

NOT_KEPT = {"csrf_token", "password", "current_password", "new_password", "repeated_password", "kept"}


def typed_in(sent: Request) -> list[tuple[str, str]]:
    """Name and value of each field, in the order of the form."""
    return [(name, value) for name, value in sent.form.items(multi=True) if name not in NOT_KEPT]


def typed_now() -> list[tuple[str, str]]:
    """The same for this request; nothing when it brought no form, or one that cannot be read."""
    if request.method != "POST" or request.url_rule is None:
        return []
    try:
        return typed_in(request)
    except HTTPException:  # too long, or broken off in the middle
        return []
