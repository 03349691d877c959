"""The form of an acute review: one screen, a touch for each answer."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.assessments.acute.reviewing import Seen
from app.assessments.forms import UNKNOWN, answer_to
from app.assessments.instrument import Instrument
from app.web.forms import DateField, Form, OneOfField, ProseField, required
from app.web.languages import text_in


class AcuteForm(Form):
    """``acute_form`` adds ``answer_…`` for each question."""

    on = DateField(_l("Day of the visit"), [required(_l("Enter the day on which you saw the person."))])
    note = ProseField(_l("Note (only if words help)"))

    def seen(self, instrument: Instrument, otherwise: date) -> Seen:
        """What was entered; ``otherwise`` is the day for a form that has none, which a valid form never is."""
        given = {item.code: self[answer_to(item)].data for _section, item in instrument.items()}
        answers = {code: None if option == UNKNOWN else option for code, option in given.items()}
        return Seen(self.on.data or otherwise, answers, self.note.data)


def acute_form(instrument: Instrument) -> type[AcuteForm]:
    """The form of an instrument, worded in the language spoken."""
    fields: dict[str, Any] = {}
    for _section, item in instrument.items():
        choices = [(option.code, text_in(option.text)) for option in item.options]
        fields[answer_to(item)] = OneOfField(
            text_in(item.question),
            [required(_("%(matter)s: choose an answer, or “Not known”.", matter=text_in(item.name or item.question)))],
            choices=[*choices, (UNKNOWN, _("Not known"))],
        )
    return type("FormOfVisit", (AcuteForm,), fields)


class WithdrawalForm(Form):
    """Why a review should not have been."""

    reason = ProseField(_l("Why is it withdrawn?"), [required(_l("Write why: the wrong person, the wrong day …"))])
