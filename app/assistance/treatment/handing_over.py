"""Handing over treatment: nothing without the person's consent, nothing more once it is taken back."""

from datetime import date

from flask_babel import gettext as _

from app.assistance.treatment.models import (
    Arrival,
    Handover,
    HandoverAnswer,
    TreatmentConsent,
    TreatmentWithdrawal,
)
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.offices.partners import Organisation
from app.supervision.norms import norm
from app.web.formats import format_date
from app.web.months import months_after
from app.web.refusals import WrongDay, must_have_come

LONGEST_CONSENT = 24  # months; a practice setting, not law: a consent that nobody asks about again wears out


def must_still_be_there(clinic: Organisation, day: date) -> None:
    if clinic.is_valid_on(day):
        return
    if clinic.valid_to and clinic.valid_to <= day:
        closed = format_date(clinic.valid_to)
        raise NotPossible(_("This clinic closed on %(date)s. Choose another one.", date=closed))
    raise NotPossible(_("This clinic is not open yet. Choose another one."))


def give_consent(case: Case, consent: TreatmentConsent, today: date) -> None:
    """Keep the person's consent: what, to whom, until when."""
    case.must_be_open()
    case.must_cover(consent.given_on, today)
    if consent.until_on <= max(consent.given_on, today):
        raise NotPossible(_("The consent would have ended already. Enter a later day of its end."))
    if consent.until_on > months_after(consent.given_on, LONGEST_CONSENT):
        raise NotPossible(
            _("A consent stands for %(months)d months at most. Enter an earlier day of its end.",
              months=LONGEST_CONSENT)
        )  # fmt: skip
    if case.client.is_minor_on(consent.given_on) and not consent.representative:
        raise NotPossible(_("The person is under 18. Name the legal representative."))
    must_still_be_there(consent.organisation, today)
    consent.case = case
    db.session.add(consent)


def take_back(consent: TreatmentConsent, withdrawal: TreatmentWithdrawal, today: date) -> None:
    """The person takes the consent back; from that moment nothing is handed over or shown."""
    if consent.withdrawal:
        raise NotPossible(_("The consent was taken back already."))
    if not consent.given_on <= withdrawal.on <= today:
        raise WrongDay(_("Enter a day from that of the consent to today."))
    consent.withdrawal = withdrawal


def must_stand(consent: TreatmentConsent, today: date) -> None:
    consent.case.must_be_open()
    if consent.withdrawal:
        raise NotPossible(_("The person took this consent back. Nothing can be handed over with it."))
    if not consent.stands_on(today):
        raise NotPossible(_("This consent has ended. Ask the person for a new one first."))


def hand_over(consent: TreatmentConsent, handover: Handover, today: date) -> None:
    """Note what the clinic was told. Raises NotPossible without a standing consent, and where the clinic closed."""
    must_stand(consent, today)
    must_have_come(handover.handed_on, today)
    if handover.handed_on < consent.given_on:
        given = format_date(consent.given_on)
        raise WrongDay(_("The consent was given on %(date)s. Nothing may have been handed over before it.", date=given))
    if handover.supplied_until and handover.supplied_until < handover.handed_on:
        raise NotPossible(_("Medicine cannot have run out before the handover. Check the day until when it lasts."))
    must_still_be_there(consent.organisation, handover.handed_on)
    handover.answer_by = norm("health-acceptance", handover.handed_on).after(handover.handed_on)
    handover.consent = consent
    db.session.add(handover)


def answer(handover: Handover, given: HandoverAnswer, today: date) -> None:
    """Note whether the clinic goes on with the treatment."""
    must_stand(handover.consent, today)
    if handover.answer:
        raise NotPossible(_("The clinic's answer is noted already."))
    refuse_day(handover, given.on, today)
    handover.answer = given


def arrive(handover: Handover, arrival: Arrival, today: date) -> None:
    """Note whether the person came to the clinic; who came has come, who did not may come later."""
    must_stand(handover.consent, today)
    if handover.answer is None or not handover.answer.is_accepted:
        raise NotPossible(_("Note first that the clinic goes on with the treatment."))
    if handover.has_arrived:
        raise NotPossible(_("The arrival is noted already."))
    refuse_day(handover, arrival.on, today)
    handover.arrivals.append(arrival)


def refuse_day(handover: Handover, day: date, today: date) -> None:
    if not handover.handed_on <= day <= today:
        raise WrongDay(_("Enter a day from that of the handover to today."))
