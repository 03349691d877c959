"""What may be typed about a referral, and the words that refuse it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.assessments.models import Need
from app.assistance.catalogue.terms import answer_takes
from app.assistance.models import Service
from app.assistance.referrals.needs import need_in_words
from app.assistance.referrals.referring import Asked, Reminded, Told
from app.assistance.referrals.vocabulary import DeclineReason, DropReason, Event, Means, Result
from app.clients.vocabulary import LABELS
from app.clock import today
from app.web.dates import WrongDate, parse_date
from app.web.forms import (
    CarriedField,
    ChoiceField,
    DateField,
    Form,
    OneOfField,
    ProseField,
    TypedField,
    choices_of,
    required,
)
from app.web.languages import text_in

LONGEST_WHY, LONGEST_WORDS = 2000, 2000
MOST_DAYS = 31  # days of attendance at once
BETWEEN_DAYS = re.compile(r"[,;\n]+")


class ReferralForm(Form):
    """A referral on one short page: to which service, and why."""

    service_id = OneOfField(_l("Service"), [required(_l("Choose the service."))], coerce=int)
    why = ProseField(
        _l("What the person is referred for"),
        [required(_l("Write what the person is referred for."))],
        longest=LONGEST_WHY,
        description=_l("It is printed in the letter. Write only what the service needs in order to help: nothing about "
                       "the offence, the assessment or health."),
        render_kw={"rows": 4},
    )  # fmt: skip
    need_code = ChoiceField(_l("Need that it answers"), [Optional()], blank=_l("none of those found"))
    shares_contact = BooleanField(
        _l("The person agrees that the letter names their telephone and address"),
        description=_l("Without this consent the letter names only the person and the year of birth."),
    )
    made_on = DateField(_l("Referred on"), [required(_l("Enter the day of the referral."))])
    elsewhere = CarriedField()  # the service of another region that was confirmed

    def offer(self, services: Sequence[Service], needs: Iterable[Need], on: date) -> None:
        self.service_id.choices = [(service.id, service_in_words(service, on)) for service in services]
        self.need_code.choices = [(need.code, need_in_words(need.code)) for need in needs]

    def asked(self, step_thread: str | None) -> Asked:
        said: dict[str, Any] = self.data
        return Asked(
            why=said["why"], made_on=said["made_on"], need_code=said["need_code"], step_thread=step_thread,
            shares_contact=said["shares_contact"],
        )  # fmt: skip


def service_in_words(service: Service, on: date) -> str:
    return _(
        "%(service)s – %(organisation)s; answers within %(term)s",
        service=text_in(service), organisation=text_in(service.organisation), term=answer_takes(service, on),
    )  # fmt: skip


class DaysField(TypedField):
    """One day or several, with commas between them."""

    wrong = WrongDate
    advice = _l("One of these is no date. Write day, month and year, with commas between: 20.11.2026, 22.11.2026.")

    def read(self, text: str) -> list[date]:
        return sorted({parse_date(part, today()) for part in BETWEEN_DAYS.split(text) if part.strip()})

    def write(self, value: list[date]) -> str:
        return ", ".join(day.strftime("%d.%m.%Y") for day in value)


class EventForm(Form):
    """One event of a referral: the page asks only for what this event needs."""

    days = DaysField(
        _l("Days"), [required(_l("Enter the day."))], description=_l("Several days: write commas between them.")
    )
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    result = OneOfField(
        _l("What came of it"), [required(_l("Choose what came of it."))], coerce=Result,
        choices=choices_of(Result, LABELS[Result]),
        description=_l("A consultation alone is not the help that was asked for; it is counted apart."),
    )  # fmt: skip
    declined = OneOfField(
        _l("Why the service declined"), [required(_l("Choose the reason."))], coerce=DeclineReason,
        choices=choices_of(DeclineReason, LABELS[DeclineReason]),
    )  # fmt: skip
    dropped = OneOfField(
        _l("Why the help stopped"), [required(_l("Choose the reason."))], coerce=DropReason,
        choices=choices_of(DropReason, LABELS[DropReason]),
    )  # fmt: skip
    words = ProseField(_l("In words"), [Optional()], longest=LONGEST_WORDS, render_kw={"rows": 3})

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(data={"on": today(), "days": [today()]}, **kwargs)
        self.event = event
        for name, needed in self.needed().items():
            if not needed:
                del self[name]
        if event is Event.WITHDRAWN:
            self.words.label.text = _("Why it is withdrawn")
            self.words.flags.optional = False

    def needed(self) -> dict[str, bool]:
        several = self.event is Event.ATTENDED
        return {
            "days": several, "on": not several, "result": self.event is Event.DONE,
            "declined": self.event is Event.DECLINED, "dropped": self.event is Event.DROPPED,
        }  # fmt: skip

    @property
    def asked_for(self) -> list[str]:
        return [name for name in ("on", "days", "result", "declined", "dropped", "words") if name in self]

    @property
    def reason(self) -> DeclineReason | DropReason | None:
        said: dict[str, Any] = self.data
        return said.get("declined") or said.get("dropped")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.event is Event.ATTENDED and len(self.days.data or ()) > MOST_DAYS:
            self.days.errors = [_("Enter at most %(most)d days at once.", most=MOST_DAYS)]
            valid = False
        if self.words.data or self.words.errors:
            return valid
        if self.event is Event.WITHDRAWN:
            self.words.errors = [_("Write why the referral is withdrawn.")]
            return False
        if "other" in {self.data.get("result"), self.reason}:
            self.words.errors = [_("“Other” alone says nothing. Write it in words.")]
            return False
        return valid

    def told(self) -> list[Told]:
        said: dict[str, Any] = self.data
        days = said["days"] if self.event is Event.ATTENDED else [said["on"]]
        return [Told(self.event, day, self.reason, said.get("result"), said["words"]) for day in days]


class ReminderForm(Form):
    how = OneOfField(
        _l("How"), [required(_l("Choose how the provider was reminded."))], coerce=Means,
        choices=choices_of(Means, LABELS[Means]),
    )  # fmt: skip
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    words = ProseField(_l("What was said"), [Optional()], longest=LONGEST_WORDS, render_kw={"rows": 3})

    def reminded(self) -> Reminded:
        said: dict[str, Any] = self.data
        return Reminded(said["how"], said["on"], said["words"])
