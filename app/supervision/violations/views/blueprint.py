"""The room's blueprint, and what its pages share."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.clients.cases import Case
from app.clients.queries import hold
from app.clients.views import acting
from app.supervision.violations.drafting import hold_answer
from app.supervision.violations.models import Answer, Violation
from app.supervision.violations.wording import (
    breach_in_words,
    breach_source,
    measure_in_words,
    missed_day,
    own_words,
    reason_in_words,
    sources_of,
)
from app.web.forms import Form

bp = Blueprint("violations", __name__)
bp.add_app_template_filter(breach_in_words, "breach")
bp.add_app_template_filter(breach_source)
bp.add_app_template_filter(measure_in_words, "measure")
bp.add_app_template_filter(missed_day)
bp.add_app_template_filter(own_words)
bp.add_app_template_filter(reason_in_words, "reason")
bp.add_app_template_filter(sources_of)


def to_supervision(case: Case, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("supervision.of_client", client_id=case.client_id, _anchor="violations"))


def to_violation(violation: Violation, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("violations.show", violation_id=violation.id))


def to_answer(answer: Answer, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("violations.answer", answer_id=answer.id))


def closed(case: Case) -> ResponseReturnValue:
    return to_supervision(case, _("This case is off the register. It can be read, but not changed."), "error")


def kept(case: Case, form: Form, act: Callable[[], object]) -> bool:
    """Whether the act of a form was done with the case in hand, and is kept."""

    def held() -> None:
        hold(case)
        act()

    return form.validate_on_submit() and acting.kept(form, held)


def kept_of(answer: Answer, form: Form, act: Callable[[], object]) -> bool:
    """The same for an act on an answer, seen as it is now."""

    def held() -> None:
        hold_answer(answer)
        act()

    return form.validate_on_submit() and acting.kept(form, held)
