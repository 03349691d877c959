"""What may be typed about a search, and the words that refuse it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app.clients.vocabulary import LABELS
from app.supervision.searches.searching import Declared, Ended, Opened, Stepped
from app.supervision.searches.vocabulary import Ending, StepKind
from app.web.forms import DateField, Form, OneOfField, ProseField, TextField, choices_of, required

LONGEST = 2000


class SearchForm(Form):
    missed_on = DateField(_l("At which registration the person was missing"), [required(_l("Enter the day."))])
    started_on = DateField(
        _l("Searched for since"), [required(_l("Enter the day."))],
        description=_l("From this day the clocks of the case stand, until the person is found or comes."),
    )  # fmt: skip
    why = ProseField(
        _l("What is known"), [required(_l("Write what is known: who was asked, when the person was last seen."))],
        longest=LONGEST, render_kw={"rows": 3},
    )  # fmt: skip

    def told(self) -> Opened:
        said: dict[str, Any] = self.data
        return Opened(said["missed_on"], said["started_on"], said["why"])


class StepForm(Form):
    kind = OneOfField(
        _l("What was done"), [required(_l("Choose what was done."))], coerce=StepKind,
        choices=choices_of(StepKind, LABELS[StepKind]),
    )  # fmt: skip
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    words = ProseField(_l("What it brought"), [Optional()], longest=LONGEST, render_kw={"rows": 2})

    def told(self) -> Stepped:
        said: dict[str, Any] = self.data
        return Stepped(said["kind"], said["on"], said["words"])


class DeclarationForm(Form):
    on = DateField(_l("Declared wanted on"), [required(_l("Enter the day."))])
    court_act = TextField(
        _l("Act of the court"), [required(_l("Write which act of which court."))],
        description=_l("The court, and the number of its act."),
    )  # fmt: skip

    def told(self) -> Declared:
        said: dict[str, Any] = self.data
        return Declared(said["on"], said["court_act"])


class EndForm(Form):
    ending = OneOfField(
        _l("How it ended"), [required(_l("Choose how the search ended."))], coerce=Ending,
        choices=choices_of(Ending, LABELS[Ending]),
    )  # fmt: skip
    on = DateField(
        _l("On which day"), [required(_l("Enter the day."))],
        description=_l("From this day the clocks of the case run again."),
    )  # fmt: skip
    parents_told_on = DateField(
        _l("Parents or legal representatives called on"), [Optional()],
        description=_l("The person is under 18: they are called at once."),
    )  # fmt: skip
    words = ProseField(_l("In words"), [Optional()], longest=LONGEST, render_kw={"rows": 2})

    def __init__(self, is_minor: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not is_minor:
            del self.parents_told_on

    @property
    def asked(self) -> list[str]:
        return [name for name in ("ending", "on", "parents_told_on", "words") if name in self]

    def told(self) -> Ended:
        said: dict[str, Any] = self.data
        return Ended(said["ending"], said["on"], said["words"], said.get("parents_told_on"))
