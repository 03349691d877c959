"""The forms of the room."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from app.clients.iin import names_a_person
from app.web.forms import Form, ProseField

LONGEST_REASON = 1000


def without_persons(_form: Any, field: Any) -> None:
    """A reason stands beside the figures, before everybody: it holds nobody's identification number."""
    if names_a_person(field.data):
        raise ValidationError(field.description)


class RevisionForm(Form):
    """Why frozen figures are counted again."""

    because = ProseField(
        _l("Why are the figures revised?"),
        description=_l("Everybody reads it beside the figures. Name nobody."),
        validators=[
            InputRequired(_l("Say in a sentence why the figures are revised.")),
            Length(max=LONGEST_REASON),
            without_persons,
        ],
    )


class WithdrawalForm(Form):
    """Why a release is taken back."""

    reason = ProseField(
        _l("Why is the release withdrawn?"),
        description=_l("Everybody reads it in place of the files. Name nobody."),
        validators=[
            InputRequired(_l("Say in a sentence why the release is withdrawn.")),
            Length(max=LONGEST_REASON),
            without_persons,
        ],
    )
