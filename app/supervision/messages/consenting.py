"""Taking a person's consent to be reminded, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.models import ADULT, Client, NotPossible
from app.db import db
from app.supervision.messages.models import ReminderConsent, ReminderConsentWithdrawal
from app.supervision.messages.vocabulary import Channel
from app.supervision.norms import norm
from app.web.months import MONTHS, months_after

NORM = "reminder-consent"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person agrees to."""

    channel: Channel
    address: str
    names_service: bool
    given_on: date
    representative: str | None


def until(client: Client, given_on: date) -> date:
    """The first day on which a consent no longer stands: by the norm, and a representative's when one comes of age."""
    by_norm = norm(NORM, given_on).after(given_on)
    of_age = months_after(client.born_on, MONTHS * ADULT)
    return min(by_norm, of_age) if client.is_minor_on(given_on) else by_norm


def agree(client: Client, to: Agreed, by: User, on: date, at: datetime) -> ReminderConsent:
    """A consent, which takes the place of the one before it. Raises NotPossible when it could not stand.

    The person stays locked until the commit, so that two officers at once cannot both replace the same one.
    """
    if to.given_on > on:
        raise NotPossible(_("A consent cannot be given in the future. Check the date."))
    ends = until(client, to.given_on)
    if ends <= on:
        raise NotPossible(_("A consent given on that day has ended already. Ask the person again."))
    if client.is_minor_on(to.given_on) != bool(to.representative):
        raise NotPossible(_("For a person under 18, and only then, enter who consented as their representative."))
    hold(client)
    standing = latest_of(client)
    if standing is not None and standing.withdrawal is None:
        standing.withdrawal = ReminderConsentWithdrawal(by_id=by.id, at=at)
    consent = ReminderConsent(
        client_id=client.id, channel=to.channel, address=to.address, names_service=to.names_service,
        representative=to.representative, given_on=to.given_on, until_on=ends, by=by, at=at,
    )  # fmt: skip
    db.session.add(consent)
    return consent


def take_back(consent: ReminderConsent, by: User, at: datetime) -> None:
    """Take a consent back, once. Raises NotPossible when somebody did, or a later consent took its place."""
    hold(consent.client)
    db.session.refresh(consent, ["withdrawal"])
    if consent.withdrawal is not None:
        raise NotPossible(_("This consent was taken back already."))
    consent.withdrawal = ReminderConsentWithdrawal(by_id=by.id, at=at)


def hold(client: Client) -> None:
    """Keep everybody else from this person's consents until this is saved."""
    db.session.execute(select(Client.id).where(Client.id == client.id).with_for_update())


def latest_of(client: Client) -> ReminderConsent | None:
    """The consent that counts, whether it stands or not."""
    own = select(ReminderConsent).where(ReminderConsent.client_id == client.id)
    latest = own.order_by(ReminderConsent.id.desc()).limit(1).execution_options(populate_existing=True)
    return db.session.scalars(latest).one_or_none()
