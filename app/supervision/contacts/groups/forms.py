"""What may be typed about a group event, its list, and who came."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms.validators import Optional

from app.clients.cases import Case
from app.clients.vocabulary import LABELS
from app.supervision.contacts.groups.holding import Answer, Planned
from app.supervision.contacts.models import GroupParticipant
from app.supervision.contacts.vocabulary import Attended, GroupKind
from app.web.addresses import record_number
from app.web.forms import (
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

HOUR, LONGEST = 60, 720  # minutes


class PeopleField(SeveralField):
    """People ticked in a list, by the numbers of their cases: as they came, so that nobody is taken twice."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [record_number(text) or 0 for text in valuelist]

    def pre_validate(self, form: Any) -> None:
        """Which of them may be chosen is for the view to find: a search offers others than those ticked before."""

    def offer(self, chosen: Iterable[Case], found: Iterable[Case]) -> None:
        """First those ticked, then those found."""
        lines = {case.id: case for case in (*chosen, *found)}
        self.choices = [
            (number, _("%(person)s, case %(number)s", person=case.client.full_name, number=case.number))
            for number, case in lines.items()
        ]


class ListForm(Form):
    """Whom an event is for. The search button only looks for more people; nothing typed is lost."""

    words = TextField(_l("Find by name"), [Optional()], longest=100)
    people = PeopleField(_l("Participants"), coerce=int)

    def refuse_strangers(self, cases: Sequence[Case]) -> bool:
        """Whether everybody ticked may be chosen, and nobody twice; else the field says so."""
        given = self.people.data or []
        if set(given) - {case.id for case in cases}:
            self.people.errors = [_("Choose only people in the list.")]
        elif len(set(given)) < len(given):
            self.people.errors = [_("The same person is chosen twice. Tick each of them once.")]
        return not self.people.errors


class EventForm(ListForm):
    kind = OneOfField(
        _l("Kind"), [required(_l("Choose the kind of event."))], coerce=GroupKind,
        choices=choices_of(GroupKind, LABELS[GroupKind]),
    )  # fmt: skip
    title = TextField(_l("What it is called"), [required(_l("Write what the event is called."))], longest=200)
    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    time = TimeField(_l("Begins at"), [Optional()])
    minutes = NumberField(_l("How many minutes"), [Optional()], least=1, most=LONGEST)
    place = TextField(_l("Where"), [Optional()], longest=200)
    about = ProseField(_l("What it is about"), [Optional()], longest=2000, render_kw={"rows": 3})

    def planned(self) -> Planned:
        said: dict[str, Any] = self.data
        time = said["time"]
        return Planned(
            kind=said["kind"], title=said["title"], on=said["on"],
            minute=time.hour * HOUR + time.minute if time else None, minutes=said["minutes"], place=said["place"],
            words=said["about"],
        )  # fmt: skip


class AttendanceForm(Form):
    """``attendance_form`` adds ``came_…`` and ``words_…`` for each participant, by their numbers."""

    def answers(self, participants: Iterable[GroupParticipant]) -> dict[int, Answer]:
        """What was told; nothing of those of whom nothing was."""
        said: dict[str, Any] = self.data
        return {
            row.id: Answer(said[f"came_{row.id}"], said[f"words_{row.id}"])
            for row in participants
            if said[f"came_{row.id}"]
        }


def attendance_form(participants: Sequence[GroupParticipant]) -> AttendanceForm:
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for row in participants:
        came, words = f"came_{row.id}", f"words_{row.id}"
        fields[came] = OneOfField(row.client.full_name, coerce=Attended, choices=choices_of(Attended, LABELS[Attended]))
        fields[words] = TextField(note_on(row.client.full_name), longest=200)
        if last := row.attendance:
            data |= {came: last.kind, words: last.words}
    form: AttendanceForm = type("AttendanceOfList", (AttendanceForm,), fields)(data=data)
    return form


def note_on(name: str) -> Markup:
    """The label of a note: whose it is stands above it already, and is read aloud once more."""
    label = Markup('{note}<span class="visually-hidden">: {name}</span>')
    return label.format(note=_("A note, or what proves the reason"), name=name)
