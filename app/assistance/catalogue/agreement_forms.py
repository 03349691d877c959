"""What may be typed about an agreement."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app.assistance.catalogue.agreeing import Agreed
from app.offices.agreements import AGREEMENT_LABELS, SUBJECT_LABELS, AgreementKind, AgreementSubject
from app.web.forms import ChoiceField, DateField, Form, ProseField, TextField, choices_of, required


class AgreementForm(Form):
    number = TextField(_l("Number"), [required(_l("Enter the number that the agreement bears."))], longest=100)
    kind = ChoiceField(
        _l("Kind"), [required(_l("Choose a kind."))], blank=_l("Choose a kind"),
        choices=choices_of(AgreementKind, AGREEMENT_LABELS), coerce=AgreementKind,
    )  # fmt: skip
    subject = ChoiceField(
        _l("What it is about"), [required(_l("Choose what it is about."))], blank=_l("Choose what it is about"),
        choices=choices_of(AgreementSubject, SUBJECT_LABELS), coerce=AgreementSubject,
    )  # fmt: skip
    on = DateField(_l("Signed on"), [required(_l("Enter the day on which it was signed."))])
    last_on = DateField(
        _l("In force until"), [Optional()],
        description=_l("The last day on which it is in force. Left empty, it goes on until somebody ends it."),
    )  # fmt: skip
    words = ProseField(_l("Note"), [Optional()], longest=1000, render_kw={"rows": 3})

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if valid and self.last_on.data and self.last_on.data < self.on.data:
            self.last_on.errors = [_("It cannot end before it was signed. Enter a later date.")]
            return False
        return valid

    def agreed(self) -> Agreed:
        said: dict[str, Any] = self.data
        return Agreed(
            said["number"], said["kind"], said["subject"], signed_on=said["on"], last_on=said["last_on"],
            words=said["words"],
        )  # fmt: skip


class EndingForm(Form):
    on = DateField(_l("From which day"), [required(_l("Enter the day from which it is not in force any more."))])
    because = ProseField(_l("Why"), [required(_l("Write why it ends."))], longest=1000)

    @property
    def day(self) -> date:
        day: Any = self.on.data
        return day
