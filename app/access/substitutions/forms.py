"""The form that names who stands in for an officer."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from app.access.models import User
from app.web.forms import ChoiceField, DateField, Form, TextField, required


class SubstitutionForm(Form):
    absent_id = ChoiceField(
        _l("Who is away"), [required(_l("Choose the officer who is away."))], blank=_l("choose"), coerce=int,
        choices=[],
    )  # fmt: skip
    substitute_id = ChoiceField(
        _l("Who stands in"), [required(_l("Choose the officer who stands in."))], blank=_l("choose"), coerce=int,
        choices=[],
    )  # fmt: skip
    from_on = DateField(_l("First day"), [required(_l("Enter the first day."))])
    last_on = DateField(
        _l("Last day"), [required(_l("Enter the last day."))],
        description=_l("On the day after it, it ends by itself."),
    )  # fmt: skip
    reason = TextField(_l("Reason"), [required(_l("Enter the reason, for example leave or illness."))])

    def __init__(self, officers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.officers = {officer.id: officer for officer in officers}
        self.absent_id.choices = [(one.id, one.full_name) for one in self.officers.values()]
        working = [one for one in self.officers.values() if one.suspension is None]
        self.substitute_id.choices = [(one.id, one.full_name) for one in working]
