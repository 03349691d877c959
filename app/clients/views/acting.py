"""What pages share when somebody acts: done whole, or refused in a sentence and not at all."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from wtforms import Field

from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.web.forms import Form
from app.web.refusals import WrongDay


def undone(act: Callable[[], object]) -> NotPossible | None:
    """Do an act and leave it to be committed; or undo it, and tell why it could not be done."""
    try:
        act()
        db.session.flush()
    except NotPossible as reason:
        db.session.rollback()
        return reason
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        return NotPossible(_("Somebody did this a moment before you. Look at the page again."))
    return None


def done(form: Any, act: Callable[[], object], at: Field | None = None) -> bool:
    """Do an act and leave it to be committed; else say why not at a field, at the day, or at the top of the form."""
    reason = undone(act)
    if reason is None:
        return True
    if at is None and isinstance(reason, WrongDay) and "on" in form:
        at = form.on
    if at is None:
        form.form_errors.append(str(reason))
    else:
        at.errors = [*at.errors, str(reason)]
    return False


def kept(form: Any, act: Callable[[], object], at: Field | None = None) -> bool:
    """The same, and commit it."""
    if not done(form, act, at):
        return False
    db.session.commit()
    return True


def attempt(act: Callable[[], object], said: str) -> bool:
    """Do an act of one press and commit it; the next page says so, or in a sentence why it cannot be done now."""
    if (reason := undone(act)) is not None:
        flash(str(reason), "error")
        return False
    db.session.commit()
    flash(said, "success")
    return True


def possible(check: Callable[[], object]) -> bool:
    """Whether something can be done now; the next page says why not."""
    try:
        check()
    except NotPossible as reason:
        flash(str(reason), "error")
        return False
    return True


def form_page(template: str, form: Form, **shown: Any) -> ResponseReturnValue:
    """A page with a form; what was sent and not taken in comes back as refused."""
    return render_template(template, form=form, **shown), 422 if form.is_submitted() else 200


def case_form_page(template: str, form: Form, case: Case, **shown: Any) -> ResponseReturnValue:
    """The same about a case, with whose it is."""
    return form_page(template, form, case=case, client=case.client, **shown)
