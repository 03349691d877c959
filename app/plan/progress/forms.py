"""What may be written in a progress report and answered to it, and the words that refuse it."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.clients.iin import names_a_person
from app.clock import today
from app.indicators.periods import HalfYear
from app.plan.progress.reporting import Given
from app.plan.vocabulary import PROGRESS_LABELS, Progress
from app.web.formats import format_date
from app.web.forms import (
    CarriedField,
    ChoiceField,
    DateField,
    Form,
    OneOfField,
    ProseField,
    SeveralField,
    TextField,
    choices_of,
    required,
)

LONGEST = 6000


def without_persons(_form: Any, field: Any) -> None:
    if names_a_person(field.data):
        raise ValidationError(_("This holds an identification number (IIN). The plan names no person: leave it out."))


def not_in_the_future(_form: Any, field: Any) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("This day has not come yet."))


class LineForm(Form):
    """One measure of a report on a half-year. A draft may lack anything; the submission asks for the rest."""

    state = OneOfField(_l("How far it has come"), choices=choices_of(Progress, PROGRESS_LABELS), coerce=Progress)
    done_on = DateField(_l("Done on"), [Optional(), not_in_the_future], description=_l("Only when it is done."))
    kk = ProseField(
        _l("What was done, in Kazakh"), [without_persons], longest=LONGEST,
        render_kw={"rows": 5, "lang": "kk"},
        description=_l("In Kazakh, in Russian, or in both. Give numbers where you can."),
    )  # fmt: skip
    ru = ProseField(
        _l("What was done, in Russian"), [without_persons], longest=LONGEST,
        render_kw={"rows": 5, "lang": "ru"},
    )  # fmt: skip
    evidence = ProseField(
        _l("Documents that show it"), [Optional(), without_persons], longest=LONGEST, render_kw={"rows": 3},
        description=_l("One on each line: what it is, its number and its day. No names of people."),
    )  # fmt: skip

    def __init__(self, *args: Any, half: HalfYear | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.half = half

    def given(self) -> Given:
        said: dict[str, Any] = self.data
        return Given(said["state"], said["done_on"], said["kk"], said["ru"], said["evidence"])

    def validate_done_on(self, field: Any) -> None:
        if field.data and self.state.data != Progress.DONE:
            raise ValidationError(_("A day is entered only for what is done. Choose “done”, or leave the day out."))
        if field.data and self.half and field.data >= self.half.end:
            last = format_date(self.half.end - timedelta(days=1))
            raise ValidationError(
                _(
                    "This report tells of the time up to %(date)s. What was done later is for the next one.",
                    date=last,
                )
            )


class AcceptForm(Form):
    """What the ministry has read: the version by its number."""

    seen_version = CarriedField()

    @property
    def seen(self) -> int:
        text = self.seen_version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 - digits


class ReturnForm(AcceptForm):
    words = ProseField(
        _l("What is to be mended"), [required(_l("Say what is to be mended.")), without_persons],
        render_kw={"rows": 5}, description=_l("The body reads this as you write it."),
    )  # fmt: skip
    measures = SeveralField(
        _l("Which measures"), description=_l("None ticked: the report as a whole."), coerce=int, choices=[]
    )


class MemberForm(Form):
    """Who speaks for a body."""

    user_id = ChoiceField(_l("User"), [required(_l("Choose a user."))], blank=_l("Choose a user"), coerce=int)
    body = ChoiceField(_l("Responsible body"), [required(_l("Choose a body."))], blank=_l("Choose a body"), coerce=str)
    email = TextField(
        _l("E-mail at work, for reminders"), [Optional()], longest=200, render_kw={"autocomplete": "off"},
        description=_l("Leave it empty, and reminders are on the screen only."),
    )  # fmt: skip

    def validate_email(self, field: Any) -> None:
        name, _at, host = (field.data or "").rpartition("@")
        if field.data and not (name and "." in host.strip(".") and " " not in field.data and field.data.isascii()):
            raise ValidationError(_("This is no e-mail address. Write it as name@body.example."))
