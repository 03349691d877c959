"""What may be typed about people and their cases, and the words that refuse it."""

from app.clients.forms.cases import BodyForm, CaseForm, NewCaseForm, StageForm
from app.clients.forms.events import EventForm, EventWithdrawalForm
from app.clients.forms.movement import AnswerForm, DeregistrationForm, TransferForm
from app.clients.forms.people import (
    AddressForm,
    ChangedCircumstancesForm,
    DocumentsForm,
    FiltersForm,
    IdentityForm,
    NewRepresentativeForm,
)
from app.clients.forms.registration import RegistrationForm

__all__ = [
    "AddressForm", "AnswerForm", "BodyForm", "CaseForm", "ChangedCircumstancesForm", "DeregistrationForm",
    "DocumentsForm", "EventForm", "EventWithdrawalForm", "FiltersForm", "IdentityForm", "NewCaseForm",
    "NewRepresentativeForm", "RegistrationForm", "StageForm", "TransferForm",
]  # fmt: skip
