"""Making, finding and withdrawing the links through which services answer."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.access.policy import Permission
from app.assistance.models import Referral
from app.assistance.models.links import LinkReceipt, LinkWithdrawal, ProviderLink
from app.assistance.provider.life import Life, life_of
from app.audit.models import Entry, Kind
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.reach import cases_within
from app.db import db, keyed_digest, one_or_404
from app.supervision.norms import norm

TOKEN_BYTES = 32  # some 10 ** 77 tokens: none is found by trying
LONGEST_TOKEN = 64  # characters; what is longer was never made here
NORM = "provider-link"
SUBJECT = ProviderLink.__name__.lower()  # what the journal calls a link
HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 60  # openings and answers through one link; a person at work comes nowhere near


@dataclass(frozen=True, slots=True)
class Seen:
    """A link as its officer sees it: how it stands, how often it was opened, and when last."""

    link: ProviderLink
    life: Life
    openings: int
    last_at: datetime | None


def digest_of(token: str) -> str:
    return keyed_digest(token, "provider-link")


def make_link(referral: Referral, by: User, on: date, at: datetime) -> tuple[ProviderLink, str]:
    """A link to a referral that goes on, and its token, which is nowhere kept. An earlier link stops working.

    The caller holds the referral.
    """
    if is_finished(referral):
        raise NotPossible(_("This referral has ended. There is nothing left for the service to answer."))
    for earlier in links_of(referral):
        if earlier.withdrawal is None:
            earlier.withdrawal = LinkWithdrawal(by_id=by.id, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_on = norm(NORM, on).after(max(referral.answer_by, on))
    link = ProviderLink(referral=referral, digest=digest_of(token), expires_on=expires_on, made_by_id=by.id, made_at=at)
    db.session.add(link)
    return link, token


def withdraw_link(link: ProviderLink, by: User, at: datetime) -> None:
    if link.withdrawal is not None:
        raise NotPossible(_("This link does not work any more already."))
    link.withdrawal = LinkWithdrawal(by_id=by.id, at=at)


def is_finished(referral: Referral) -> bool:
    return not referral.is_open or not referral.case.is_open


def life(link: ProviderLink, on: date) -> Life:
    return life_of(link.expires_on, link.withdrawal is not None, is_finished(link.referral), on)


def link_with(token: str) -> ProviderLink | None:
    """The link that a token opens; None for a token that was not made here."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    return db.session.scalars(
        select(ProviderLink).where(ProviderLink.digest == digest_of(token)).options(joinedload(ProviderLink.referral))
    ).one_or_none()


def get_link(actor: User, permission: Permission, link_id: int) -> ProviderLink:
    """A link to a referral of a case within reach; otherwise 404."""
    return one_or_404(
        select(ProviderLink)
        .join(ProviderLink.referral)
        .join(Referral.case)
        .where(ProviderLink.id == link_id, cases_within(actor, permission))
        .options(joinedload(ProviderLink.referral).joinedload(Referral.case).joinedload(Case.client))
    )


def links_of(referral: Referral) -> Sequence[ProviderLink]:
    """The links of a referral, the newest first."""
    own = select(ProviderLink).where(ProviderLink.referral_id == referral.id)
    return db.session.scalars(own.options(joinedload(ProviderLink.made_by)).order_by(ProviderLink.id.desc())).all()


def seen(referral: Referral, on: date) -> list[Seen]:
    """The links of a referral with what the journal says of each."""
    opened = (
        select(Entry.subject_id, func.count(), func.max(Entry.at))
        .where(Entry.client_id == referral.about_client_id, Entry.subject == SUBJECT, Entry.kind == Kind.READ)
        .where(Entry.actor_id.is_(None))
        .group_by(Entry.subject_id)
    )
    known = {row[0]: (row[1], row[2]) for row in db.session.execute(opened)}
    return [Seen(link, life(link, on), *known.get(link.id, (0, None))) for link in links_of(referral)]


def is_worn(link: ProviderLink, at: datetime) -> bool:
    """Whether a link is used more often than a person would: a program, or somebody who hammers at it."""
    uses = select(func.count()).where(
        Entry.client_id == link.about_client_id, Entry.subject == SUBJECT, Entry.subject_id == link.id,
        Entry.at > at - HOUR,
    )  # fmt: skip
    return (db.session.scalar(uses) or 0) >= MOST_IN_AN_HOUR


def was_taken(link: ProviderLink, receipt: str) -> bool:
    """Whether this very form came before."""
    return bool(receipt) and db.session.get(LinkReceipt, (link.id, receipt)) is not None


def take(link: ProviderLink, receipt: str, at: datetime) -> None:
    db.session.add(LinkReceipt(link_id=link.id, token=receipt, at=at))
