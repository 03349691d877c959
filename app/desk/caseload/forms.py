"""The form that narrows and orders a caseload, and the one that keeps what was chosen."""

from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from app.access.models import User
from app.clients.legal_bases import legal_bases
from app.clients.vocabulary import LABELS, Stage
from app.desk.caseload.models import NAME
from app.desk.caseload.sought import (
    NOBODY,
    SILENT_DAYS,
    TERM_DAYS,
    Assessed,
    Lateness,
    NextVisit,
    Order,
    Sought,
    Warned,
)
from app.desk.models import Late
from app.web.forms import ChoiceField, Form, TextField, required
from app.web.languages import text_in

ANY = _l("any")


def worded(kind: Any) -> list[tuple[str, LazyString]]:
    return [(one.value, one.label) for one in kind]


class FiltersForm(Form):
    """What narrows the caseload and how it is ordered. It only shows: what the address means, ``sought_in`` tells."""

    stage = ChoiceField(_l("Stage"), blank=ANY, choices=[(one.value, LABELS[Stage][one]) for one in Stage])
    basis = ChoiceField(_l("Legal basis"), blank=ANY, choices=[])
    level = ChoiceField(_l("Level"), blank=ANY, choices=worded(Assessed))
    visit = ChoiceField(_l("Next visit"), blank=ANY, choices=worded(NextVisit))
    silent = ChoiceField(_l("Not reached for"), blank=ANY, choices=[])
    late = ChoiceField(_l("Late"), blank=ANY, choices=[*worded(Lateness), *worded(Late)])
    signals = ChoiceField(_l("Signals"), blank=ANY, choices=worded(Warned))
    term = ChoiceField(_l("Term ends within"), blank=ANY, choices=[])
    officer = ChoiceField(_l("Officer"), blank=ANY, choices=[])
    order = ChoiceField(_l("Order"), choices=worded(Order))

    def __init__(self, sought: Sought, officers: Any) -> None:
        super().__init__(formdata=None, data=dict(sought.values) | {"order": sought.order.value}, meta={"csrf": False})
        self.basis.choices = [(basis.code, text_in(basis.names)) for basis in legal_bases().values()]
        self.silent.choices = [(str(days), in_days(days)) for days in SILENT_DAYS]
        self.term.choices = [(str(days), in_days(days)) for days in TERM_DAYS]
        if officers:
            self.officer.choices = [(str(NOBODY), _l("no officer yet")), *map(named, officers)]
        else:
            del self.officer


def in_days(days: int) -> str:
    return str(ngettext("%(num)d day", "%(num)d days", days))


def named(officer: User) -> tuple[str, str]:
    return str(officer.id), officer.full_name


class KeepForm(Form):
    """A name for what the list is narrowed to."""

    name = TextField(_l("Keep this filter as"), [required(_l("Give the filter a name."))], longest=NAME)
