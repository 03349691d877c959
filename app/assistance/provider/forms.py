"""What a service may tell through its link."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.assistance.referrals.forms import EventForm
from app.assistance.referrals.referring import Told
from app.assistance.referrals.vocabulary import Event
from app.clock import today
from app.web.formats import format_date
from app.web.forms import DateField

A_YEAR = timedelta(days=366)  # a day farther away is a slip of the finger
# What a service says of its own work; that a referral is withdrawn is the office's to say.
SAYS = {
    Event.ACCEPTED: _l("We accept"),
    Event.DECLINED: _l("We cannot help"),
    Event.RECEIVED: _l("We have it and will answer later"),
    Event.STARTED: _l("The help has started"),
    Event.ATTENDED: _l("The person attended"),
    Event.DONE: _l("The help is finished"),
    Event.DROPPED: _l("The help stopped before the end"),
}


class AnswerForm(EventForm):
    """One thing that a service tells, with what it needs to be complete."""

    begins_on = DateField(
        _l("From which day the person can come"), [Optional()], description=_l("For example 1.12.2026.")
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(event, **kwargs)
        for why in (self._fields.get("declined"), self._fields.get("dropped")):
            if why is not None:
                why.label.text = _("Why")
        if event is Event.ACCEPTED:
            self.words.label.text = _("Whom the person turns to, when and where")
            self.words.description = _("A name, a room, hours, a telephone number.")
            self.words.flags.optional = False

    def needed(self) -> dict[str, bool]:
        return super().needed() | {"begins_on": self.event is Event.ACCEPTED}

    def validate_begins_on(self, field: DateField) -> None:
        if field.data and abs(field.data - today()) > A_YEAR:
            raise ValidationError(_("This is too far away. Check the year."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        guard = self._fields.get("csrf_token")
        if guard is not None and guard.errors:
            guard.errors = []
            self.form_errors.append(
                _("This page was open for too long, so nothing was sent. What you typed is still here: send it again.")
            )
        if self.event is Event.ACCEPTED and not self.words.data and not self.words.errors:
            self.words.errors = [_("Write whom the person turns to, when and where.")]
            return False
        return valid

    def told(self) -> list[Told]:
        said: dict[str, Any] = self.data
        if not said.get("begins_on"):
            return super().told()
        from_day = _("The person can come from %(date)s.", date=format_date(said["begins_on"]))
        return [Told(self.event, said["on"], words=f"{from_day}\n{said['words']}")]
