"""Build the link through which a service answers a referral."""

from app.assistance.models import Referral
from app.assistance.models.links import ProviderLink
from app.assistance.provider.links import make_link
from app.clock import now, today
from app.db import db
from tests.factories.referrals import make_referral


def make_provider_link(referral: Referral | None = None) -> tuple[ProviderLink, str]:
    """A link made today by the officer of the referral, and its token."""
    referral = referral or make_referral()
    made = make_link(referral, referral.made_by, today(), now())
    db.session.commit()
    return made
