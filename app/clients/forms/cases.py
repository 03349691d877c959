"""Forms about a case: its facts, its stage, and who supervises."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, ValidationError

from app.clients.forms.fields import OfficerField, answered, not_in_future
from app.clients.forms.people import CHOOSE, basis_choices, worded
from app.clients.legal_bases import legal_bases
from app.clients.vocabulary import Body, Stage
from app.clock import today
from app.web.forms import ChoiceField, DateField, Form, OneOfField, TextField

ERDR = re.compile(r"[0-9]{15}")  # a number in the unified register of pre-trial investigations


class CaseForm(Form):
    """Why the person is on the register, and for how long."""

    legal_basis = ChoiceField(
        _l("Legal basis"), [answered(_l("Choose the legal basis."))], blank=CHOOSE, choices=[], validate_choice=False
    )
    court = TextField(_l("Court or other body that decided"), [answered(_l("Enter who decided."))])
    judged_on = DateField(_l("Date of the judgment or decision"), [answered(_l("Enter the date.")), not_in_future])
    in_force_on = DateField(
        _l("Entry into force"), [Optional(), not_in_future],
        description=_l("Leave it empty while it is not known. The first appearance is due from this day."),
    )  # fmt: skip
    act_number = TextField(_l("Number of the judgment or decision"), [Optional()], longest=40)
    articles = TextField(
        _l("Articles"), [answered(_l("Enter the articles of the Criminal Code."))],
        description=_l("Articles of the Criminal Code, for example 188 part 2"),
    )  # fmt: skip
    erdr = TextField(_l("ERDR number"), [Optional()], description=_l("15 digits"), render_kw={"inputmode": "numeric"})
    term_from = DateField(_l("Term from"), [answered(_l("Enter the first day of the term."))])
    term_to = DateField(_l("Term to"), [Optional()], description=_l("Leave it empty if the term has no fixed end."))
    registered_on = DateField(
        _l("On the register since"), [answered(_l("Enter the day of registration.")), not_in_future]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legal_basis.choices = basis_choices()
        if not self.is_submitted() and self.registered_on.data is None:
            self.registered_on.data = today()

    def validate_erdr(self, field: TextField) -> None:
        if not ERDR.fullmatch(field.data):
            raise ValidationError(_("An ERDR number has exactly 15 digits."))

    def validate_in_force_on(self, field: DateField) -> None:
        if field.data and self.judged_on.data and field.data < self.judged_on.data:
            raise ValidationError(_("A judgment does not enter into force before it is made. Check both dates."))

    def validate_term_to(self, field: DateField) -> None:
        if self.term_from.data and field.data <= self.term_from.data:
            raise ValidationError(_("The term ends before it starts. Enter a day after its first day."))

    def validate_registered_on(self, field: DateField) -> None:
        if field.data and self.judged_on.data and field.data < self.judged_on.data:
            raise ValidationError(_("The judgment is later than the registration. Check both dates."))

    def born_before_judgment(self, born_on: Any) -> bool:
        """Whether the judgment and the term are later than the birth; if not, the sentence stands at that date."""
        said = (
            (self.judged_on, _("The judgment is not later than the birth date. Check both dates.")),
            (self.term_from, _("The term does not begin later than the birth date. Check both dates.")),
        )
        wrong = [(field, words) for field, words in said if born_on and field.data and field.data <= born_on]
        for field, words in wrong:
            field.errors = [words]
        return not wrong


class NewCaseForm(CaseForm):
    """A case as it comes onto the register."""

    stage = ChoiceField(_l("Stage"), [Optional()], blank=_l("The usual one on this legal basis"), choices=worded(Stage))
    body = ChoiceField(
        _l("Supervising body"), [Optional()], blank=_l("The usual one on this legal basis"), choices=worded(Body)
    )
    officer_id = OfficerField(
        _l("Responsible officer"), [answered(_l("Choose an officer of your office."))], blank=CHOOSE
    )

    def validate_stage(self, field: ChoiceField) -> None:
        basis = legal_bases().get(self.legal_basis.data or "")
        if basis and field.data not in basis.stages:
            stages = ", ".join(str(Stage(stage).label) for stage in basis.stages)
            raise ValidationError(_("On this legal basis a case stands at: %(stages)s.", stages=stages))

    def offer_officers(self, officers: Any) -> None:
        """Let the form choose among officers; None when the registering officer keeps the case."""
        if officers is None:
            del self.officer_id
        else:
            self.officer_id.offer(officers)


class StageForm(Form):
    stage = OneOfField(_l("New stage"), [answered(_l("Choose the stage."))], choices=worded(Stage))
    from_on = DateField(_l("Since"), [answered(_l("Enter the day since which this is so.")), not_in_future])


class BodyForm(Form):
    body = OneOfField(_l("Who supervises now"), [answered(_l("Choose the body."))], choices=worded(Body))
    from_on = DateField(_l("Since"), [answered(_l("Enter the day since which this is so.")), not_in_future])
