"""The forms in which the catalogue is kept, and the filters over its lists."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.assistance.vocabulary import Direction
from app.clients.vocabulary import LABELS
from app.clock import today
from app.offices.partners import KIND_LABELS, OrganisationKind
from app.offices.queries import regions_on
from app.web.forms import ChoiceField, DateField, Form, NumberField, ProseField, TextField, choices_of, required
from app.web.languages import text_in

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PHONE = re.compile(r"[0-9+()\-–.,;/\s]*[0-9][0-9+()\-–.,;/\s]*")
MOST_DAYS = 120  # working days for an answer: more is a slip of the finger
AS_IN_RUSSIAN = _l("Left empty, the Russian words are shown.")


class NamedForm(Form):
    kk = TextField(_l("Name in Kazakh"), [required(_l("Enter the name in Kazakh."))])
    ru = TextField(_l("Name in Russian"), [required(_l("Enter the name in Russian."))])
    en = TextField(_l("Name in English"), [Optional()], description=AS_IN_RUSSIAN)
    valid_from = DateField(_l("There since"), [required(_l("Enter the day since which it is there."))])

    def names(self) -> Mapping[str, str]:
        kk, ru = self.kk.data or "", self.ru.data or ""
        return {"kk": kk, "ru": ru, "en": self.en.data or ru}


class ServiceForm(NamedForm):
    direction = ChoiceField(
        _l("Direction"), [required(_l("Choose a direction."))], blank=_l("Choose a direction"),
        choices=choices_of(Direction, LABELS[Direction]), coerce=Direction,
    )  # fmt: skip
    about_kk = ProseField(
        _l("Description in Kazakh"), [required(_l("Describe the service in Kazakh."))], longest=1000,
        description=_l("What is done and for whom, in a sentence or two. The person and the officer read it."),
    )  # fmt: skip
    about_ru = ProseField(
        _l("Description in Russian"), [required(_l("Describe the service in Russian."))], longest=1000
    )
    about_en = ProseField(_l("Description in English"), [Optional()], longest=1000, description=AS_IN_RUSSIAN)
    answer_working_days = NumberField(
        _l("Working days for an answer"), [Optional()], least=1, most=MOST_DAYS,
        description=_l("How long the organisation takes to answer a referral. Left empty, the norm holds."),
    )  # fmt: skip


class OrganisationForm(NamedForm):
    kind = ChoiceField(
        _l("Kind"), [required(_l("Choose a kind."))], blank=_l("Choose a kind"),
        choices=choices_of(OrganisationKind, KIND_LABELS), coerce=OrganisationKind,
    )  # fmt: skip
    region_code = ChoiceField(_l("Region"), [required(_l("Choose a region."))], blank=_l("Choose a region"))
    address = TextField(_l("Address"), [required(_l("Enter the address."))])
    phone = TextField(
        _l("Telephone"), [required(_l("Enter a telephone number."))], longest=100,
        description=_l("The organisation's numbers, as they are to stand in the letter."),
    )  # fmt: skip
    email = TextField(_l("E-mail"), [Optional()], longest=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        self.region_code.choices = [(region.code, text_in(region.name_on(day))) for region in regions_on(day)]

    def validate_phone(self, field: TextField) -> None:
        if not PHONE.fullmatch(field.data or ""):
            raise ValidationError(_("Write the number in digits, for example +7 7172 00-00-00."))

    def validate_email(self, field: TextField) -> None:
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(_("This is no e-mail address. Write it like name@place.kz, or leave it empty."))


class ClosingForm(Form):
    on = DateField(_l("From which day"), [required(_l("Enter the day from which it is not there any more."))])
    because = ProseField(_l("Why"), [required(_l("Write why it ends."))], longest=1000)
