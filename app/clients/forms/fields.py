"""Fields that only this room's forms have, and the checks that they share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation, ValidationError

from app.clients.iin import WrongIin, check
from app.clients.iin_words import IIN_FAULTS
from app.clients.naming import clean_name, name_fault
from app.clients.naming_words import NAME_FAULTS
from app.clock import today
from app.web.forms import ChoiceField, TextField, TypedField, visible
from app.web.phones import WrongPhone, display, normalise

BROKEN = "�"


def answered(message: Any) -> Callable[[Any, Any], None]:
    """The answer must be there; one that could not be read has its own sentence already."""

    def check_answer(_form: Any, field: Any) -> None:
        if field.data in (None, "") and not field.errors:
            raise StopValidation(message)

    check_answer.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check_answer


def not_in_future(_form: Any, field: Any) -> None:
    if isinstance(field.data, date) and field.data > today():
        raise ValidationError(_("This date is in the future. Enter today's date or an earlier one."))


class NameField(TextField):
    """A part of a person's name, as the identity document spells it."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[clean_part], **kwargs)

    def pre_validate(self, form: Any) -> None:
        if not self.data or BROKEN in self.data:
            return
        if fault := name_fault(self.data):
            raise StopValidation(NAME_FAULTS[fault])


def clean_part(text: str | None) -> str | None:
    return clean_name(visible(text)) or None if text else None


class PhoneField(TypedField):
    """A telephone number, typed as people write it and kept in E.164."""

    wrong = WrongPhone
    advice = _l("This is not a telephone number. Write it in full, for example +7 701 123 45 67.")

    def read(self, text: str) -> str:
        return normalise(text)

    def write(self, value: str) -> str:
        return display(value)


class IinField(TypedField):
    """An IIN, kept as twelve digits."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = visible(valuelist[0]).strip() if valuelist else ""
        self.typed, self.data = text, None
        if not text:
            return
        try:
            self.data = check(text[:40], demonstration=current_app.config["DEMONSTRATION"]).digits
        except WrongIin as wrong:
            raise ValueError(IIN_FAULTS[wrong.fault]) from None

    def write(self, value: str) -> str:
        return value


class OfficerField(ChoiceField):
    """One of an office's officers, by number; the form says which office's."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, coerce=number, choices=[], validate_choice=False, **kwargs)

    def offer(self, officers: Any) -> None:
        self.choices = [(officer.id, officer.full_name) for officer in officers]


def number(text: Any) -> int:
    """A record's number; anything else is no answer."""
    if isinstance(text, int):
        return text
    if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004 - digits of a 32-bit number
        raise ValueError
    return int(text)
