"""What the pages of a case share when somebody acts: kept whole, or refused in a sentence and not at all."""

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.web.forms import Form
from app.web.refusals import WrongDay


def kept(form: Any, act: Callable[[], object]) -> bool:
    """Do an act and commit it; else put the sentence that says why not at the day or at the top of the form."""
    try:
        act()
        db.session.commit()
    except WrongDay as reason:
        db.session.rollback()
        form.on.errors = [*form.on.errors, str(reason)]
    except NotPossible as reason:
        db.session.rollback()
        form.form_errors.append(str(reason))
    except IntegrityError:
        db.session.rollback()
        form.form_errors.append(_("Somebody did this a moment before you. Look at the page again."))
    else:
        return True
    return False


def form_page(template: str, form: Form, **shown: Any) -> ResponseReturnValue:
    """A page with a form; what was sent and not taken in comes back as refused."""
    return render_template(template, form=form, **shown), 422 if form.is_submitted() else 200


def case_form_page(template: str, form: Form, case: Case, **shown: Any) -> ResponseReturnValue:
    """The same about a case, with whose it is."""
    return form_page(template, form, case=case, client=case.client, **shown)
