"""Forms about the person, from identity to documents; and the filters of the list."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, ValidationError

from app.clients.forms.fields import IinField, NameField, OfficerField, PhoneField, answered, not_in_future
from app.clients.iin import check, contradictions
from app.clients.iin_words import IIN_CONTRADICTIONS
from app.clients.legal_bases import legal_bases
from app.clients.vocabulary import (
    LABELS,
    Citizenship,
    DocumentKind,
    DocumentState,
    Education,
    Employment,
    Family,
    IinUnknown,
    Registration,
    Sex,
    Stage,
)
from app.clock import today
from app.offices.queries import regions_on
from app.web.forms import ChoiceField, DateField, Form, NumberField, OneOfField, TextField, choices_of
from app.web.languages import LANGUAGES, text_in

CHOOSE = _l("Choose an answer")
MOST_DEPENDANTS = 30  # more is a slip of the finger


def worded(kind: Any) -> list[tuple[Any, Any]]:
    return choices_of(kind, LABELS[kind])


def basis_choices() -> list[tuple[str, str]]:
    return [(basis.code, text_in(basis.names)) for basis in legal_bases().values()]


class IdentityForm(Form):
    """Who the person is. The IIN checks the birth date and the sex, and is never their source."""

    surname = NameField(_l("Surname"), [answered(_l("Enter the surname, as in the identity document."))])
    given_name = NameField(_l("Given name"), [answered(_l("Enter the given name, as in the identity document."))])
    patronymic = NameField(_l("Patronymic"), [Optional()])
    born_on = DateField(_l("Birth date"), [answered(_l("Enter the birth date.")), not_in_future])
    sex = OneOfField(_l("Sex"), [answered(_l("Choose the sex."))], choices=worded(Sex))
    iin = IinField(_l("IIN"), description=_l("12 digits. They are compared with the birth date and the sex."))
    iin_unknown = ChoiceField(
        _l("If the IIN is unknown, why"), [Optional()], blank=_l("The IIN is known"), choices=worded(IinUnknown)
    )
    citizenship = ChoiceField(
        _l("Citizenship"), [answered(_l("Choose the citizenship."))], choices=worded(Citizenship),
        default=Citizenship.KZ,
    )  # fmt: skip
    language = OneOfField(
        _l("Language to be served in"), [answered(_l("Choose a language."))], choices=list(LANGUAGES.items())
    )
    phone = PhoneField(_l("Telephone"), [Optional()])

    def validate_iin(self, field: IinField) -> None:
        if field.data and self.iin_unknown.data:
            raise ValidationError(_("Either enter the IIN, or say why it is unknown; not both."))
        if not field.data and not self.iin_unknown.data and not field.errors:
            raise ValidationError(_("Enter the IIN, or say why it is unknown."))
        if field.data:
            known = check(field.data, demonstration=True)  # the field has already refused what is not allowed here
            for contradiction in contradictions(known, self.born_on.data, self.sex.data):
                field.errors = [*field.errors, IIN_CONTRADICTIONS[contradiction]]


class AddressForm(Form):
    """Where the person lives from a day on, and how they are registered there."""

    region_code = ChoiceField(
        _l("Region"), [answered(_l("Choose the region."))], blank=CHOOSE, choices=[], validate_choice=False
    )
    text = TextField(_l("Address"), [answered(_l("Enter the address: town or village, street, house, flat."))])
    registration = OneOfField(
        _l("Registration at this address"), [answered(_l("Choose how the person is registered."))],
        choices=worded(Registration),
    )  # fmt: skip
    lives_from = DateField(
        _l("Lives there since"), [answered(_l("Enter the day since which the person lives there.")), not_in_future]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ((region.code, region.name_on(today())) for region in regions_on(today()))
        self.region_code.choices = [(code, text_in(name)) for code, name in names]


class CircumstancesForm(Form):
    """How the person lives: education, work, family."""

    education = ChoiceField(
        _l("Education"), [answered(_l("Choose the education."))], choices=worded(Education), default=Education.UNKNOWN
    )
    employment = ChoiceField(
        _l("Employment"), [answered(_l("Choose the employment."))], choices=worded(Employment),
        default=Employment.UNKNOWN,
    )  # fmt: skip
    workplace = TextField(_l("Place of work or study"), [Optional()])
    family = ChoiceField(
        _l("Family"), [answered(_l("Choose the family status."))], choices=worded(Family), default=Family.UNKNOWN
    )
    dependants = NumberField(
        _l("Dependants"), [answered(_l("Enter how many people depend on the person; 0 if nobody."))],
        most=MOST_DEPENDANTS, default=0, description=_l("Children and others whom the person supports."),
    )  # fmt: skip


class ChangedCircumstancesForm(CircumstancesForm):
    from_on = DateField(_l("Since"), [answered(_l("Enter the day since which this is so.")), not_in_future])


class RepresentativeForm(Form):
    """Who speaks for a person under 18."""

    representative_name = NameField(_l("Full name of the representative"), [Optional()])
    relation = TextField(
        _l("Relation to the person"), [Optional()], longest=100,
        description=_l("For example mother, guardian, representative of guardianship authorities"),
    )  # fmt: skip
    representative_phone = PhoneField(_l("Telephone of the representative"), [Optional()])

    def is_begun(self) -> bool:
        return any((self.representative_name.data, self.relation.data, self.representative_phone.data))

    def asks_for_representative(self) -> bool:
        """Name, relation and telephone are needed together; each that is missing says so at its field."""
        needed = (
            (self.representative_name, _("Enter the full name. A person under 18 needs a representative.")),
            (self.relation, _("Enter who the representative is to the person.")),
            (self.representative_phone, _("Enter a telephone number by which the representative is reached.")),
        )
        for field, message in needed:
            if not field.data and not field.errors:
                field.errors = [message]
        return not any(field.errors for field, _message in needed)


class NewRepresentativeForm(RepresentativeForm):
    from_on = DateField(_l("Since"), [answered(_l("Enter the day since which this is so.")), not_in_future])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return self.asks_for_representative() and valid


def sentence_case(kind: DocumentKind) -> str:
    words = str(kind.label)
    return words[:1].upper() + words[1:]


class DocumentsForm(Form):
    """Which documents the person holds and which are missing; never copies of them."""

    def states(self) -> list[tuple[DocumentKind, ChoiceField]]:
        return [(kind, self[kind.value]) for kind in DocumentKind]


for kind in DocumentKind:
    label, states = LazyString(sentence_case, kind), worded(DocumentState)
    setattr(DocumentsForm, kind.value, ChoiceField(label, [Optional()], blank=_l("not asked yet"), choices=states))


class FiltersForm(Form):
    """What narrows the list of people."""

    stage = ChoiceField(_l("Stage"), blank=_l("any"), choices=worded(Stage))
    legal_basis = ChoiceField(_l("Legal basis"), blank=_l("any"), choices=[], validate_choice=False)
    officer_id = OfficerField(_l("Officer"), blank=_l("any"))
    register = ChoiceField(
        _l("Register"),
        choices=[("on", _l("on the register")), ("off", _l("off the register")), ("both", _l("on it or off it"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legal_basis.choices = basis_choices()
