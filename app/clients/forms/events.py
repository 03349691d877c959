"""Forms about what happened in a case: one short page, made for a phone."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app.clients.events import EventKind, Happened
from app.clients.forms.fields import answered, not_in_future
from app.clients.forms.people import worded
from app.web.forms import DateField, Form, OneOfField, ProseField

LONGEST = 1000  # characters: a few sentences, not a report


class EventForm(Form):
    kind = OneOfField(_l("What happened"), [answered(_l("Choose what happened."))], choices=worded(EventKind))
    on = DateField(_l("On which day"), [answered(_l("Enter the day.")), not_in_future])
    note = ProseField(
        _l("In a few words"), [Optional()], longest=LONGEST,
        description=_l("What is known, and from whom. Write no more about the person than is needed."),
    )  # fmt: skip

    def happened(self) -> Happened:
        """What a valid form says."""
        return Happened(EventKind(self.data["kind"]), self.data["on"], self.data["note"])


class EventWithdrawalForm(Form):
    reason = ProseField(
        _l("Why it is withdrawn"), [answered(_l("Write why it is withdrawn."))], longest=LONGEST,
        description=_l("For example: noted in the wrong case. The note stays on the page, struck through."),
    )  # fmt: skip
