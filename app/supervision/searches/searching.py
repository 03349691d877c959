"""Searching for a person: opened, steps noted, declared by the court, ended. The clocks of the case stand meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.supervision.searches.models import Search, SearchDeclaration, SearchEnd, SearchStep
from app.supervision.searches.vocabulary import Ending, StepKind
from app.web.formats import format_date
from app.web.refusals import must_have_come


@dataclass(frozen=True, slots=True)
class Opened:
    """At which registration the person was missing, from when they are searched for, and what is known."""

    missed_on: date
    started_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Stepped:
    """What was done to find the person."""

    kind: StepKind
    on: date
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """On which day, and by which act, the court declared the person wanted."""

    on: date
    court_act: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a search ended, and on which day; ``parents_told_on`` for a person under 18."""

    ending: Ending
    on: date
    words: str | None = None
    parents_told_on: date | None = None


def open_search(case: Case, told: Opened, by: User, today: date, at: datetime) -> Search:
    """Begin to search; from that day the clocks of the case stand. The caller holds the case.

    Raises NotPossible on a closed case, while a search goes on, and for days out of order.
    """
    case.must_be_open()
    if (going_on := open_search_of(case)) is not None:
        raise NotPossible(
            _("A search goes on since %(date)s. Note the steps there.", date=format_date(going_on.started_on))
        )
    must_have_come(told.started_on, today)
    case.must_be_registered_by(told.missed_on)
    if told.started_on < told.missed_on:
        raise NotPossible(_("A search begins after the missed registration. Check the two dates."))
    if (last := last_end(case)) is not None and told.started_on < last:
        raise NotPossible(_("The search before this one ended on %(date)s. Enter a later day.", date=format_date(last)))
    search = Search(case=case, missed_on=told.missed_on, started_on=told.started_on, why=told.why, by=by, at=at)
    db.session.add(search)
    return search


def note_step(search: Search, told: Stepped, by: User, today: date, at: datetime) -> None:
    """Note what was done to find the person. Raises NotPossible once the search ended, and for a day outside it."""
    must_go_on(search)
    must_have_come(told.on, today)
    if told.on < search.missed_on:
        raise NotPossible(_("This is before the missed registration. Check the date."))
    if told.kind is StepKind.OTHER and not told.words:
        raise NotPossible(_("“Other” alone says nothing. Write it in words."))
    search.steps.append(SearchStep(kind=told.kind, on=told.on, words=told.words, by=by, at=at))


def declare(search: Search, told: Declared, by: User, today: date, at: datetime) -> None:
    """Note that the court declared the person wanted. Raises NotPossible once it is noted, or the search ended."""
    must_go_on(search)
    must_have_come(told.on, today)
    if search.declaration:
        raise NotPossible(_("It is noted already that the court declared the person wanted."))
    if told.on < search.started_on:
        raise NotPossible(_("This is before the search began. Check the date."))
    search.declaration = SearchDeclaration(on=told.on, court_act=told.court_act, by=by, at=at)


def end_search(search: Search, told: Ended, by: User, today: date, at: datetime) -> None:
    """The person was found, or came: from that day the clocks run again.

    Raises NotPossible once it ended, for a day outside it, and for a person under 18 without the day on which the
    parents were called.
    """
    must_go_on(search)
    must_have_come(told.on, today)
    if told.on < search.started_on:
        raise NotPossible(_("This is before the search began. Check the date."))
    if told.parents_told_on and not told.on <= told.parents_told_on <= today:
        raise NotPossible(_("The parents are called once the person is found, not before. Check the date."))
    found = told.ending in {Ending.FOUND, Ending.CAME}
    if found and not told.parents_told_on and search.client.is_minor_on(told.on):
        raise NotPossible(_("The person is under 18: the parents are called at once. Enter the day on which you did."))
    if told.ending is Ending.MISTAKE and not told.words:
        raise NotPossible(_("Write why the search was a mistake."))
    search.end = SearchEnd(
        ending=told.ending, on=told.on, words=told.words, parents_told_on=told.parents_told_on, by=by, at=at
    )


def open_search_of(case: Case) -> Search | None:
    return db.session.scalars(select(Search).where(Search.case_id == case.id, ~Search.end.has())).first()


def last_end(case: Case) -> date | None:
    """The day on which the last search of the case ended, unless it was a mistake."""
    statement = select(SearchEnd.on).join(Search, Search.id == SearchEnd.search_id)
    statement = statement.where(Search.case_id == case.id, SearchEnd.ending != Ending.MISTAKE)
    return db.session.scalar(statement.order_by(SearchEnd.on.desc()).limit(1))


def must_go_on(search: Search) -> None:
    search.case.must_be_open()
    if search.end:
        raise NotPossible(_("This search ended on %(date)s.", date=format_date(search.end.on)))
