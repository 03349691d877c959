"""What the pages of supervision share when somebody acts: kept whole, or refused in a sentence and not at all."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.clients.models import NotPossible
from app.db import db
from app.web.refusals import WrongDay


def undone(act: Callable[[], object]) -> NotPossible | None:
    """Do an act and leave it to be committed; or undo it, and tell why it could not be done."""
    try:
        act()
        db.session.flush()
    except NotPossible as reason:
        db.session.rollback()
        return reason
    except IntegrityError:
        db.session.rollback()
        return NotPossible(_("Somebody did this a moment before you. Look at the page again."))
    return None


def taken_in(form: Any, act: Callable[[], object]) -> bool:
    """Whether the form is valid and its act is done; else the sentence that says why not stands in the form."""
    if not form.validate_on_submit():
        return False
    reason = undone(act)
    if isinstance(reason, WrongDay) and "on" in form:
        form.on.errors = [*form.on.errors, str(reason)]
    elif reason:
        form.form_errors.append(str(reason))
    return reason is None
