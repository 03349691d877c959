"""Finding people within reach: the caseload, and the search by name, IIN or case number. One query serves all lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, or_, select, tuple_
from sqlalchemy.orm import load_only, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Assignment, Case, CaseStage, Deregistration
from app.clients.iin import LENGTH, is_number
from app.clients.matching import EXACT, Ranked, by_name, by_number, nearly
from app.clients.models import Client, digest_of_iin
from app.clients.naming import fold_query
from app.clients.reach import clients_within, held_by
from app.clients.vocabulary import NameKind, Stage
from app.db import db
from app.offices.models import Office

AT_ONCE = 25  # people on a page
Placed = Select[int, int, str]  # client_id, rank and sort_key


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; an empty value narrows nothing."""

    stage: Stage | None = None
    legal_basis: str | None = None
    officer_id: int | None = None
    is_open: bool | None = None  # on the register, off it, or either


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the people found; the numbers of the outermost ones lead to the pages beside, where there are any."""

    people: Sequence[Client]
    newer: int | None = None
    older: int | None = None
    is_guess: bool = False  # nobody has such a name; these have names much like it


@dataclass(frozen=True, slots=True)
class People:
    """The people of a list: within the actor's reach, filtered, and in order.

    Without words in the order of names; with words the closest first.
    """

    actor: User
    on: date
    words: str = ""
    filters: Filters = field(default_factory=Filters)

    def page(self, after: int | None = None, before: int | None = None) -> Page:
        """The people after, or before, a person of this list; a number that is not in it leads to the beginning."""
        words = self.name_words()
        page = turn(self.found(self.ranked()), after, before, bool(words))
        if page.people or not words:
            return page
        guessed = turn(self.found(nearly(words)), after, before, with_names=True)
        return Page(guessed.people, guessed.newer, guessed.older, is_guess=bool(guessed.people))

    def name_words(self) -> tuple[str, ...]:
        return () if any(map(str.isdigit, self.words)) else fold_query(self.words)

    def ranked(self) -> Ranked:
        """Rows of client_id and rank for what was typed: an IIN, a part of a case's number, or parts of a name."""
        digits = re.sub(r"[\s-]", "", self.words)
        if len(digits) == LENGTH and is_number(digits):
            return select(Client.id, literal(EXACT)).where(Client.iin_digest == digest_of_iin(digits))
        if any(map(str.isdigit, self.words)):
            return by_number(self.words)
        if words := self.name_words():
            return by_name(words)
        everybody = not self.words.strip()
        return select(Client.id, literal(EXACT)).where(literal(everybody))

    def found(self, ranked: Ranked) -> Placed:
        """Rows of client_id, rank and sort_key, unordered."""
        ranked_ids = ranked.subquery()
        client_id, rank = ranked_ids.c
        return (
            select(Client.id.label("client_id"), rank.label("rank"), Client.sort_key.label("sort_key"))
            .join(ranked_ids, client_id == Client.id)
            .where(clients_within(self.actor, Permission.VIEW_CLIENT), *self.narrowed())
        )

    def narrowed(self) -> list[ColumnElement[bool]]:
        """One of the person's cases within reach has all that is asked for."""
        asked: list[ColumnElement[bool]] = []
        filters = self.filters
        if filters.stage:
            runs = and_(CaseStage.from_on <= self.on, or_(CaseStage.to_on.is_(None), CaseStage.to_on > self.on))
            asked.append(Case.id.in_(select(CaseStage.case_id).where(CaseStage.stage == filters.stage, runs)))
        if filters.legal_basis:
            asked.append(Case.legal_basis == filters.legal_basis)
        if filters.officer_id:
            asked.append(Assignment.officer_id == filters.officer_id)
        if filters.is_open:
            asked.append(Deregistration.case_id.is_(None))
        held = held_by(self.actor, Permission.VIEW_CLIENT)
        cases = select(Case.client_id).join(Case.assignments).outerjoin(Case.deregistration)
        cases = cases.where(Assignment.to_at.is_(None), *asked, *([] if held is None else [held]))
        conditions: list[ColumnElement[bool]] = [Client.id.in_(cases)] if asked else []
        if filters.is_open is False:
            still_open = select(Case.client_id).outerjoin(Case.deregistration).where(Deregistration.case_id.is_(None))
            conditions.append(Client.id.not_in(still_open.where(Case.client_id == Client.id)))
        return conditions


def turn(found: Placed, after: int | None, before: int | None, with_names: bool) -> Page:
    """One page of the rows found, and the people on it with what a line shows."""
    rows = found.cte("found")
    columns = (rows.c.rank, rows.c.sort_key, rows.c.client_id)
    place = tuple_(*columns)
    start = after or before
    mark = db.session.execute(select(rows).where(rows.c.client_id == start)).first() if start else None
    back = bool(mark and not after)
    listed = select(rows.c.client_id).limit(AT_ONCE + 1)
    listed = listed.order_by(*(part.desc() if back else part for part in columns))
    if mark:
        here = tuple_(*(literal(value) for value in (mark.rank, mark.sort_key, mark.client_id)))
        listed = listed.where(place < here if back else place > here)
    ids = list(db.session.scalars(listed))
    more, ids = len(ids) > AT_ONCE, ids[:AT_ONCE]
    if back:
        ids.reverse()
    has_newer, has_older = (more, True) if back else (bool(mark), more)
    return Page(people(ids, with_names), ids[0] if ids and has_newer else None, ids[-1] if ids and has_older else None)


def people(ids: list[int], with_names: bool) -> list[Client]:
    """People by number, in the order given, with what a line shows; their former names only for a search by name."""
    found = db.session.scalars(SEARCHED if with_names else LISTED, {"ids": ids})
    known = {client.id: client for client in found}
    return [known[number] for number in ids]


# A line shows neither the IIN nor the telephone, which would have to be deciphered first.
CASES = selectinload(Client.cases)
LISTED = select(Client).where(Client.id.in_(bindparam("ids", expanding=True))).options(
    load_only(Client.surname, Client.given_name, Client.patronymic, Client.born_on),
    CASES.load_only(Case.client_id, Case.number, Case.legal_basis),
    CASES.selectinload(Case.stages),
    CASES.joinedload(Case.deregistration).load_only(Deregistration.case_id),
    CASES.joinedload(Case.assignment).joinedload(Assignment.officer).load_only(User.full_name),
    CASES.joinedload(Case.assignment).joinedload(Assignment.office).load_only(Office.kk, Office.ru, Office.en),
)  # fmt: skip
SEARCHED = LISTED.options(selectinload(Client.names))


def former_name_found(client: Client, words: tuple[str, ...]) -> str | None:
    """The former name by which a person was found, if it was not by the present one."""
    fitting = [name for name in client.names if all(word in name.folded for word in words)]
    if not fitting or any(name.kind == NameKind.CURRENT for name in fitting):
        return None
    return fitting[0].written
