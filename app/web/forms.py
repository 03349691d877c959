"""What every form has in common: clean text, dates typed any way, one-time receipts, and two people at one record."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import SelectMultipleField as PlainMultiple
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from app.clock import today
from app.web.dates import WrongDate, WrongTime, parse_date, parse_time
from app.web.formats import format_date
from app.web.receipts import new_token

LINE, PROSE = 300, 4000  # the most characters in a line and in a text


@dataclass(frozen=True, slots=True)
class Clash:
    """One answer that two people gave differently."""

    label: str
    theirs: str
    yours: str


def visible(text: str) -> str:
    """The text without control characters and lone surrogates, which no database takes."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn"})


class CarriedField(HiddenField):
    """What a page carries for the next request; what comes back may be anything, and is shown again."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = visible(valuelist[0]) if valuelist else ""


class Form(FlaskForm):
    """Base of all forms; the only place that knows Flask-WTF."""

    receipt = CarriedField()
    version = CarriedField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: list[Clash] = []
        if not self.receipt.data or len(self.receipt.data) > 40:  # noqa: PLR2004 - the column's width
            self.receipt.data = new_token()

    def edits(self, record: Any) -> bool:
        """Whether the form may be saved over the record: valid, and nobody saved the record meanwhile.

        When somebody did, the form keeps what was typed, shows what the record holds now,
        and a second press of the button saves over it knowingly.
        """
        if not self.is_submitted():
            self.version.data = str(record.version)
            return False
        seen, self.version.data = self.version.data, str(record.version)
        valid = self.validate()
        if seen == str(record.version):
            return valid
        now_saved = type(self)(formdata=None, obj=record)
        self.clashes = [
            Clash(str(mine.label.text), shown(theirs), shown(mine))
            for mine, theirs in zip(self, now_saved, strict=True)
            if not isinstance(mine, HiddenField) and mine.name != "csrf_token" and shown(mine) != shown(theirs)
        ]
        return False


def shown(field: Field) -> str:
    """What a field says, in words rather than codes."""
    if isinstance(field, SelectField):
        return ", ".join(str(label) for value, label, *_rest in field.iter_choices() if value == field.data)
    value = field.data
    return format_date(value) if isinstance(value, date) else "" if value is None else str(value)


class Given(InputRequired):
    """Refuses an empty answer, and one of white space alone; what was typed and is wrong keeps its own sentence."""

    def __call__(self, form: Any, field: Any) -> None:
        typed = bool(field.raw_data and field.raw_data[0])
        if not typed or (field.data is None or field.data == "") and not field.process_errors:
            field.errors = []
            raise StopValidation(self.message)


def required(message: Any) -> InputRequired:
    """The answer must be given; the message says what to enter."""
    return Given(message)


def clean_line(text: str | None) -> str | None:
    """Collapse white space and drop characters that cannot be seen; an empty answer is no answer."""
    if text is None:
        return None
    return " ".join(unicodedata.normalize("NFC", visible(text)).split()) or None


def clean_prose(text: str | None) -> str | None:
    """The same for a text of several lines, whose line breaks stay."""
    if text is None:
        return None
    lines = unicodedata.normalize("NFC", visible(text.replace("\r\n", "\n"))).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip() or None


def readable(longest: int) -> Callable[[Any, Any], None]:
    """Refuse text that was broken on the way here, and text that is too long."""

    def check(_form: Any, field: Any) -> None:
        if "�" in (field.data or ""):
            raise StopValidation(_("Some characters arrived broken. Type this text again."))
        if len(field.data or "") > longest:
            raise StopValidation(_("This is too long. Use at most %(most)d characters.", most=longest))

    return check


class CleanText:
    """Mixin: what is nothing once it is clean counts as not typed, for every validator of the field."""

    raw_data: Any
    data: Any

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)  # type: ignore[misc]  # of the field that it is mixed into
        if self.raw_data and self.data is None:
            self.raw_data = []


class TextField(CleanText, StringField):
    """A line of text."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), longest: int = LINE, **kwargs: Any) -> None:
        kwargs.setdefault("filters", [clean_line])
        super().__init__(label, [*validators, readable(longest)], **kwargs)


