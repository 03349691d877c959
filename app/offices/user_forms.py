"""The administrator's forms: a new user, and what may change about one."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import ValidationError

from app.access.accounts import why_not_move
from app.access.models import ROLE_LABELS, Role, User
from app.clock import today
from app.db import db
from app.offices.queries import offices_on
from app.web.forms import ChoiceField, Form, TextField, choices_of, required
from app.web.languages import LANGUAGES, text_in

NAME = re.compile(r"[a-z][a-z0-9.-]{1,38}[a-z0-9]")
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class UserForm(Form):
    """What may change about a user; the sign-in name stays, because the journal and the habit of people hang on it."""

    full_name = TextField(
        _l("Surname, name and patronymic"), [required(_l("Enter the full name."))], longest=200,
        render_kw={"autocomplete": "off"},
    )  # fmt: skip
    role = ChoiceField(
        _l("Role"), [required(_l("Choose a role."))], blank=_l("Choose a role"),
        choices=choices_of(Role, ROLE_LABELS), coerce=Role,
    )  # fmt: skip
    office_id = ChoiceField(_l("Office"), [required(_l("Choose an office."))], blank=_l("Choose an office"), coerce=int)

    user: User | None = None

    def __init__(self, *args: Any, obj: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.user = obj
        known = offices_on(today(), obj.office_id if obj else None)
        self.office_id.choices = [(office.id, text_in(office)) for office in known]

    def place(self) -> tuple[Role, int]:
        """The role and the office's number, once the form is valid."""
        role: Any = self.role.data
        office_id: Any = self.office_id.data
        return role, office_id

    def validate_role(self, field: ChoiceField) -> None:
        if self.user and field.data and (reason := why_not_move(self.user, field.data)):
            raise ValidationError(reason)


class NewUserForm(UserForm):
    name = TextField(
        _l("Sign-in name"), [required(_l("Enter a sign-in name."))], longest=40, render_kw=PLAIN,
        description=_l("Latin letters, digits, dots and hyphens, for example a.asanova. It cannot be changed later."),
    )  # fmt: skip
    language = ChoiceField(
        _l("Language"), [required(_l("Choose a language."))], choices=list(LANGUAGES.items()),
        description=_l("The language of the pages; the user can change it."),
    )  # fmt: skip

    def validate_name(self, field: TextField) -> None:
        field.data = (field.data or "").lower()
        if not NAME.fullmatch(field.data):
            raise ValidationError(_l("Use 3 to 40 Latin letters, digits, dots and hyphens, beginning with a letter."))
        if db.session.scalar(select(User.id).where(User.name == field.data)):
            raise ValidationError(_l("Somebody already signs in under this name. Choose another one."))
