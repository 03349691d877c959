"""What may be typed about rhythms and visits, and the words that refuse it."""

from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional, ValidationError

from app.supervision.calendar.coming import Moved, When
from app.supervision.calendar.days import WrongDays, read_days
from app.supervision.calendar.outcomes import Told
from app.supervision.calendar.rhythms import Asked
from app.supervision.calendar.vocabulary import LABELS, Came, Per, ValidReason
from app.web.addresses import record_number
from app.web.forms import (
    CarriedField,
    DateField,
    Form,
    OneOfField,
    ProseField,
    TextField,
    TimeField,
    choices_of,
    required,
)

LONGEST = 1000  # characters: a few sentences
HOUR = 60

WRONG_DAYS = {
    Per.WEEK: _l("Write days of the week as numbers, Monday is 1: for example 2, or 1, 4."),
    Per.MONTH: _l("Write days of the month with commas between: for example 5, 20."),
    Per.QUARTER: _l("Write the month of the quarter and the day: for example 1.15 is the 15th of its first month."),
}


class RhythmForm(Form):
    """How often a person reports: the days, from when, and why, where no norm says so."""

    per = OneOfField(
        _l("The days repeat every"), [required(_l("Choose how the days repeat."))], coerce=Per,
        choices=choices_of(Per, LABELS[Per]),
    )  # fmt: skip
    days = TextField(
        _l("Days"), [required(_l("Write the days."))], longest=100,
        description=_l("Numbers with commas between. Of the month: 5, 20. Of the week: 1 is Monday, 2 is Tuesday. Of "
                       "the quarter: 1.15 is the 15th of its first month. A day off gives way to the next open day."),
    )  # fmt: skip
    is_rural = BooleanField(
        _l("The person lives in a rural place"), description=_l("Some norms ask for fewer visits then.")
    )
    from_on = DateField(_l("From which day"), [required(_l("Enter the day."))])
    reason = ProseField(
        _l("Why these days"), [Optional()], longest=LONGEST,
        description=_l("Needed where no norm sets the days, or where they differ from the norm."),
        render_kw={"rows": 2},
    )  # fmt: skip

    def validate_days(self, field: TextField) -> None:
        if self.per.data not in set(Per):
            return
        try:
            read_days(Per(self.per.data), str(field.data))
        except WrongDays:
            raise ValidationError(WRONG_DAYS[Per(self.per.data)]) from None

    def asked(self) -> Asked:
        """What a valid form says."""
        said: dict[str, Any] = self.data
        return Asked(read_days(said["per"], said["days"]), said["from_on"], said["is_rural"], said["reason"])


class WhenForm(Form):
    """A day and, where it matters, a time."""

    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    at_time = TimeField(_l("At what time"), [Optional()], description=_l("Empty: any time when the office receives."))

    def when(self) -> When:
        said: dict[str, Any] = self.data
        return When(said["on"], minute_of(said["at_time"]))


class MoveForm(WhenForm):
    reason = ProseField(
        _l("Why it moves"), [required(_l("Write why the visit moves."))], longest=LONGEST, render_kw={"rows": 2}
    )

    def moved(self) -> Moved:
        return Moved(self.when(), self.data["reason"])


class DropForm(Form):
    reason = ProseField(
        _l("Why it falls away"), [required(_l("Write why the visit falls away."))], longest=LONGEST,
        description=_l("For example: called by mistake. The visit stays on the page, struck through."),
        render_kw={"rows": 2},
    )  # fmt: skip


class OutcomeForm(Form):
    """What came of a visit, a note, and the next appointment: one page, made for a phone."""

    outcome = OneOfField(
        _l("What came of the visit"), [required(_l("Choose what came of the visit."))], coerce=Came,
        choices=choices_of(Came, LABELS[Came]),
    )  # fmt: skip
    on = DateField(_l("Came late on"), [Optional()])
    reason = OneOfField(
        _l("The valid reason"), [Optional()], coerce=ValidReason, choices=choices_of(ValidReason, LABELS[ValidReason])
    )
    proof = TextField(
        _l("What proves it"), [Optional()],
        description=_l("Which paper, of whom and of which day. No copy of it is kept here."),
    )  # fmt: skip
    words = ProseField(_l("In a few words"), [Optional()], longest=LONGEST, render_kw={"rows": 2})
    next_on = DateField(_l("Next appointment"), [Optional()], description=_l("Only where an extra one is needed."))
    next_time = TimeField(_l("At what time"), [Optional()])
    seen = CarriedField()
    holder = CarriedField()  # who answered for the case when the form was opened
    back = CarriedField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in (self.on, self.reason, self.proof):  # asked for only where they are needed
            field.flags.optional = False

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.outcome.data == Came.VALID_REASON:
            if not self.reason.data and not self.reason.errors:
                self.reason.errors = [_("Choose the reason.")]
            if not self.proof.data and not self.proof.errors:
                self.proof.errors = [_("Write what proves the reason.")]
            valid = valid and not self.reason.errors and not self.proof.errors
        if self.next_time.data and not self.next_on.data and not self.next_on.errors:
            self.next_on.errors = [_("Enter the day of the next appointment, or leave its time empty.")]
            valid = False
        return valid

    def told(self) -> Told:
        said: dict[str, Any] = self.data
        seen = record_number(said["seen"]) or 0
        return Told(said["outcome"], said["on"], said["reason"], said["proof"], said["words"], seen)

    def next_when(self) -> When | None:
        said: dict[str, Any] = self.data
        on: date | None = said["next_on"]
        return When(on, minute_of(said["next_time"])) if on else None


def minute_of(typed: time | None) -> int | None:
    return None if typed is None else typed.hour * HOUR + typed.minute