class ProseField(CleanText, TextAreaField):
    """A text of several lines."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), longest: int = PROSE, **kwargs: Any) -> None:
        kwargs.setdefault("filters", [clean_prose])
        super().__init__(label, [*validators, readable(longest)], **kwargs)


class TypedField(Field):
    """A field whose typed text means a value; what cannot be read stays on the screen as it was typed."""

    widget = TextInput()
    wrong: type[ValueError] = ValueError
    advice: Any = ""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        raise NotImplementedError

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = visible(valuelist[0]).strip() if valuelist else ""
        self.typed, self.data = text, None
        if text:
            try:
                self.data = self.read(text)
            except self.wrong:
                raise ValueError(self.advice) from None

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(getattr(self, "typed", ""))
        return "" if self.data is None else self.write(self.data)


class DateField(TypedField):
    """A date, typed 1.1.26, 01/01/2026 or 2026-01-01."""

    wrong = WrongDate
    advice = _l("There is no such date. Write day, month and year, for example 22.11.2026.")

    def read(self, text: str) -> date:
        return parse_date(text, today())

    def write(self, value: date) -> str:
        return value.strftime("%d.%m.%Y")


class TimeField(TypedField):
    """A time of day, typed 9:30, 9.30 or 0930."""

    wrong = WrongTime
    advice = _l("There is no such time. Write hours and minutes, for example 9:30.")

    def read(self, text: str) -> Any:
        return parse_time(text)

    def write(self, value: Any) -> str:
        return str(value.strftime("%H:%M"))


class NumberField(IntegerField):
    """A whole number within bounds."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), least: int = 0, most: int = 10**6, **kwargs: Any
    ):
        super().__init__(label, list(validators), **kwargs)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = visible(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 10):  # noqa: PLR2004 - digits
            raise ValueError(_("Write a whole number, in digits."))
        number = int(text)
        if not self.least <= number <= self.most:
            raise ValueError(_("Write a number from %(least)d to %(most)d.", least=self.least, most=self.most))
        self.data = number


def options(choices: Any) -> Any:
    """Pairs of value and words, as WTForms wants them; what is not a list of pairs passes unchanged."""
    if not isinstance(choices, list | tuple):
        return choices
    return [SelectChoice(*one) if isinstance(one, tuple) else one for one in choices]


class ChoiceField(SelectField):
    """One of a list; an answer outside it is refused in the user's language."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), blank: Any = None, **kwargs: Any) -> None:
        self.blank = blank
        super().__init__(label, list(validators), choices=options(kwargs.pop("choices", None)), **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.raw_data and self.raw_data[0] and self.data is None:
            raise ValidationError(_("Choose one of the answers in the list."))
        if self.data not in {None, ""} and self.data not in {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(_("Choose one of the answers in the list."))

    def process_data(self, value: Any) -> None:
        self.data = value if value is None else self.coerce(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        try:
            self.data = self.coerce(text) if text else None
        except (ValueError, TypeError):
            self.data = None

    def iter_choices(self) -> Iterable[Any]:
        if self.blank is not None:
            yield Choice(value="", label=self.blank, selected=self.data in {None, ""}, render_kw={})
        yield from super().iter_choices()

    def has_groups(self) -> bool:
        return False


class OneOfField(ChoiceField):
    """One of a few, all of them shown."""

    widget = RadioField.widget
    option_widget = RadioField.option_widget
    validate_choice = True


class SeveralField(PlainMultiple):
    """Any of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, list(validators), choices=options(kwargs.pop("choices", None)), **kwargs)

    def pre_validate(self, form: Any) -> None:
        known = {value for value, *_rest in self.iter_choices()}
        if any(value not in known for value in self.data or ()):
            raise ValidationError(_("Choose only answers in the list."))


def choices_of(kind: Any, labels: Any) -> list[tuple[Any, Any]]:
    """The choices of an enumeration, in its order, with their words."""
    return [(member.value, labels[member]) for member in kind]
