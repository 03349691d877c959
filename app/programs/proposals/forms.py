"""What may be typed about a proposal of the methodology."""

from flask_babel import lazy_gettext as _l

from app.programs.forms import DraftForm
from app.web.forms import ProseField, required


class ChangedForm(DraftForm):
    reason = ProseField(_l("Why it is changed"), [required(_l("Write why the suggestion is changed."))], longest=1000)
