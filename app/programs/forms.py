"""What may be typed about a programme, and the words that refuse it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.assessments.models import Need
from app.clients.vocabulary import LABELS
from app.clock import today
from app.programs.models import Version
from app.programs.vocabulary import Consenting, Doer, Outcome, StepState, Verdict
from app.programs.wording import area_in_words
from app.web.formats import format_date
from app.web.forms import ChoiceField, DateField, Form, OneOfField, ProseField, TextField, choices_of, required

LONGEST_TERM = timedelta(days=5 * 366)  # a later date is a slip of the finger


class DraftForm(Form):
    """A form over a part of a draft; the whole draft is what two people must not change at the same time."""

    def fits(self, version: Version) -> bool:
        """Whether the form may be saved: valid, and nobody changed the draft since the form was opened."""
        if not self.is_submitted():
            self.version.data = str(version.version)
            return False
        seen, self.version.data = self.version.data, str(version.version)
        valid = self.validate()
        if seen == str(version.version):
            return valid
        self.form_errors.append(
            _("The draft was changed while you were typing, perhaps in another window. Look at it, then save again.")
        )
        return False


class DatesForm(DraftForm):
    starts_on = DateField(_l("Starts on"), [required(_l("Enter the day on which the programme starts."))])
    review_on = DateField(_l("To be reviewed on"), [required(_l("Enter the day of the first review."))])

    def answers(self) -> tuple[Any, ...]:
        return self.starts_on.data, self.review_on.data

    def validate_review_on(self, field: DateField) -> None:
        start = self.starts_on.data
        if start and field.data and field.data <= start:
            raise ValidationError(_("The review comes after the start. Enter a later date."))
        if start and field.data and field.data > start + LONGEST_TERM:
            raise ValidationError(_("This is too far ahead. Check the year."))


class GoalForm(DraftForm):
    text = TextField(
        _l("Goal"),
        [required(_l("Write the goal."))],
        description=_l("What the person wants to reach, in plain words."),
    )
    need_code = ChoiceField(_l("Need that it answers"), [Optional()], blank=_l("none of those found"))

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need_code.choices = [(need.code, area_in_words(need.code)) for need in needs]


class StepForm(DraftForm):
    text = TextField(_l("What is to be done"), [required(_l("Write what is to be done."))])
    doer = ChoiceField(
        _l("Who does it"),
        [required(_l("Choose who does it."))],
        blank=_l("choose"),
        coerce=Doer,
        choices=choices_of(Doer, LABELS[Doer]),
    )
    due_on = DateField(_l("By when"), [required(_l("Enter the day by which it is to be done."))])

    def __init__(self, *args: Any, starts_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on

    def answers(self) -> tuple[Any, ...]:
        return self.text.data, self.doer.data, self.due_on.data

    def validate_due_on(self, field: DateField) -> None:
        if field.data and field.data < self.starts_on:
            start = format_date(self.starts_on)
            raise ValidationError(_("The programme starts on %(date)s. Enter that day or a later one.", date=start))
        if field.data and field.data > self.starts_on + LONGEST_TERM:
            raise ValidationError(_("This is too far ahead. Check the year."))


class DeclineForm(DraftForm):
    reason = ProseField(
        _l("Why it is not taken"), [required(_l("Write why the suggestion does not fit."))], longest=1000
    )


class PastDay:
    """A day that has come already."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet. Check the date."))


class AgreementForm(DraftForm):
    answer = OneOfField(
        _l("What the person says to the programme"),
        [required(_l("Choose what the person says."))],
        coerce=Consenting,
        choices=choices_of(Consenting, LABELS[Consenting]),
    )
    words = ProseField(
        _l("In the person's words"),
        [Optional()],
        longest=2000,
        description=_l("Needed when the person refuses or agrees in part: what exactly, and why."),
    )
    representative = TextField(_l("Legal representative"), [Optional()], description=_l("Full name, for a minor."))
    on = DateField(_l("Date of the talk"), [required(_l("Enter the date of the talk.")), PastDay()])

    def __init__(self, *args: Any, minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minor = minor
        if not minor:
            del self.representative

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.answer.data in {Consenting.REFUSED, Consenting.AGREED_IN_PART} and not self.words.data:
            self.words.errors = [*self.words.errors, _("Write down what the person said.")]
            valid = False
        if self.minor and not self.representative.data:
            self.representative.errors = [_("The person is under 18. Name the legal representative.")]
            valid = False
        return valid


class ReturnForm(DraftForm):
    words = ProseField(_l("What is to be mended"), [required(_l("Write what is to be mended."))], longest=2000)


class ProgressForm(Form):
    state = OneOfField(
        _l("How the step stands"),
        [required(_l("Choose how the step stands."))],
        coerce=StepState,
        choices=choices_of(StepState, LABELS[StepState]),
    )
    on = DateField(_l("Since when"), [required(_l("Enter the date.")), PastDay()])
    note = ProseField(_l("Note"), [Optional()], longest=2000)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.state.data in {StepState.CANNOT_YET, StepState.NOT_NEEDED} and not self.note.data:
            self.note.errors = [*self.note.errors, _("Write why.")]
            return False
        return valid


class ReviewForm(Form):
    on = DateField(_l("Date of the review"), [required(_l("Enter the date.")), PastDay()])
    words = ProseField(_l("What was found"), [required(_l("Write what the review found."))])
    verdict = OneOfField(
        _l("What is decided"),
        [required(_l("Choose what is decided."))],
        coerce=Verdict,
        choices=choices_of(Verdict, LABELS[Verdict]),
    )
    next_review_on = DateField(_l("Next review"), [Optional()])

    def validate_next_review_on(self, field: DateField) -> None:
        if self.on.data and field.data and field.data <= self.on.data:
            raise ValidationError(_("The next review comes after this one. Enter a later date."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.verdict.data == Verdict.CONTINUE and not self.next_review_on.data and not self.next_review_on.errors:
            self.next_review_on.errors = [_("The programme goes on: enter the day of the next review.")]
            return False
        return valid


class ClosureForm(Form):
    on = DateField(_l("Date"), [required(_l("Enter the date.")), PastDay()])
    outcome = OneOfField(
        _l("Outcome"),
        [required(_l("Choose the outcome."))],
        coerce=Outcome,
        choices=choices_of(Outcome, LABELS[Outcome]),
    )
    words = ProseField(_l("What was reached, and what comes next"), [required(_l("Write what was reached."))])
