"""The forms of deadlines: one that the service wants kept, what was done, what does not apply, and a changed day."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, ValidationError

from app.clients.cases import Case
from app.clock import today
from app.supervision.deadlines.keeping import facts_of
from app.supervision.deadlines.opening import sets_a_day
from app.supervision.norms import Facts, Norm, norms
from app.supervision.norms.wording import value_in_words
from app.web.forms import ChoiceField, DateField, Form, OneOfField, ProseField, required
from app.web.languages import text_in


def offered(case: Case) -> list[Norm]:
    """The norms that set a day for cases of this legal basis, as they hold today."""
    about = facts_of(case)
    facts = Facts(case.legal_basis, about.stage, about.is_minor)
    return [
        one for one in norms()
        if one.applies.bases and one.applies.to(facts) and one.holds_on(today()) and sets_a_day(one)
    ]  # fmt: skip


class DeadlineForm(Form):
    """Which norm, and from which day."""

    code = ChoiceField(
        _l("What is due"), [required(_l("Choose what is due."))], blank=_l("choose"), choices=[], validate_choice=True
    )
    since = DateField(
        _l("From which day"), [required(_l("Enter the day of the event."))],
        description=_l("The day of the event from which the term runs, or before which it ends."),
    )  # fmt: skip

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norms = {one.code: one for one in offered(case)}
        self.code.choices = [(code, f"{text_in(one.text)} ({value_in_words(one)})") for code, one in self.norms.items()]

    def validate_since(self, field: DateField) -> None:
        chosen = self.norms.get(self.code.data or "")
        if chosen and not chosen.since.is_before and field.data and field.data > today():
            raise ValidationError(_("This date is in the future. Enter today's date or an earlier one."))


class FulfilmentForm(Form):
    on = DateField(_l("On which day it was done"), [required(_l("Enter the day."))])


class WithdrawalForm(Form):
    reason = ProseField(_l("Why it does not apply"), [required(_l("Say why it does not apply."))])


class AnswersForm(Form):
    """The answer to the proposed days that are ticked."""

    verdict = OneOfField(
        _l("Your answer"), [required(_l("Choose an answer."))],
        choices=[("accept", _l("Accept the new days")), ("decline", _l("Keep the days as they are"))],
    )  # fmt: skip
    words = ProseField(_l("Words"), [Optional()])
