"""What may be typed about reminders: a person's consent, and how an office calls itself."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError
from wtforms.validators import Optional

from app.clients.forms.fields import PhoneField, answered, not_in_future
from app.clients.models import Client
from app.clock import today
from app.supervision.messages.consenting import Agreed
from app.supervision.messages.vocabulary import Channel
from app.supervision.messages.wording import tells
from app.web.forms import DateField, Form, OneOfField, TextField
from app.web.phones import WrongPhone, normalise

# Letters of other scripts before or behind the @ reach few servers; an address is one word of at most 254 (RFC 5321).
# No question mark: "=?…?=" would be read as other letters (RFC 2047), line ends among them, when the mail is made.
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NAME = 40  # letters, so that a reminder stays short


class ReminderConsentForm(Form):
    """Where the person wants to be reminded, and what may be named."""

    channel = OneOfField(_l("How to remind"), [answered(_l("Choose how to remind."))])
    address = TextField(
        _l("Telephone number or e-mail address"), [answered(_l("Enter the number or the address."))], longest=254,
        description=_l("The person's own. Others may read along on a shared one."),
    )  # fmt: skip
    names_service = BooleanField(
        _l("The text may name the probation service"),
        description=_l("Without this the text gives the day, the time and the office's neutral name only."),
    )
    representative = TextField(
        _l("Legal representative who consented"), [Optional()],
        description=_l("The person is under 18: their representative consents with them."),
    )  # fmt: skip
    given_on = DateField(_l("Consent given on"), [answered(_l("Enter the day of the consent.")), not_in_future])

    def offer(self, channels: Sequence[Channel], client: Client) -> None:
        self.channel.choices = [(channel.value, channel.label) for channel in channels]
        if not client.is_minor_on(self.given_on.data or today()):
            del self.representative

    def validate_address(self, field: TextField) -> None:
        if self.channel.data == Channel.SMS:
            try:
                field.data = normalise(field.data)
            except WrongPhone:
                raise ValidationError(
                    _("This is not a telephone number. Write it in full, for example +7 701 123 45 67.")
                ) from None
        elif self.channel.data == Channel.EMAIL and not EMAIL.fullmatch(field.data):
            raise ValidationError(_("This is no e-mail address. Write it in Latin letters, like name@place.kz."))

    @property
    def agreed(self) -> Agreed:
        said: dict[str, Any] = self.data
        return Agreed(
            Channel(said["channel"]), said["address"], said["names_service"], said["given_on"],
            said.get("representative"),
        )  # fmt: skip


def tells_nothing(_form: Any, field: Any) -> None:
    if word := tells(field.data or ""):
        raise ValidationError(
            _("“%(word)s” tells strangers too much. Use a name such as that of the building.", word=word)
        )


class SignatureForm(Form):
    """What stands under an office's reminders, for everybody's eyes."""

    kk = TextField(_l("Neutral name in Kazakh"), [answered(_l("Enter the name.")), tells_nothing], longest=NAME)
    ru = TextField(_l("Neutral name in Russian"), [answered(_l("Enter the name.")), tells_nothing], longest=NAME)
    en = TextField(_l("Neutral name in English"), [answered(_l("Enter the name.")), tells_nothing], longest=NAME)
    phone = PhoneField(
        _l("Telephone for questions"), [Optional()],
        description=_l("One that answers without naming the service. Without it none is given."),
    )  # fmt: skip
