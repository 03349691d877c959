"""What may be typed about volunteers and mentors, their matches and the sessions held."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError
from wtforms.validators import Optional

from app.clients.vocabulary import LABELS
from app.sessions.admission import Obstacle, is_too_young
from app.sessions.consent import is_given_for
from app.sessions.logbook import Held
from app.sessions.matching import Terms
from app.sessions.models import Match
from app.sessions.vocabulary import OBSTACLE_LABELS, Absence, Medium
from app.web.forms import (
    ChoiceField,
    DateField,
    Form,
    NumberField,
    OneOfField,
    ProseField,
    SeveralField,
    TextField,
    TimeField,
    choices_of,
    required,
)

MET, YES, NO = "met", "yes", "no"
NOT_MET = {
    Absence.DID_NOT_COME: _l("No: did not come"),
    Absence.WARNED: _l("No: said beforehand that they could not come"),
    Absence.ILLNESS: _l("No: illness"),
    Absence.HELPER_COULD_NOT: _l("No: I could not come"),
}


class HelperForm(Form):
    """What the service knows of a volunteer or mentor."""

    born_on = DateField(
        _l("Birth date"),
        [required(_l("Enter the birth date, as in the identity document."))],
        description=_l("Volunteers and mentors are 18 or older. For example 22.11.1990"),
    )
    undertaking_on = DateField(
        _l("Undertaking of confidentiality signed on"),
        [Optional()],
        description=_l("Without it nobody is matched. For example 22.11.2026"),
    )
    organisation = TextField(_l("Organisation that they come from"), [Optional()])

    def __init__(self, *args: Any, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def validate_born_on(self, field: DateField) -> None:
        if field.data and self.on and is_too_young(field.data, self.on):
            raise ValidationError(OBSTACLE_LABELS[Obstacle.UNDER_AGE])

    def validate_undertaking_on(self, field: DateField) -> None:
        if field.data and self.on and field.data > self.on:
            raise ValidationError(_("It cannot have been signed in the future. Check the date."))


class ConsentForm(Form):
    """The person's consent, its term, and what the helper may know."""

    given_on = DateField(
        _l("Consent given on"),
        [required(_l("Nobody is matched without the person's consent. Enter the day on which it was given."))],
    )
    until_on = DateField(
        _l("Consent stands until"),
        [required(_l("Enter the day from which the consent no longer stands."))],
        description=_l("From this day on it no longer stands. A year after it was given at most."),
    )
    names_phone = BooleanField(_l("The helper may know the telephone number"))
    names_address = BooleanField(_l("The helper may know the address"))
    representative = TextField(
        _l("Legal representative who consented"),
        [Optional()],
        description=_l("The person is under 18: their representative consents with them."),
    )

    def for_person(self, born_on: date, day: date) -> None:
        """Ask for a representative only where there has to be one."""
        if not is_given_for(born_on, self.given_on.data or day):
            del self.representative

    @property
    def terms(self) -> Terms:
        said: dict[str, Any] = self.data
        return Terms(
            said["given_on"], said["until_on"], said["names_phone"], said["names_address"], said.get("representative")
        )


class MatchForm(ConsentForm):
    """Who helps, from when on, and with what."""

    helper_id = ChoiceField(
        _l("Volunteer or mentor"),
        [required(_l("Choose who is to help."))],
        coerce=int,
        blank=_l("Choose …"),
    )
    goals = SeveralField(_l("Goals of the programme to help with"), [Optional()])
    starts_on = DateField(_l("Help begins on"), [required(_l("Enter the day on which the help begins."))])

    def offer(self, helpers: Sequence[tuple[int, str]], goals: Sequence[tuple[str, str]]) -> None:
        self.helper_id.choices = list(helpers)
        self.goals.choices = list(goals)
        if not goals:
            del self.goals


class GoalsForm(Form):
    goals = SeveralField(_l("Goals of the programme to help with"), [Optional()])


class WithdrawalForm(Form):
    words = ProseField(_l("What the person said"), [Optional()], longest=1000)


class EndingForm(Form):
    on = DateField(_l("Help ended on"), [required(_l("Enter the day on which the help ended."))])
    words = ProseField(_l("How it ended, and why"), [required(_l("Write in a few words how the help ended."))])


class QuestionForm(Form):
    words = ProseField(
        _l("Question to the volunteer or mentor"),
        [required(_l("Write what you want to know."))],
        longest=1000,
        description=_l("They see these words. Do not name offences, health or the family name."),
    )


class ReplyForm(Form):
    words = ProseField(_l("Your answer"), [required(_l("Write your answer."))], longest=1000)


class LogForm(Form):
    """One session, short enough for a phone."""

    on = DateField(_l("Day"), [required(_l("Enter the day of the session."))])
    starts_at = TimeField(_l("Began at"), [required(_l("Enter when it began, for example 9:30."))])
    outcome = ChoiceField(
        _l("Did you meet or talk?"),
        [required(_l("Say whether you met or talked."))],
        choices=[(MET, _l("Yes")), *((reason.value, words) for reason, words in NOT_MET.items())],
        default=MET,
    )
    length = OneOfField(_l("How long?"), choices=[("30", _l("30 min")), ("60", _l("1 h")), ("90", _l("1 h 30 min"))])
    minutes = NumberField(_l("Or so many minutes"))
    medium = ChoiceField(
        _l("How?"),
        [required(_l("Say how you met or talked."))],
        choices=choices_of(Medium, LABELS[Medium]),
        coerce=Medium,
        default=Medium.IN_PERSON,
    )
    place = TextField(_l("Where"), [Optional()])
    done = ProseField(_l("What did you do?"), description=_l("A few words are enough."), render_kw={"rows": 3})
    goal_thread = ChoiceField(_l("Which goal did it serve?"), blank=_l("None of these"))
    has_concern = OneOfField(
        _l("Is anything worrying you?"),
        [required(_l("Say whether anything is worrying you."))],
        choices=[(NO, _l("No")), (YES, _l("Yes"))],
        default=NO,
    )
    concern = ProseField(
        _l("If yes, what?"), description=_l("The probation officer sees this first."), render_kw={"rows": 3}
    )

    def for_goals(self, goals: Sequence[tuple[str, str]]) -> None:
        self.goal_thread.choices = list(goals)
        if not goals:
            del self.goal_thread

    @property
    def whole_minutes(self) -> int:
        """Minutes that were typed go before the quick choice."""
        typed = self.minutes.data
        return int(self.length.data or 0) if typed is None else int(typed)

    @property
    def held(self) -> Held:
        said: dict[str, Any] = self.data
        return Held(
            on=said["on"],
            starts_at=said["starts_at"],
            minutes=self.whole_minutes,
            medium=said["medium"],
            place=said["place"],
            absence=None if said["outcome"] == MET else Absence(said["outcome"]),
            done=said["done"],
            goal_thread=said.get("goal_thread"),
            is_worried=said["has_concern"] == YES,
            concern=said["concern"],
        )


def goals_form(match: Match, goals: Sequence[tuple[str, str]]) -> GoalsForm:
    form = GoalsForm(goals=sorted(match.threads))
    form.goals.choices = list(goals)
    return form
