"""The form of a batch: in which language, beside the programmes that are ticked on the page."""

from flask_babel import lazy_gettext as _l

from app.printing.issuing import LANGUAGES
from app.web.forms import Form, OneOfField, required

BOTH = "both"


class BatchForm(Form):
    language = OneOfField(
        _l("Language of the sheets"),
        [required(_l("Choose the language of the sheets."))],
        choices=[("kk", _l("Kazakh")), ("ru", _l("Russian")), (BOTH, _l("both: one sheet in each"))],
    )

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES if self.language.data == BOTH else (str(self.language.data),)
