"""What may be typed about a release, and the words that refuse it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.assistance.release.items import Item
from app.assistance.release.plan import ItemLine, Plan
from app.assistance.release.planning import Arranged, Expected
from app.assistance.release.vocabulary import FirstNight, ItemState, Meets, ReleaseGround
from app.clients.forms.fields import PhoneField, answered, not_in_future
from app.clients.vocabulary import LABELS
from app.web.forms import (
    DateField,
    Form,
    OneOfField,
    ProseField,
    SeveralField,
    TextField,
    choices_of,
    required,
)
from app.web.languages import text_in

DAYS = range(1, 11)  # the first ten days


class PlanForm(Form):
    """A form over a plan that two people may change at the same time."""

    def fits(self, plan: Plan) -> bool:
        """Whether the form may be saved: valid, and nobody changed the plan since the form was opened."""
        if not self.is_submitted():
            self.version.data = plan.stamp
            return False
        seen, self.version.data = self.version.data, plan.stamp
        valid = self.validate()
        if seen == plan.stamp:
            return valid
        self.form_errors.append(
            _("The plan was changed while you were typing, perhaps in another window. Look at it, then save again.")
        )
        return False


class DayForm(PlanForm):
    on = DateField(_l("Expected day of release"), [answered(_l("Enter the expected day."))])
    ground = OneOfField(
        _l("Ground"),
        [required(_l("Choose the ground."))],
        coerce=ReleaseGround,
        choices=choices_of(ReleaseGround, LABELS[ReleaseGround]),
    )
    is_named = BooleanField(
        _l("Relatives and the probation service are told six months before"),
        description=_l(
            "Article 167(4) asks it for disability of groups I and II, pregnancy, small children and minors. "
            "Only that it applies is kept, never which of them."
        ),
    )
    words = ProseField(_l("Why the day moved"), [Optional()], longest=1000)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.words

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if "words" in self and not self.words.data and not self.words.errors:
            self.words.errors = [_("Write why the day moved.")]
            return False
        return valid

    def expected(self) -> Expected:
        """The answers of a form that fits."""
        given: dict[str, Any] = self.data
        return Expected(given["on"], given["ground"], given["is_named"], given.get("words"))


class DecisionForm(Form):
    """What became of one item; which answers there are depends on the item."""

    state = OneOfField(
        _l("What became of it"), [required(_l("Choose what became of it."))], coerce=ItemState, choices=[]
    )
    on = DateField(_l("Date"), [answered(_l("Enter the date.")), not_in_future])
    words = ProseField(_l("Words"), [Optional()], longest=1000, description=_l("Needed when it is not possible: why."))

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [(state.value, state.label) for state in item.states]
        if item.only_done:
            del self.words

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.state.data == ItemState.NOT_POSSIBLE and not self.words.data and not self.words.errors:
            self.words.errors = [_("Write why it is not possible.")]
            return False
        return valid


class SeveralForm(Form):
    """Several items done, ticked on the page of the plan."""

    codes = SeveralField(_l("Done"), [required(_l("Tick what is done."))], choices=[])
    on = DateField(_l("Done on"), [answered(_l("Enter the date.")), not_in_future])

    def __init__(self, *args: Any, lines: Iterable[ItemLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes.choices = [
            (line.item.code, text_in(line.item.text)) for line in lines if line.is_open and line.item.states
        ]


class WithdrawalForm(Form):
    reason = ProseField(
        _l("Why the decision is withdrawn"), [required(_l("Write why the decision is withdrawn."))], longest=1000
    )


class ArrangementForm(PlanForm):
    """Who meets the person, the first night, and the first ten days."""

    meets = OneOfField(
        _l("Who meets the person at the gate"),
        [required(_l("Choose who meets the person."))],
        coerce=Meets,
        choices=choices_of(Meets, LABELS[Meets]),
    )
    meets_name = TextField(_l("Name of who meets"), [Optional()])
    meets_phone = PhoneField(_l("Telephone of who meets"), [Optional()])
    first_night = OneOfField(
        _l("First night"),
        [required(_l("Choose where the first night is spent."))],
        coerce=FirstNight,
        choices=choices_of(FirstNight, LABELS[FirstNight]),
    )
    first_night_place = TextField(_l("Address of the first night"), [Optional()])
    visit_on = DateField(_l("First visit to the probation service"), [answered(_l("Enter the day of the visit."))])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.meets.data and self.meets.data != Meets.NOBODY and not self.meets_name.data:
            self.meets_name.errors = [_("Write the name of who meets the person.")]
            valid = False
        if self.first_night.data == FirstNight.OTHER and not self.first_night_place.data:
            self.first_night_place.errors = [_("Write where the first night is spent.")]
            valid = False
        if not any(self.days().values()):
            self["day_1"].errors = [_("Plan at least one of the first ten days.")]
            valid = False
        return valid

    def days(self) -> dict[int, str]:
        """What is planned, by the number of the day; empty days are left out."""
        found = {number: self[f"day_{number}"].data for number in DAYS}
        return {number: text for number, text in found.items() if text}

    def arranged(self) -> Arranged:
        """The answers of a form that fits."""
        given: dict[str, Any] = self.data
        return Arranged(
            given["meets"], given["meets_name"], given["meets_phone"], given["first_night"],
            given["first_night_place"], given["visit_on"], self.days(),
        )  # fmt: skip


for _number in DAYS:
    setattr(ArrangementForm, f"day_{_number}", TextField(_l("Day %(number)d", number=_number), [Optional()]))


class ReleasedForm(Form):
    on = DateField(_l("Day of release"), [answered(_l("Enter the day.")), not_in_future])
    is_met = OneOfField(
        _l("Was the person met at the gate"),
        [required(_l("Choose whether the person was met."))],
        choices=[("yes", _l("yes, the person was met")), ("no", _l("no, nobody met the person"))],
    )
    words = ProseField(
        _l("Words"),
        [Optional()],
        longest=1000,
        description=_l("Needed when nobody met the person, and when an earlier note is put right."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.is_met.data == "no" and not self.words.data and not self.words.errors:
            self.words.errors = [_("Write why nobody met the person.")]
            return False
        return valid


class VisitForm(Form):
    has_come = OneOfField(
        _l("Did the person come"),
        [required(_l("Choose whether the person came."))],
        choices=[("yes", _l("yes, the person came")), ("no", _l("no, the person did not come in time"))],
    )
    on = DateField(_l("Date"), [answered(_l("Enter the date.")), not_in_future])
    words = ProseField(_l("Words"), [Optional()], longest=1000)
