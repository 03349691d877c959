"""What may be typed about treatment that is handed over."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.clients.forms.fields import OfficerField, answered, not_in_future
from app.offices.partners import Organisation
from app.web.forms import DateField, Form, OneOfField, ProseField, TextField, required
from app.web.languages import text_in


class ClinicField(OfficerField):
    """One of the clinics that are there, by number."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.iter_choices()}:
            self.data = None


class ConsentForm(Form):
    """The person's consent, as Law 94-V art. 8 asks for it: what, to whom, until when."""

    organisation_id = ClinicField(
        _l("Clinic that is told"), [answered(_l("Choose a clinic that is open."))], blank=_l("choose")
    )
    what = ProseField(
        _l("What the clinic may be told"),
        [required(_l("Write what the clinic may be told."))],
        longest=1000,
        description=_l("In the person's words. Nothing else is handed over."),
    )
    on = DateField(_l("Consent given on"), [answered(_l("Enter the day of the consent.")), not_in_future])
    until_on = DateField(_l("Consent ends on"), [answered(_l("Enter the day on which the consent ends."))])
    representative = TextField(_l("Legal representative"), [Optional()], description=_l("Full name, for a minor."))
    is_read = BooleanField(
        _l("The person has read the consent or heard it read, in a language they know, and may take it back any day."),
        [required(_l("Read the consent with the person first."))],
    )

    def __init__(self, *args: Any, clinics: Iterable[Organisation], minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation_id.choices = [(one.id, text_in(one)) for one in clinics]
        self.minor = minor
        if not minor:
            del self.representative

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.minor and not self.representative.data and not self.representative.errors:
            self.representative.errors = [_("The person is under 18. Name the legal representative.")]
            return False
        return valid


class WithdrawalForm(Form):
    on = DateField(_l("Taken back on"), [answered(_l("Enter the date.")), not_in_future])


class HandoverForm(Form):
    words = ProseField(
        _l("What was handed over"),
        [required(_l("Write what was handed over."))],
        longest=2000,
        description=_l("No more than the consent names. It is kept encrypted and shown to nobody else."),
    )
    on = DateField(_l("Handed over on"), [answered(_l("Enter the date.")), not_in_future])
    supplied_until = DateField(_l("Medicine lasts until"), [Optional()])


class AnswerForm(Form):
    is_accepted = OneOfField(
        _l("What the clinic answers"),
        [required(_l("Choose what the clinic answers."))],
        choices=[("yes", _l("it goes on with the treatment")), ("no", _l("it does not take the person"))],
    )
    on = DateField(_l("Date of the answer"), [answered(_l("Enter the date.")), not_in_future])
    words = ProseField(_l("Words"), [Optional()], longest=1000)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.is_accepted.data == "no" and not self.words.data and not self.words.errors:
            self.words.errors = [_("Write why, and what is done instead.")]
            return False
        return valid


class ArrivalForm(Form):
    has_come = OneOfField(
        _l("Did the person come to the clinic"),
        [required(_l("Choose whether the person came."))],
        choices=[("yes", _l("yes, the person came")), ("no", _l("no, the person has not come"))],
    )
    on = DateField(_l("Date"), [answered(_l("Enter the date.")), not_in_future])
