"""What may be typed when a programme is agreed, decided, looked back at and closed, and the words that refuse it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.clients.forms.fields import not_in_future
from app.clients.models import Client
from app.clients.vocabulary import LABELS
from app.programs.decisions.terms import latest_review
from app.programs.forms import DraftForm
from app.programs.models import Goal, Version
from app.programs.vocabulary import Consenting, GoalOutcome, Outcome, StepState, Verdict
from app.programs.wording import goal_in_words
from app.web.formats import format_date
from app.web.forms import (
    ChoiceField,
    DateField,
    Form,
    OneOfField,
    ProseField,
    SeveralField,
    TextField,
    choices_of,
    required,
)

# Outcomes that no officer chooses: another programme takes this one up, and closes it.
BY_ITSELF = {Outcome.CONTINUED}


class AgreementForm(DraftForm):
    answer = OneOfField(
        _l("What the person says to the programme"),
        [required(_l("Choose what the person says."))],
        coerce=Consenting,
        choices=choices_of(Consenting, LABELS[Consenting]),
    )
    not_agreed = SeveralField(
        _l("Goals that the person does not agree to"), [Optional()], description=_l("Only where they agree in part.")
    )
    words = ProseField(
        _l("In the person's words"),
        [Optional()],
        longest=2000,
        description=_l(
            "Needed unless the person simply agrees: what they object to and why, or why they could not answer."
        ),
    )
    representative = TextField(
        _l("Legal representative"), [Optional()], description=_l("Full name. Needed, because the person is under 18.")
    )
    present = TextField(
        _l("Who was present"),
        [Optional()],
        description=_l("Beside the person and the officer: names, and who they are."),
    )
    on = DateField(_l("Date of the talk"), [required(_l("Enter the date of the talk.")), not_in_future])

    def __init__(self, *args: Any, client: Client, goals: Iterable[Goal], minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        self.not_agreed.choices = [(goal.thread, goal_in_words(goal)) for goal in goals]
        if not minor:
            del self.representative

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        answer, said = self.answer.data, bool(self.words.data)
        if answer in {Consenting.REFUSED, Consenting.AGREED_IN_PART} and not said:
            valid = refuse(self.words, _("Write down what the person said."))
        if answer == Consenting.COULD_NOT_ANSWER and not said:
            valid = refuse(self.words, _("Write why the person could not answer."))
        if answer == Consenting.AGREED_IN_PART and not self.not_agreed.data:
            valid = refuse(self.not_agreed, _("Choose the goals that the person does not agree to."))
        if "representative" in self and self.is_of_a_minor:
            if not self.representative.data:
                valid = refuse(self.representative, _("The person is under 18. Name the legal representative."))
            if not self.present.data:
                valid = refuse(self.present, _("The person is under 18. Write who was present."))
        return valid

    @property
    def is_of_a_minor(self) -> bool:
        return self.on.data is not None and self.client.is_minor_on(self.on.data)


def refuse(field: Any, sentence: str) -> bool:
    """Say at a field what is wrong with it; the answer is that the form is not valid."""
    field.errors = [*field.errors, sentence]
    return False


class ReturnForm(Form):
    words = ProseField(_l("What is to be mended"), [required(_l("Write what is to be mended."))], longest=2000)

    def fits(self, version: Version) -> bool:
        """Whether the submission may be returned: there are words, and it is the one that was read."""
        seen, self.version.data = self.version.data, str(version.version)
        if not self.is_submitted():
            return False
        valid = self.validate()
        if seen == str(version.version):
            return valid
        self.form_errors.append(_("This version has changed since you opened it. Read it again, then decide."))
        return False


class ProgressForm(Form):
    state = OneOfField(
        _l("How the step stands"),
        [required(_l("Choose how the step stands."))],
        coerce=StepState,
        choices=choices_of(StepState, LABELS[StepState]),
    )
    on = DateField(_l("Since when"), [required(_l("Enter the date.")), not_in_future])
    note = ProseField(_l("Note"), [Optional()], longest=2000)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.state.data in {StepState.CANNOT_YET, StepState.NOT_NEEDED} and not self.note.data:
            return refuse(self.note, _("Write why."))
        return valid


class ReviewForm(Form):
    on = DateField(_l("Date of the review"), [required(_l("Enter the date.")), not_in_future])
    words = ProseField(_l("What was found"), [required(_l("Write what the review found."))])
    verdict = OneOfField(
        _l("What is decided"),
        [required(_l("Choose what is decided."))],
        coerce=Verdict,
        choices=choices_of(Verdict, LABELS[Verdict]),
    )
    next_review_on = DateField(
        _l("Next review"), [Optional()], description=_l("Needed when the programme goes on as it is.")
    )

    def validate_next_review_on(self, field: DateField) -> None:
        if not self.on.data or not field.data:
            return
        if field.data <= self.on.data:
            raise ValidationError(_("The next review comes after this one. Enter a later date."))
        if field.data > (latest := latest_review(self.on.data)):
            day = format_date(latest)
            raise ValidationError(_("This is later than the norm allows. Enter %(date)s or an earlier day.", date=day))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.verdict.data == Verdict.CONTINUE and not self.next_review_on.data and not self.next_review_on.errors:
            return refuse(self.next_review_on, _("The programme goes on: enter the day of the next review."))
        return valid


class ClosureForm(Form):
    """The end of a programme. The goals of the version in force are asked about one by one, by their threads."""

    on = DateField(_l("Date"), [required(_l("Enter the date.")), not_in_future])
    outcome = OneOfField(
        _l("Outcome of the programme"),
        [required(_l("Choose the outcome."))],
        coerce=Outcome,
        choices=[(one.value, LABELS[Outcome][one]) for one in Outcome if one not in BY_ITSELF],
    )
    words = ProseField(_l("What was reached, and what comes next"), [required(_l("Write what was reached."))])
    further = ProseField(
        _l("For the person: what helps further"),
        [Optional()],
        longest=2000,
        description=_l("Printed in the letter to the person, in plain words."),
    )
    contacts = ProseField(
        _l("For the person: whom to call"),
        [Optional()],
        longest=1000,
        description=_l("Printed in the letter: names, telephone numbers, opening hours."),
    )

    @property
    def outcomes(self) -> dict[str, GoalOutcome]:
        """What came of each goal, by its thread."""
        return {field.short_name.removeprefix(GOAL): field.data for field in self if field.name.startswith(GOAL)}


GOAL = "goal_"  # begins the name of a field that asks about one goal


def closure_form(goals: Iterable[Goal], on: date, reached: dict[str, GoalOutcome], contacts: str | None) -> ClosureForm:
    """The form with one question for each goal; ``reached`` is what is known of them already."""

    class OfTheseGoals(ClosureForm):
        pass

    for goal in goals:
        question = ChoiceField(
            goal_in_words(goal),
            [required(_l("Choose what came of this goal."))],
            blank=_l("choose"),
            coerce=GoalOutcome,
            choices=choices_of(GoalOutcome, LABELS[GoalOutcome]),
            default=reached.get(goal.thread),
        )
        setattr(OfTheseGoals, GOAL + goal.thread, question)
    return OfTheseGoals(on=on, contacts=contacts)
