"""What may be typed about violations and answers, and the words that refuse it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.clients.vocabulary import LABELS
from app.supervision.calendar.vocabulary import LABELS as OF_CALENDAR
from app.supervision.calendar.vocabulary import ValidReason
from app.supervision.violations.catalogue import Breach
from app.supervision.violations.delivering import Decided, Handed
from app.supervision.violations.drafting import Asked, SetAside, Text
from app.supervision.violations.models import AnswerDraft, Violation
from app.supervision.violations.recording import Breached, Excused, Explained
from app.supervision.violations.vocabulary import Addressee, CourtOutcome, Means
from app.supervision.violations.wording import article_of, breach_in_words
from app.web.formats import format_date
from app.web.forms import (
    CarriedField,
    DateField,
    Form,
    NumberField,
    OneOfField,
    ProseField,
    SeveralField,
    TextField,
    choices_of,
    required,
)
from app.web.languages import text_in

LONGEST, PAPER = 2000, 12000
MOST_MONTHS = 60
MONTHS = "{months}"
TO_PERSON = (Means.IN_PERSON, Means.REFUSED_TO_SIGN, Means.REPRESENTATIVE, Means.POST, Means.ELECTRONIC)
TO_COURT = (Means.COURIER, Means.POST, Means.ELECTRONIC)


class ViolationForm(Form):
    code = OneOfField(_l("What was broken"), [required(_l("Choose what was broken."))])
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    words = ProseField(
        _l("What happened"), [Optional()], longest=LONGEST, render_kw={"rows": 3},
        description=_l("What you know, not what you suppose. It goes into the draft of an answer."),
    )  # fmt: skip
    evidence = TextField(
        _l("What shows it"), [Optional()],
        description=_l("Which paper, of whom, of which day. The paper itself stays in the file."),
    )  # fmt: skip

    def offer(self, kinds: Sequence[Breach]) -> None:
        self.code.choices = [(one.code, kind_in_words(one)) for one in kinds]

    def told(self) -> Breached:
        said: dict[str, Any] = self.data
        return Breached(said["code"], said["on"], said["words"], said["evidence"])


def kind_in_words(kind: Breach) -> str:
    source = article_of(kind)
    return _("%(what)s (%(source)s)", what=text_in(kind.texts), source=source) if source else text_in(kind.texts)


class ExplanationForm(Form):
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    words = ProseField(_l("What the person says"), [Optional()], longest=LONGEST, render_kw={"rows": 4})
    is_refused = BooleanField(_l("The person was asked, and would not explain"))
    paper = TextField(_l("Written explanation"), [Optional()], description=_l("Of which day, how many sheets."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.words.errors and not self.words.data and not self.is_refused.data:
            self.words.errors = [_("Write what the person says, or tick that they would not explain.")]
            return False
        return valid

    def told(self) -> Explained:
        said: dict[str, Any] = self.data
        return Explained(said["on"], said["words"], said["paper"], said["is_refused"])


class ExcuseForm(Form):
    reason = OneOfField(
        _l("Valid reason"), [required(_l("Choose the reason."))], coerce=ValidReason,
        choices=choices_of(ValidReason, OF_CALENDAR[ValidReason]),
    )  # fmt: skip
    proof = TextField(
        _l("What proves it"), [required(_l("Write what proves it: a reason counts when a paper shows it."))],
        description=_l("Which paper, of whom, of which day. Nothing about the illness itself."),
    )  # fmt: skip
    words = ProseField(_l("In words"), [Optional()], longest=LONGEST, render_kw={"rows": 2})

    def told(self) -> Excused:
        said: dict[str, Any] = self.data
        return Excused(said["reason"], said["proof"], said["words"])


class ReasonForm(Form):
    """Why something is taken back or returned."""

    reason = ProseField(_l("Why?"), [required(_l("Write why."))], longest=LONGEST, render_kw={"rows": 3})


class TextForm(Form):
    """The text of an answer in both languages, and the months that it asks for."""

    months = NumberField(_l("How many months longer"), [Optional()], least=1, most=MOST_MONTHS)
    kk = ProseField(
        _l("Text in Kazakh"), [required(_l("Write the text in Kazakh."))], longest=PAPER,
        render_kw={"rows": 14, "lang": "kk"},
    )  # fmt: skip
    ru = ProseField(
        _l("Text in Russian"), [required(_l("Write the text in Russian."))], longest=PAPER,
        render_kw={"rows": 14, "lang": "ru"},
    )  # fmt: skip

    def __init__(self, *args: Any, obj: AnswerDraft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        if obj is not None:
            self.ask_months(obj.months is not None)

    def ask_months(self, asks: bool) -> None:
        if asks:
            self.months.description = _("The number takes the place of %(word)s in the text.", word=MONTHS)
            self.months.flags.optional = False
        elif "months" in self:
            del self.months

    def text(self) -> Text:
        said: dict[str, Any] = self.data
        months = said.get("months")
        kk, ru = (said[name].replace(MONTHS, str(months)) if months else said[name] for name in ("kk", "ru"))
        return Text(kk, ru, months)


class AnswerForm(TextForm):
    """A new answer: to which violations, and its text."""

    violations = SeveralField(_l("Violations that it answers"), coerce=int)

    def offer(self, violations: Sequence[Violation]) -> None:
        self.violations.choices = [(one.id, line_of(one)) for one in violations]
        if not violations:
            del self.violations

    def asked(self, measure: str, rule: str | None) -> Asked:
        said: dict[str, Any] = self.data
        return Asked(measure, self.text(), tuple(said.get("violations") or ()), rule)


def line_of(one: Violation) -> str:
    return _("%(date)s: %(what)s", date=format_date(one.on), what=breach_in_words(one.code))


class SignatureForm(Form):
    """The head signs what was opened: the page carries which text that was."""

    draft = CarriedField()

    @property
    def seen(self) -> int:
        typed = self.draft.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() else 0


class ReturnForm(SignatureForm):
    words = ProseField(
        _l("What is to be mended"), [required(_l("Write what is to be mended."))], longest=LONGEST,
        render_kw={"rows": 3},
    )  # fmt: skip


class DeliveryForm(Form):
    """To whom a signed answer was handed: the address says to whom."""

    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    means = OneOfField(_l("How"), [required(_l("Choose how."))], coerce=Means)
    words = ProseField(_l("In words"), [Optional()], longest=LONGEST, render_kw={"rows": 2})

    def offer(self, to: Addressee) -> None:
        self.means.choices = [(one.value, one.label) for one in (TO_COURT if to is Addressee.COURT else TO_PERSON)]

    def told(self, to: Addressee) -> Handed:
        said: dict[str, Any] = self.data
        return Handed(to, said["on"], said["means"], said["words"])


class DecisionForm(Form):
    outcome = OneOfField(
        _l("The court"), [required(_l("Choose what the court decided."))], coerce=CourtOutcome,
        choices=choices_of(CourtOutcome, LABELS[CourtOutcome]),
    )  # fmt: skip
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    act = TextField(_l("Act of the court"), [required(_l("Write which act of which court."))])
    months = NumberField(_l("How many months longer"), [Optional()], least=1, most=MOST_MONTHS)
    words = ProseField(_l("In words"), [Optional()], longest=LONGEST, render_kw={"rows": 2})

    def ask_months(self, asks: bool) -> None:
        if not asks:
            del self.months

    @property
    def asked(self) -> list[str]:
        return [name for name in ("outcome", "on", "act", "months", "words") if name in self]

    def told(self) -> Decided:
        said: dict[str, Any] = self.data
        return Decided(said["on"], said["outcome"], said["act"], said.get("months"), said["words"])


class SetAsideForm(Form):
    words = ProseField(
        _l("Why you do not follow it"), [required(_l("Write why you do not follow the proposal."))], longest=LONGEST,
        render_kw={"rows": 3},
    )  # fmt: skip
    again_on = DateField(
        _l("Propose it again from"), [Optional()], description=_l("Leave it empty if it is settled for good.")
    )

    def told(self, rule: str, violations: tuple[int, ...]) -> SetAside:
        said: dict[str, Any] = self.data
        return SetAside(rule, violations, said["words"], said["again_on"])
