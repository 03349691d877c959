"""The forms of the room."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from app.web.forms import Form, ProseField

LONGEST_REASON = 1000


class RevisionForm(Form):
    """Why frozen figures are counted again."""

    because = ProseField(
        _l("Why are the figures revised?"),
        description=_l("Everybody reads it beside the figures. Name nobody."),
        validators=[
            InputRequired(_l("Say in a sentence why the figures are revised.")),
            Length(max=LONGEST_REASON),
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
        ],
    )
