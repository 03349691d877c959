"""Forms about a case that moves on: to another officer or office, or off the register."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.clients.forms.fields import OfficerField, answered, not_in_future
from app.clients.forms.people import CHOOSE, worded
from app.clients.vocabulary import Ground
from app.web.forms import DateField, Form, OneOfField, ProseField, required


class TransferForm(Form):
    """An offer; the receiving office has been chosen on the way here."""

    officer_id = OfficerField(_l("To the officer"), [Optional()], blank=_l("the head of the office will name one"))
    reason = ProseField(
        _l("Reason"), [answered(_l("Write why the case is to be transferred."))],
        description=_l("The receiver reads it before deciding. Write no more about the person than is needed."),
    )  # fmt: skip


class AnswerForm(Form):
    """Accepting or declining: the button pressed says which."""

    officer_id = OfficerField(_l("Responsible officer"), [Optional()], blank=CHOOSE)
    words = ProseField(_l("Your words"), [Optional()], description=_l("Needed when you decline."))

    def accepts(self) -> bool:
        """Whether an officer is named who will answer for the case; the form has none when the actor will."""
        if "officer_id" in self and not self.officer_id.data:
            self.officer_id.errors = [_("Choose the officer who will answer for the case.")]
            return False
        return True

    def declines(self) -> bool:
        if not self.words.data:
            self.words.errors = [_("Write why you decline.")]
            return False
        return True


class DeregistrationForm(Form):
    ground = OneOfField(_l("Ground"), [answered(_l("Choose the ground."))], choices=worded(Ground))
    on = DateField(_l("Off the register since"), [answered(_l("Enter the day.")), not_in_future])
    words = ProseField(
        _l("Document or words"), [Optional()], description=_l("For example the court's decision and its date.")
    )
    is_sure = BooleanField(
        _l("I have checked the ground and the date. This cannot be undone."),
        [required(_l("Tick the box to confirm."))],
    )
