"""The door of every view: load the record, ask the policy, note the act, let in."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

import structlog
from flask import Flask, abort, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.access import receipts
from app.access.models import User
from app.access.policy import Permission, allows
from app.audit.journal import announce_act, record_read

View = Callable[..., Any]
READS = {"GET", "HEAD", "OPTIONS"}
STATIC = {"static", "bootstrap.static"}
log = structlog.get_logger()


def actor() -> User:
    """The signed-in user. Views ask; everything below a view is told."""
    return cast(User, current_user._get_current_object())


def permit(permission: Permission, load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Admit the signed-in user only as far as the policy reaches.

    ``load(actor, permission, **url_values)`` finds the record within the permission's
    reach, or answers 404; the view receives that record in place of bare ids.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**url_values: Any) -> Any:
            user = actor()
            if not allows(user, permission):
                refuse(user, permission)
            subject = load(user, permission, **url_values) if load else None
            if subject is not None and not allows(user, permission, subject):
                refuse(user, permission)
            if request.method in READS:
                if subject is not None:
                    record_read(user.id, permission, subject)
            elif earlier := receipts.earlier(user.id):
                flash(_("This was already saved; it was not saved a second time."), "info")
                return redirect(earlier)
            else:
                announce_act(user.id, permission, subject)
            return view(subject) if load else view(**url_values)

        door: View = login_required(guarded)
        door.admits = permission  # type: ignore[attr-defined]
        door.loads = load  # type: ignore[attr-defined]
        return door

    return guard


def refuse(user: User, permission: Permission) -> None:
    """Nothing is committed for a refusal, so it goes to the application's log, without a word about the person."""
    log.warning("refused", user=user.id, permission=permission.value, endpoint=request.endpoint)
    abort(HTTPStatus.FORBIDDEN)


def public(view: View) -> View:
    """Mark a view that anyone may open."""
    view.admits = "anyone"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Mark a view about nobody but the signed-in user: the own page, the own password."""
    door: View = login_required(view)
    door.admits = "oneself"  # type: ignore[attr-defined]
    return door


def refuse_unguarded_views(app: Flask) -> None:
    """Fail at start-up, not in production, when a view forgot its guard."""
    bare = [name for name, view in app.view_functions.items() if name not in STATIC and not hasattr(view, "admits")]
    if bare:
        raise RuntimeError(f"Views without @permit, @signed_in or @public: {', '.join(bare)}")
