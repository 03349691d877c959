"""A short form for each kind of contact: one page, one thumb, and no question that this kind does not need."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Optional

from app.clients.vocabulary import LABELS
from app.supervision.contacts.noting import Found, Told
from app.supervision.contacts.vocabulary import Condition, ContactKind, Means, Seen, TalkAbout, Whom
from app.web.forms import (
    CarriedField,
    DateField,
    Form,
    NumberField,
    OneOfField,
    ProseField,
    TextField,
    choices_of,
    required,
)

LONGEST = 600  # minutes: ten hours is a slip of the finger
NOBODY = "nobody"

# What each kind asks, in this order.
ASKED: dict[ContactKind, tuple[str, ...]] = {
    ContactKind.TALK: ("whom", "about", "words", "minutes", "on"),
    ContactKind.CALL: ("whom", "words", "minutes", "on"),
    ContactKind.MESSAGE: ("means", "whom", "answered", "words", "on"),
    ContactKind.HOME_VISIT: ("whom", "words", "minutes", "on"),
    ContactKind.WORKPLACE: ("place", "whom", "words", "minutes", "on"),
    ContactKind.INSPECTION: (
        "on", "whom", "body", "representative", "present", "condition", "own_place", "provided_for", "cared_for",
        "safe", "found", "advised",
    ),
}  # fmt: skip
CARRIED = ("csrf_token", "receipt", "version", "back")  # on every page
EVERYBODY = tuple(Whom)
AT_HOME = (Whom.PERSON, Whom.FAMILY, Whom.REPRESENTATIVE)
WHOM: dict[ContactKind, tuple[LazyString, tuple[Whom, ...], LazyString | None]] = {
    ContactKind.TALK: (_l("With whom?"), (*AT_HOME, Whom.OTHER), None),
    ContactKind.CALL: (_l("Who was on the line?"), EVERYBODY, _l("nobody answered")),
    ContactKind.MESSAGE: (_l("To whom?"), EVERYBODY, None),
    ContactKind.HOME_VISIT: (_l("Whom did you meet?"), (*AT_HOME, Whom.OTHER), _l("nobody was at home")),
    ContactKind.WORKPLACE: (
        _l("Whom did you meet?"), (Whom.PERSON, Whom.EMPLOYER, Whom.SCHOOL, Whom.OTHER), _l("nobody was there"),
    ),
    ContactKind.INSPECTION: (_l("Who opened the door?"), AT_HOME, None),
}  # fmt: skip
SEEN_CHOICES = choices_of(Seen, LABELS[Seen])


def seen(label: LazyString, otherwise: LazyString) -> OneOfField:
    return OneOfField(label, [required(otherwise)], coerce=Seen, choices=SEEN_CHOICES)


class ContactForm(Form):
    """A contact of one kind: the page asks only for what this kind needs."""

    on = DateField(_l("On which day"), [required(_l("Enter the day."))])
    whom = OneOfField(_l("With whom?"), [required(_l("Choose whom."))], coerce=str)
    answered = BooleanField(_l("They answered"))
    about = OneOfField(
        _l("About what?"), [required(_l("Choose what it was about."))], coerce=TalkAbout,
        choices=choices_of(TalkAbout, LABELS[TalkAbout]),
    )  # fmt: skip
    means = OneOfField(
        _l("How was it sent?"), [required(_l("Choose how it was sent."))], coerce=Means,
        choices=choices_of(Means, LABELS[Means]),
    )  # fmt: skip
    place = TextField(_l("Where the person works or studies"), [required(_l("Write the place."))], longest=200)
    minutes = NumberField(_l("How many minutes"), [Optional()], least=1, most=LONGEST)
    words = ProseField(_l("In a few words"), [Optional()], longest=2000, render_kw={"rows": 3})
    body = TextField(_l("Guardianship body"), [required(_l("Write which guardianship body took part."))], longest=200)
    representative = TextField(
        _l("Who came for it"), [required(_l("Write who came for the guardianship body."))], longest=200,
        description=_l("Name and post"),
    )  # fmt: skip
    present = TextField(
        _l("Who else was there"), [Optional()], longest=200,
        description=_l("Parents, others of the household, a teacher, a psychologist"),
    )  # fmt: skip
    condition = OneOfField(
        _l("How is the home?"), [required(_l("Choose how the home is."))], coerce=Condition,
        choices=choices_of(Condition, LABELS[Condition]),
    )  # fmt: skip
    own_place = seen(
        _l("Is there a place of one's own to sleep and to study?"),
        _l("Choose whether there is a place of one's own to sleep and to study."),
    )
    provided_for = seen(
        _l("Are there food, clothes and warmth?"), _l("Choose whether there are food, clothes and warmth.")
    )
    cared_for = seen(_l("Do the adults look after the person?"), _l("Choose whether the adults look after the person."))
    safe = seen(_l("Is the person safe here?"), _l("Choose whether the person is safe here."))
    found = ProseField(
        _l("What the inspection found"), [required(_l("Write what the inspection found."))], longest=3000,
        render_kw={"rows": 4},
        description=_l("It is printed in the act."),
    )  # fmt: skip
    back = CarriedField()
    advised = ProseField(_l("What is to be done, by whom and by when"), [Optional()], longest=2000,
                         render_kw={"rows": 3})  # fmt: skip

    def __init__(self, kind: ContactKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind
        for name in [one.name for one in self if one.name not in {*ASKED[kind], *CARRIED}]:
            del self[name]
        question, people, nobody = WHOM[kind]
        self.whom.label.text = question
        self.whom.choices = [(one.value, one.label) for one in people] + ([(NOBODY, nobody)] if nobody else [])
        if kind is ContactKind.MESSAGE:
            self.words.label.text = _("What was written")

    @property
    def asked(self) -> tuple[str, ...]:
        return ASKED[self.kind]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        said: dict[str, Any] = self.data
        if "words" in self and not said["words"] and "other" in {said.get("whom"), said.get("about")}:
            self.words.errors = [*self.words.errors, _("“Other” alone says nothing. Write it in words.")]
            return False
        if valid and (found := self.findings()) and found.is_amiss and not found.advised:
            self.advised.errors = [_("Something is amiss in this home. Write what is to be done about it.")]
            return False
        return valid

    def told(self) -> Told:
        said: dict[str, Any] = self.data
        nobody = said["whom"] == NOBODY
        return Told(
            kind=self.kind,
            on=said["on"],
            whom=Whom.PERSON if nobody else Whom(said["whom"]),
            reached=said["answered"] if self.kind is ContactKind.MESSAGE else not nobody,
            found=self.findings(),
            **{name: said.get(name) for name in ("minutes", "about", "means", "place", "words")},
        )

    def findings(self) -> Found | None:
        """What the inspection found; None for every other kind."""
        if self.kind is not ContactKind.INSPECTION:
            return None
        return Found(**{name: self.data[name] for name in Found.__dataclass_fields__})


class WithdrawalForm(Form):
    """Why something noted or planned should not be."""

    reason = ProseField(_l("Why?"), [required(_l("Write why."))], longest=1000, render_kw={"rows": 3})
