"""What the ministry may write of a measure, and the words that refuse it."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.plan.measures.recording import Shown
from app.plan.progress.forms import not_in_the_future, without_persons
from app.plan.vocabulary import ENTRY_LABELS, EntryKind
from app.web.forms import DateField, Form, OneOfField, ProseField, TextField, choices_of, required


class EntryForm(Form):
    kind = OneOfField(
        _l("What is recorded"), [required(_l("Choose what is recorded."))],
        choices=choices_of(EntryKind, ENTRY_LABELS), coerce=EntryKind,
    )  # fmt: skip
    on = DateField(_l("On which day"), [required(_l("Enter the day.")), not_in_the_future])
    document = TextField(
        _l("Document"), [Optional(), without_persons],
        description=_l("What it is, its number and its day, for example: Order No. 12 of 3 February 2026."),
    )  # fmt: skip
    address = TextField(
        _l("Where it can be read"), [Optional()], render_kw={"inputmode": "url", "autocomplete": "off"},
        description=_l("A public address that begins with https://."),
    )  # fmt: skip
    kk = ProseField(
        _l("In words, in Kazakh"), [Optional(), without_persons], render_kw={"rows": 3, "lang": "kk"},
        description=_l("In Kazakh, in Russian, or in both. No names of people."),
    )  # fmt: skip
    ru = ProseField(_l("In words, in Russian"), [Optional(), without_persons], render_kw={"rows": 3, "lang": "ru"})

    def shown(self) -> Shown:
        said: dict[str, Any] = self.data
        return Shown(said["kind"], said["on"], said["kk"], said["ru"], said["document"], said["address"])

    def validate_address(self, field: Any) -> None:
        try:
            parts = urlsplit(field.data or "")
            sound = parts.scheme == "https" and "." in (parts.hostname or "") and " " not in field.data
        except ValueError:
            sound = False
        if field.data and not sound:
            raise ValidationError(_("Write an address that begins with https://."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if valid and self.kind.data == EntryKind.REOPENED and not (self.kk.data or self.ru.data):
            self.ru.errors = [_("Say in words why it is open again.")]
            return False
        if valid and not (self.document.data or self.kk.data or self.ru.data):
            self.document.errors = [_("Name the document, or say in words what shows it.")]
            return False
        return valid
