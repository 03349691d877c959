"""What may be typed about community work: short forms, hours typed 4, 3,5 or 3:30."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.clients.vocabulary import LABELS
from app.supervision.community_work.hours import read_hours, write_hours
from app.supervision.community_work.models import WorkDay
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.community_work.working import Ended, Ordered, Placed, Told
from app.web.forms import (
    DateField,
    Form,
    NumberField,
    OneOfField,
    ProseField,
    TextField,
    TypedField,
    choices_of,
    required,
)

MOST_HOURS = 1200  # more is a slip of the finger


class HoursField(TypedField):
    """Hours of work, typed 4, 3,5 or 3:30; kept as minutes."""

    advice = _l("This is no number of hours. Write for example 4, 3,5 or 3:30.")

    def read(self, text: str) -> int:
        return read_hours(text)

    def write(self, value: int) -> str:
        return write_hours(value)


class PlacementForm(Form):
    """Where the hours are worked from a day on."""

    place = TextField(_l("Place of work"), [required(_l("Write where the hours are worked."))], longest=200)
    overseer = TextField(
        _l("Who keeps the timesheet there"), [Optional()], longest=200, description=_l("Name, post, telephone")
    )
    on = DateField(_l("The work begins on"), [required(_l("Enter the day."))])
    is_idle = BooleanField(
        _l("The person neither works nor studies elsewhere"),
        description=_l("Then the norms allow more hours a day."),
    )

    def placed(self) -> Placed:
        said: dict[str, Any] = self.data
        return Placed(said["on"], said["place"], said["is_idle"], said["overseer"])


class OrderForm(PlacementForm):
    """The court's hours, and the akimat's order."""

    hours = NumberField(
        _l("Hours that the court ordered"), [required(_l("Write the number of hours."))], least=1, most=MOST_HOURS
    )
    ordered_on = DateField(_l("Date of the akimat's order"), [required(_l("Enter the date of the order."))])
    act_number = TextField(_l("Number of the akimat's order"), [Optional()], longest=40)

    def ordered(self) -> Ordered:
        said: dict[str, Any] = self.data
        return Ordered(said["hours"], said["ordered_on"], self.placed(), said["act_number"])


class DayForm(Form):
    """One day: worked so long, or absent and why."""

    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    kind = OneOfField(
        _l("What is known of this day?"), [required(_l("Choose what is known of this day."))], coerce=DayKind,
        choices=choices_of(DayKind, LABELS[DayKind])[:-1],
    )  # fmt: skip
    minutes = HoursField(_l("Hours worked"), [Optional()])
    words = TextField(
        _l("A note, or what proves the reason"), [Optional()], longest=200,
        description=_l("For a valid reason: which paper, of whom. Nothing about an illness itself."),
    )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        said: dict[str, Any] = self.data
        if said["kind"] is DayKind.WORKED and not said["minutes"] and not self.minutes.errors:
            self.minutes.errors = [_("Write how many hours were worked.")]
            return False
        if said["kind"] is DayKind.VALID_REASON and not said["words"] and not self.words.errors:
            self.words.errors = [_("Write what the valid reason is, and what proves it.")]
            return False
        return valid

    def told(self) -> Told:
        said: dict[str, Any] = self.data
        minutes = said["minutes"] or 0
        return Told(said["on"], said["kind"], minutes if said["kind"] is DayKind.WORKED else 0, said["words"])


class CorrectionForm(DayForm):
    """What was noted of a day, said otherwise; or taken back."""

    kind = OneOfField(
        _l("What is known of this day?"), [required(_l("Choose what is known of this day."))], coerce=DayKind,
        choices=choices_of(DayKind, LABELS[DayKind]),
    )  # fmt: skip

    def __init__(self, day: WorkDay, **kwargs: Any) -> None:
        super().__init__(data={"kind": day.kind, "minutes": day.minutes or None, "words": day.words}, **kwargs)
        del self.on
        self.day = day

    def told(self) -> Told:
        said: dict[str, Any] = self.data
        minutes = said["minutes"] or 0
        return Told(self.day.on, said["kind"], minutes if said["kind"] is DayKind.WORKED else 0, said["words"])


class ReportForm(Form):
    on = DateField(_l("The timesheet and the act came on"), [required(_l("Enter the day."))])


class EndingForm(Form):
    on = DateField(_l("Since which day"), [required(_l("Enter the day."))])
    reason = ProseField(_l("Why the hours that are left will not be worked"), [required(_l("Write why."))],
                        longest=1000, render_kw={"rows": 3})  # fmt: skip

    def ended(self) -> Ended:
        return Ended(self.data["on"], self.data["reason"])
