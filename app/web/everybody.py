"""Pages for everybody: nobody signs in to read them, no cookie is set, and caches keep them."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.wrappers import Response

View = Callable[..., Any]
MINUTES = 60
SHORT, LONG = 5 * MINUTES, 60 * MINUTES  # for a page, and for a file, which stays as it is for as long as it stands


def for_everybody(view: View) -> View:
    """Mark a view that anyone may open, that knows nobody, and whose answers no cookie goes with."""
    view.admits = "anyone"  # type: ignore[attr-defined]
    view.knows_nobody = True  # type: ignore[attr-defined]
    return view


def knows_nobody(endpoint: str | None) -> bool:
    return bool(getattr(current_app.view_functions.get(endpoint or ""), "knows_nobody", False))


def is_beside_them() -> bool:
    """Whether the address is no page and begins like one for everybody: whoever mistypes it gets no cookie either."""
    if request.endpoint is not None:
        return False
    known = {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules() if knows_nobody(rule.endpoint)}
    return request.path.split("/")[1] in known


def kept_by_caches(response: Response, seconds: int = SHORT) -> Response:
    """The answer with its mark (ETag) and how long a cache may hand it out; 304 to who holds the same already."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


class Sessions(SecureCookieSessionInterface):
    """Sessions as they are, but none with a page for everybody: it sets no cookie and does not vary with one."""

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        if not knows_nobody(request.endpoint) and not is_beside_them():
            super().save_session(app, session, response)
