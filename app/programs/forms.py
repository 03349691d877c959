"""What may be typed about a programme, and the words that refuse it."""

from collections.abc import Callable
from datetime import date, timedelta
from textwrap import shorten
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError
from wtforms.validators import Optional

from app.assessments.models import Assessment
from app.assistance.vocabulary import Direction
from app.clients.forms.fields import not_in_future
from app.clients.models import NotPossible
from app.clients.vocabulary import LABELS
from app.clock import today
from app.programs.drafts.continuing import Heritage
from app.programs.drafts.drafting import Aims, Delivery, must_be_draft
from app.programs.models import Version
from app.programs.vocabulary import Doer, Phase
from app.programs.wording import area_in_words, goal_in_words
from app.web.formats import format_date
from app.web.forms import (
    ChoiceField,
    Clash,
    DateField,
    Form,
    NumberField,
    OneOfField,
    ProseField,
    SeveralField,
    TextField,
    choices_of,
    options,
    required,
    shown,
)

LONGEST_TERM = timedelta(days=5 * 366)  # a later date is a slip of the finger
MOST_HOURS = 1000  # more is a slip of the finger
NOTE = 160  # characters of a noted strength that a box shows


class DraftForm(Form):
    """A form over a part of a draft; the whole draft is what two people must not change at the same time."""

    def fits(self, version: Version, saved: Callable[[], Form] | None = None) -> bool:
        """Whether the form may be saved: valid, and nobody changed the draft since the form was opened.

        ``saved`` makes the form as it would open now; when somebody did change the draft, it is shown beside what was
        typed. A draft that cannot be changed any more refuses with its reason, and what was typed stays.
        """
        if not self.is_submitted():
            self.version.data = str(version.version)
            return False
        seen, self.version.data = self.version.data, str(version.version)
        valid = self.validate()
        try:
            must_be_draft(version)
        except NotPossible as reason:
            self.form_errors.append(str(reason))
            return False
        if seen == str(version.version):
            return valid
        self.form_errors.append(
            _("The draft was changed while you were typing, perhaps in another window. Look at it, then save again.")
        )
        if saved:
            pairs = ((mine, saved()[mine.name]) for mine in self if not isinstance(mine, HiddenField))
            self.clashes = [
                Clash(str(mine.label.text), answer_of(theirs), answer_of(mine))
                for mine, theirs in pairs
                if answer_of(mine) != answer_of(theirs)
            ]
        return False


def answer_of(field: Field) -> str:
    """What a field says, in words; of several boxes, those that are ticked."""
    if isinstance(field, SeveralField):
        return "; ".join(str(label) for value, label, *_rest in field.iter_choices() if value in (field.data or ()))
    return shown(field)


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


class OpeningForm(DatesForm):
    """The first draft's dates, and the goals that go on from an earlier programme."""

    goals = SeveralField(_l("Goals that go on"), [Optional()])

    def __init__(self, *args: Any, left: Heritage | None, **kwargs: Any) -> None:
        threads = [goal.thread for goal in left.goals] if left else []
        super().__init__(*args, goals=threads, **kwargs)
        self.goals.choices = options([(goal.thread, goal_in_words(goal)) for goal in left.goals] if left else [])
        if not threads:
            del self.goals

    def kept(self) -> tuple[str, ...]:
        """The threads of the goals to carry over."""
        return tuple(self["goals"].data or ()) if "goals" in self else ()


class GoalForm(DraftForm):
    text = TextField(
        _l("Goal"),
        [required(_l("Write the goal."))],
        description=_l("What the person wants to reach, in plain words."),
    )
    phase = OneOfField(
        _l("When it is worked on"),
        [required(_l("Choose when the goal is worked on."))],
        coerce=Phase,
        choices=choices_of(Phase, LABELS[Phase]),
        description=_l("A few goals at a time are enough; the others wait until there is room."),
    )
    target_on = DateField(_l("To be reached by"), [Optional()])
    need_code = ChoiceField(_l("Need that it answers"), [Optional()], blank=_l("none of those found"))
    areas = SeveralField(_l("Helps with, too"), [Optional()])
    strengths = SeveralField(
        _l("Strengths that it builds on"), [Optional()], description=_l("As the assessment noted them.")
    )
    own_strengths = TextField(
        _l("Other strengths"), [Optional()], description=_l("People, skills, habits that help to get there.")
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(need.code, area_in_words(need.code)) for need in assessment.needs]
        self.need_code.choices = named
        self.areas.choices = options(named)
        self.strengths.choices = options(
            [
                (note.domain_code, strength_in_words(note.domain_code, shorten(note.text, NOTE, placeholder=" …")))
                for note in assessment.notes
                if note.text
            ]
        )
        for field in (self.areas, self.strengths):
            if not field.choices:
                del self[field.name]

    def validate_target_on(self, field: DateField) -> None:
        if field.data and abs(field.data - today()) > LONGEST_TERM:
            raise ValidationError(_("This day is too far away. Check the year."))

    def aims(self) -> Aims:
        return Aims(
            phase=self.phase.data or Phase.ACTIVE,
            target_on=self.target_on.data,
            areas=tuple(self["areas"].data or ()) if "areas" in self else (),
            strengths=tuple(self["strengths"].data or ()) if "strengths" in self else (),
            own_strengths=self.own_strengths.data,
        )


def strength_in_words(code: str, text: str) -> str:
    """A strength with the area in which the assessment noted it."""
    return _("%(area)s: %(strength)s", area=area_in_words(code), strength=text)


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
    direction = ChoiceField(
        _l("Kind of help"),
        [Optional()],
        blank=_l("no service is needed"),
        coerce=Direction,
        choices=choices_of(Direction, LABELS[Direction]),
    )
    hours = NumberField(_l("Hours of contact, all together"), [Optional()], least=1, most=MOST_HOURS)

    def __init__(self, *args: Any, starts_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on

    def answers(self) -> tuple[Any, ...]:
        delivery = Delivery(self.direction.data, self.hours.data)
        return self.text.data, self.doer.data, self.due_on.data, delivery

    def validate_due_on(self, field: DateField) -> None:
        if field.data and field.data < self.starts_on:
            start = format_date(self.starts_on)
            raise ValidationError(_("The programme starts on %(date)s. Enter that day or a later one.", date=start))
        if field.data and field.data > self.starts_on + LONGEST_TERM:
            raise ValidationError(_("This is too far ahead. Check the year."))


class RemovalForm(DraftForm):
    note = ProseField(
        _l("Why it is removed"),
        [required(_l("Write why the goal is removed."))],
        longest=1000,
        description=_l("The goal stays visible with this reason, and can be taken back."),
    )


class GoalProgressForm(Form):
    on = DateField(_l("Since when"), [required(_l("Enter the date.")), not_in_future])
    note = ProseField(_l("Note"), [Optional()], longest=2000)


class DeclineForm(DraftForm):
    reason = ProseField(
        _l("Why it is not taken"), [required(_l("Write why the suggestion does not fit."))], longest=1000
    )
