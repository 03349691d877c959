"""One-purpose links: through one of them a service answers one referral, and does nothing else."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assistance.models.referrals import Referral
from app.db import Base, Key, Moment


class ProviderLink(Base):
    """A link to one referral, made by an officer for the service. Never changed.

    Purpose: measure 21, the service's own answer; kept with the referral. Only a keyed digest of the token is here:
    whoever reads the database cannot open the page. ``expires_on`` is the last day on which it works.
    """

    __tablename__ = "provider_links"

    id: Mapped[Key]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[Moment]

    referral: Mapped[Referral] = relationship()
    made_by: Mapped[User] = relationship()
    withdrawal: Mapped["LinkWithdrawal | None"] = relationship(lazy="joined")

    @property
    def about_client_id(self) -> int:
        return self.referral.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.referral.holders


class LinkWithdrawal(Base):
    """The fact that a link was taken back, or replaced by a newer one. Never changed; kept with the referral."""

    __tablename__ = "provider_link_withdrawals"

    link_id: Mapped[int] = mapped_column(ForeignKey("provider_links.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class LinkReceipt(Base):
    """A form of the service's that was taken in. Purpose: a second press of the button does nothing; kept with it."""

    __tablename__ = "provider_link_receipts"

    link_id: Mapped[int] = mapped_column(ForeignKey("provider_links.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[Moment] = mapped_column(index=True)
