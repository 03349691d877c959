"""What may be typed about an office's hours, and the words that refuse it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, ValidationError

from app.supervision.hours.slots import HOUR, WEEKDAYS, Week, WrongHours, read_spans, write_spans
from app.web.forms import DateField, Form, NumberField, TextField, required

LONGEST_SLOT, MOST_AT_ONCE = 4 * HOUR, 50
NAMES = {
    1: _l("Monday"), 2: _l("Tuesday"), 3: _l("Wednesday"), 4: _l("Thursday"), 5: _l("Friday"), 6: _l("Saturday"),
    7: _l("Sunday"),
}  # fmt: skip
ADVICE = _l("Write hours as 9:00-13:00, 14:00-18:00; the parts of a day must not overlap.")


def readable_hours(_form: Form, field: Any) -> None:
    try:
        read_spans(field.data or "")
    except WrongHours:
        raise ValidationError(ADVICE) from None


class WeekForm(Form):
    """The hours of a week from a day on; an empty day is one on which nobody is received."""

    from_on = DateField(_l("From which day"), [required(_l("Enter the day."))])
    slot_minutes = NumberField(
        _l("Minutes for one meeting"), [required(_l("Enter how many minutes a meeting takes."))], least=5,
        most=LONGEST_SLOT,
    )  # fmt: skip
    capacity = NumberField(
        _l("People at the same time"), [required(_l("Enter how many people are received at the same time."))], least=1,
        most=MOST_AT_ONCE,
    )  # fmt: skip

    def spans(self) -> dict[str, Any]:
        return {f"day_{weekday}": self[f"day_{weekday}"] for weekday in WEEKDAYS}

    def week(self) -> Week:
        """What a valid form says."""
        said: dict[str, Any] = self.data
        spans = {weekday: read_spans(said[f"day_{weekday}"] or "") for weekday in WEEKDAYS}
        return Week(
            said["from_on"], said["slot_minutes"], said["capacity"], {day: row for day, row in spans.items() if row}
        )


for _weekday in WEEKDAYS:
    setattr(WeekForm, f"day_{_weekday}", TextField(NAMES[_weekday], [Optional(), readable_hours], longest=100))


def as_typed(week: Week | None) -> dict[str, Any]:
    """What the form opens with: the week that holds, or the hours that offices usually keep."""
    if week is None:
        usual = {f"day_{weekday}": "9:00-12:30, 14:00-18:00" for weekday in range(1, 6)}
        return {"slot_minutes": 30, "capacity": 2, **usual}
    spans = {f"day_{weekday}": write_spans(row) for weekday, row in week.spans.items()}
    return {"slot_minutes": week.slot_minutes, "capacity": week.capacity, **spans}
