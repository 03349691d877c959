"""What may be said of a signal: what was done and how it ends, or until when it is put off."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clock import today
from app.signals.vocabulary import FALSE_REASONS, HANDLED_REASONS, Reason
from app.web.forms import DateField, Form, OneOfField, ProseField, TextField, required

KEEP = "keep"
WEEK = timedelta(days=7)
# The endings that say little by themselves: they need words.
IN_WORDS = {KEEP, Reason.OTHERWISE.value, *(reason.value for reason in FALSE_REASONS)}


class OutcomeForm(Form):
    """What was done, and what becomes of the signal."""

    words = ProseField(_l("What did you do or find out?"))
    then = OneOfField(_l("What now?"), [required(_l("Choose what becomes of the signal."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handled = [(reason.value, _("Handled: %(reason)s", reason=reason.label)) for reason in HANDLED_REASONS]
        false = [(reason.value, _("False alarm: %(reason)s", reason=reason.label)) for reason in FALSE_REASONS]
        self.then.choices = [(KEEP, _("Keep it open")), *handled, *false]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.then.data in IN_WORDS and not self.words.data and not self.words.errors:
            self.words.errors = [_("Say in a few words what you did or found out.")]
            return False
        return valid

    @property
    def reason(self) -> Reason | None:
        """Why the signal ends; None when it stays open."""
        return None if self.then.data == KEEP else Reason(str(self.then.data))


class SnoozeForm(Form):
    """Until when a signal is put off, and why."""

    until_on = DateField(
        _l("Until"), [required(_l("Enter the day on which it is to come back."))],
        description=_l("It comes back on this day, or as soon as there is new evidence."),
    )  # fmt: skip
    reason = TextField(_l("Why"), [required(_l("Say why it can wait."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.until_on.data = today() + WEEK
