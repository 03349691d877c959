"""Finding services and organisations: one record, or a list that its page and its export share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from app.access.models import User
from app.access.policy import Permission
from app.assistance.models import Referral, Service
from app.assistance.models.referrals import ReferralEvent
from app.assistance.referrals.course import ENDS
from app.assistance.vocabulary import Direction
from app.clients.cases import Case
from app.clients.naming import fold_query
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.offices.models import Region
from app.offices.partners import Organisation, OrganisationKind, Valid
from app.web.languages import LANGUAGES, STATE_LANGUAGE

AT_ONCE = 25  # rows on a page
MOST = 5000  # rows in an export
Row = TypeVar("Row", Service, Organisation)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some of the rows; the numbers of the outermost ones lead to the pages beside, where there are any."""

    rows: Sequence[Row]
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class Services:
    """A list of services by direction and name; an empty filter narrows nothing. ``is_open`` empty: all of them."""

    on: date
    words: str = ""
    direction: Direction | None = None
    region_code: str = ""
    is_open: bool | None = True
    language: str = STATE_LANGUAGE

    def statement(self) -> Select[Any]:
        statement = select(Service).join(Service.organisation).options(contains_eager(Service.organisation))
        for word in fold_query(self.words):
            statement = statement.where(or_(Service.folded.contains(word), Organisation.folded.contains(word)))
        if self.words and not fold_query(self.words):
            statement = statement.where(Service.id.is_(None))  # nothing that a name could hold
        if self.direction:
            statement = statement.where(Service.direction == self.direction)
        if self.region_code:
            statement = statement.where(Organisation.region_code == self.region_code)
        if self.is_open is not None:
            statement = statement.where(given_on(self.on) if self.is_open else ended_by(self.on))
        return statement

    def page(self, after: int | None = None, before: int | None = None) -> Page[Service]:
        edge = db.session.get(Service, after or before) if after or before else None
        columns = (Service.direction, in_order(Service, self.language), Service.id)
        return cut(self.statement(), columns, edge, back=after is None)

    def all(self) -> Sequence[Service]:
        columns = (Service.direction, in_order(Service, self.language), Service.id)
        return db.session.scalars(self.statement().order_by(*columns).limit(MOST)).all()


@dataclass(frozen=True, slots=True)
class Organisations:
    """A list of organisations in the order of their names."""

    on: date
    words: str = ""
    kind: OrganisationKind | None = None
    region_code: str = ""
    language: str = STATE_LANGUAGE

    def statement(self) -> Select[Any]:
        statement = select(Organisation)
        for word in fold_query(self.words):
            statement = statement.where(Organisation.folded.contains(word))
        if self.words and not fold_query(self.words):
            statement = statement.where(Organisation.id.is_(None))
        if self.kind:
            statement = statement.where(Organisation.kind == self.kind)
        if self.region_code:
            statement = statement.where(Organisation.region_code == self.region_code)
        return statement

    def page(self, after: int | None = None, before: int | None = None) -> Page[Organisation]:
        edge = db.session.get(Organisation, after or before) if after or before else None
        columns = (in_order(Organisation, self.language), Organisation.id)
        return cut(self.statement(), columns, edge, back=after is None)


def in_order(model: type[Service] | type[Organisation], language: str) -> Any:
    """The column that sorts names in a language."""
    return getattr(model, f"sort_{language if language in LANGUAGES else STATE_LANGUAGE}")


def cut(statement: Select[Any], columns: tuple[Any, ...], edge: Row | None, back: bool) -> Page[Row]:
    """The rows after, or before, a row in the order of the columns; without one, the first ones."""
    back = back and edge is not None
    if edge is not None:
        place, at = tuple_(*columns), tuple_(*(getattr(edge, column.key) for column in columns))
        statement = statement.where(place < at if back else place > at)
    order = [column.desc() for column in columns] if back else list(columns)
    found = list(db.session.scalars(statement.order_by(*order).limit(AT_ONCE + 1)))
    more, rows = len(found) > AT_ONCE, found[:AT_ONCE]
    if back:
        rows.reverse()
    has_newer, has_older = (more, True) if back else (edge is not None, more)
    return Page(rows, rows[0].id if rows and has_newer else None, rows[-1].id if rows and has_older else None)


def lasts(model: type[Valid], day: date) -> ColumnElement[bool]:
    return (model.valid_from <= day) & or_(model.valid_to.is_(None), model.valid_to > day)


def given_on(day: date) -> ColumnElement[bool]:
    """The condition that somebody can be referred to a service on a day; the organisation is joined."""
    return lasts(Service, day) & lasts(Organisation, day)


def ended_by(day: date) -> ColumnElement[bool]:
    return or_(Service.valid_to <= day, Organisation.valid_to <= day)


def get_service(_actor: User, _permission: Permission, service_id: int) -> Service:
    """Any service; whoever reads the catalogue reads all of it."""
    return one_or_404(select(Service).where(Service.id == service_id).options(joinedload(Service.organisation)))


def get_organisation(_actor: User, _permission: Permission, organisation_id: int) -> Organisation:
    return one_or_404(select(Organisation).where(Organisation.id == organisation_id))


def services_of(organisation: Organisation) -> Sequence[Service]:
    """All that an organisation gives or gave."""
    own = select(Service).where(Service.organisation_id == organisation.id)
    return db.session.scalars(own.order_by(Service.direction, Service.id).limit(MOST)).all()


def all_regions() -> dict[str, Region]:
    """Every region that ever was, by code: an old organisation may lie in one that is no more."""
    return {region.code: region for region in db.session.scalars(select(Region).order_by(Region.code))}


def has_no_end() -> ColumnElement[bool]:
    """The condition that a referral goes on."""
    ended = select(ReferralEvent.id).where(ReferralEvent.referral_id == Referral.id, ReferralEvent.kind.in_(ENDS))
    return ~ended.exists()


def count_open_referrals(service_ids: Sequence[int]) -> int:
    """How many people wait for, or take part in, these services, whoever answers for them."""
    waiting = select(func.count()).select_from(Referral).where(Referral.service_id.in_(service_ids), has_no_end())
    return db.session.scalar(waiting) or 0


def open_referrals(service: Service, actor: User) -> Sequence[Referral]:
    """The referrals to a service that go on, as far as the actor refers people; the oldest first."""
    return db.session.scalars(
        select(Referral)
        .join(Referral.case)
        .where(Referral.service_id == service.id, has_no_end(), cases_within(actor, Permission.REFER_CLIENT))
        .options(joinedload(Referral.case).joinedload(Case.client), joinedload(Referral.service))
        .order_by(Referral.made_on, Referral.id)
        .limit(AT_ONCE)
    ).all()


def stranded_referrals(actor: User, on: date) -> Sequence[Referral]:
    """The referrals that go on although the service, or the organisation, has ended: somebody has to look at each."""
    return db.session.scalars(
        select(Referral)
        .join(Referral.case)
        .join(Referral.service)
        .join(Service.organisation)
        .where(ended_by(on), has_no_end(), ~Case.deregistration.has(), cases_within(actor, Permission.REFER_CLIENT))
        .options(lazyload(Referral.case), contains_eager(Referral.service, Service.organisation))
        .order_by(Referral.made_on, Referral.id)
        .limit(AT_ONCE)
    ).all()


def ended_on(service: Service) -> date | None:
    """The day from which a service, or its organisation, is not there any more; the earlier of the two."""
    return min((day for day in (service.valid_to, service.organisation.valid_to) if day), default=None)
