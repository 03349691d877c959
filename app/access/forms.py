"""The forms of the door: signing in and changing the own password."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, ValidationError
from wtforms.validators import InputRequired

from app.access.models import User
from app.access.passwords import fault
from app.access.sign_in import fits
from app.web.forms import CarriedField, Form, TextField

# What a browser, and whoever keeps passwords for its user, is told about each field.
NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
KNOWN = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class SignInForm(Form):
    name = TextField(_l("Sign-in name"), validators=[InputRequired(_l("Enter your sign-in name."))], render_kw=NAME)
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password."))], render_kw=KNOWN)
    next = CarriedField()
    kept = CarriedField()


class PasswordForm(Form):
    current_password = PasswordField(
        _l("Current password"), validators=[InputRequired(_l("Enter the password you have now."))], render_kw=KNOWN
    )
    new_password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. Several ordinary words are easier to remember than signs."),
        validators=[InputRequired(_l("Choose a new password."))],
        render_kw=NEW,
    )
    repeated_password = PasswordField(
        _l("New password again"), validators=[InputRequired(_l("Type the new password a second time."))], render_kw=NEW
    )
    kept = CarriedField()

    user: User

    def validate_current_password(self, field: PasswordField) -> None:
        if not fits(self.user, field.data or ""):
            raise ValidationError(_l("This is not your current password. Try again."))

    def validate_new_password(self, field: PasswordField) -> None:
        if reason := fault(field.data or "", self.user.name):
            raise ValidationError(reason)
        if field.data == self.current_password.data:
            raise ValidationError(_l("This is the password you have now. Choose another one."))

    def validate_repeated_password(self, field: PasswordField) -> None:
        if field.data != self.new_password.data:
            raise ValidationError(_l("The two new passwords differ. Type the same one twice."))
