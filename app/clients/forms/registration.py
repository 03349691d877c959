"""The form that puts a person on the register together with the first case, so that nothing is typed twice."""

from typing import Any

from flask_babel import gettext as _

from app.clients.forms.cases import NewCaseForm
from app.clients.forms.people import AddressForm, CircumstancesForm, IdentityForm, RepresentativeForm
from app.clients.models import ADULT
from app.clock import today
from app.web.dates import age_on

IDENTITY = ("surname", "given_name", "patronymic", "born_on", "sex", "iin", "iin_unknown", "citizenship")
CONTACT = ("language", "phone", "region_code", "text", "registration", "lives_from")
REPRESENTATIVE = ("representative_name", "relation", "representative_phone")
TERM = ("term_from", "term_to", "registered_on")
CASE = ("legal_basis", "stage", "body", "court", "judged_on", "in_force_on", "act_number", "articles", "erdr", *TERM)


class RegistrationForm(IdentityForm, AddressForm, CircumstancesForm, RepresentativeForm, NewCaseForm):
    """Everything about a person that an officer asks once."""

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        born_on = self.born_on.data
        checks = [valid, self.born_before_judgment(born_on)]
        if self.is_begun() or (born_on and age_on(born_on, today()) < ADULT):
            checks.append(self.asks_for_representative())
        if born_on and self.lives_from.data and self.lives_from.data < born_on:
            self.lives_from.errors = [_("This is earlier than the birth date. Check both dates.")]
            checks.append(False)
        return all(checks)
