"""The forms of reports: beginning one, its texts, its publication, its withdrawal."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.plan.progress.forms import without_persons
from app.web.forms import CarriedField, Form, ProseField, required

LONGEST = 12_000  # characters of a part: four pages


class BeginForm(Form):
    """Which report is begun; the buttons of the list carry it."""

    kind = CarriedField(_l("Kind"))
    period = CarriedField(_l("Period"))


class TextForm(Form):
    """A part of a report in both languages; either may follow later."""

    kk = ProseField(
        _l("In Kazakh"), [Optional(), without_persons], longest=LONGEST, render_kw={"rows": 10, "lang": "kk"}
    )
    ru = ProseField(
        _l("In Russian"), [Optional(), without_persons], longest=LONGEST, render_kw={"rows": 10, "lang": "ru"}
    )


class PublishForm(Form):
    """Why a report is published again; nothing is asked the first time."""

    kk = ProseField(
        _l("Why it is published again, in Kazakh"), [without_persons], longest=1000,
        render_kw={"rows": 2, "lang": "kk"},
    )  # fmt: skip
    ru = ProseField(
        _l("Why it is published again, in Russian"), [without_persons], longest=1000,
        render_kw={"rows": 2, "lang": "ru"},
    )  # fmt: skip

    def __init__(self, *args: Any, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.again = again

    def validate_kk(self, field: ProseField) -> None:
        if self.again and not field.data:
            raise ValidationError(_("Say in Kazakh why the report is published again: everybody will read it."))

    def validate_ru(self, field: ProseField) -> None:
        if self.again and not field.data:
            raise ValidationError(_("Say in Russian why the report is published again: everybody will read it."))

    @property
    def because(self) -> dict[str, str] | None:
        return {"kk": self.kk.data, "ru": self.ru.data} if self.again else None


class WithdrawForm(Form):
    """Why a publication no longer holds."""

    kk = ProseField(
        _l("Why it no longer holds, in Kazakh"),
        [required(_l("Say in Kazakh why the report is withdrawn: everybody will read it.")), without_persons],
        longest=1000,
        render_kw={"rows": 3, "lang": "kk"},
    )
    ru = ProseField(
        _l("Why it no longer holds, in Russian"),
        [required(_l("Say in Russian why the report is withdrawn: everybody will read it.")), without_persons],
        longest=1000,
        render_kw={"rows": 3, "lang": "ru"},
    )
