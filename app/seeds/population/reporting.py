"""How people report: rhythms by the norms, the visits of the last months and of the weeks ahead, contacts, deadlines.

The shares are assumptions: most come, a few are late or excused, and now and then somebody falls silent.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from app.clients.legal_bases import legal_bases
from app.clients.models import ADULT
from app.clients.vocabulary import Body
from app.seeds.population.people import Life
from app.seeds.population.rows import Rows
from app.supervision.calendar.days import Days, suggested
from app.supervision.calendar.vocabulary import Came, Per, ValidReason, VisitKind
from app.supervision.contacts.vocabulary import ContactKind, TalkAbout, Whom
from app.supervision.deadlines.opening import CaseFacts, Opening, openings
from app.supervision.norms import Rhythm, norm, norms_for
from app.web.dates import age_on

DAY = timedelta(days=1)
TOLD = timedelta(days=183)  # visits and contacts so far back
SPARE = timedelta(days=14)  # planned beyond the norm, as the calendar does
REST = 6  # from this day of the week on nobody is received
USUAL = (2, Per.MONTH)  # where the service sets the days, or no norm speaks
WITH_RHYTHM, SILENT = 0.97, 0.03
CAME = {Came.CAME: 88, Came.CAME_LATE: 5, Came.VALID_REASON: 3, Came.DID_NOT_COME: 4}
NOT_NOTED, LATELY = 0.1, timedelta(days=5)  # visits of the last days that nobody has noted yet
TALKED, VISITED, CALLED = 0.35, 0.06, 0.1  # of the visits that were kept; of all visits
MET, MET_AFTER = 0.9, timedelta(days=60)  # deadlines: all that are older, and most of the others
RURAL = 0.8  # of the people of a rural office


class Reporter:
    """Has people report up to a day and a little beyond."""

    def __init__(self, rows: Rows, day: date) -> None:
        self.rows, self.day = rows, day
        self.until = norm("visit-ahead", day).after(day) + SPARE
        self.days_of = cache(self.reporting_days)

    def report(self, life: Life) -> None:
        """Tell how somebody on the register reports; whoever left it or is not the service's is left out."""
        if life.gone_on or legal_bases()[life.basis].body_on(self.day) != Body.PROBATION:
            return
        self.deadlines(life)
        if life.chance.random() >= WITH_RHYTHM:
            return
        silent_since = self.day
        if life.chance.random() < SILENT:
            silent_since -= timedelta(days=life.chance.randrange(35, 120))
        rural = life.place.is_rural and life.chance.random() < RURAL
        times, per, code = how_often(life.basis, rural, self.day)
        days = suggested(per, times, life.case_id)
        rhythm_id = self.rows.add(
            "rhythms", case_id=life.case_id, times=days.times, per=per, days=str(days), is_rural=rural,
            norm_code=code, reason=None if code else "Синтетическая причина.", planned_until=self.until,
            set_by_id=life.officer_id, set_at=life.at(life.registered_on), from_on=life.registered_on,
        )  # fmt: skip
        self.first_visit(life)
        for on in self.days_of(days):
            if on > life.registered_on:
                self.visit(life, VisitKind.REPORTING, on, rhythm_id, silent_since)

    def reporting_days(self, days: Days) -> Sequence[date]:
        return days.between(self.day - TOLD, self.until, lambda day: day.isoweekday() < REST)

    def first_visit(self, life: Life) -> None:
        on = life.registered_on + timedelta(days=life.chance.randrange(1, 8))
        if on > self.day - TOLD:
            self.visit(life, VisitKind.FIRST, on, None, self.day)

    def visit(self, life: Life, kind: VisitKind, on: date, rhythm_id: int | None, silent_since: date) -> None:
        noted = on < self.day and not (on > self.day - LATELY and life.chance.random() < NOT_NOTED)
        number = self.rows.add(
            "visits", case_id=life.case_id, kind=kind, on=on, rhythm_id=rhythm_id, made_at=life.at(life.registered_on),
            is_settled=noted,
        )  # fmt: skip
        if not noted:
            return
        came = life.chance.choices(tuple(CAME), tuple(CAME.values()))[0] if on < silent_since else Came.DID_NOT_COME
        excused = came is Came.VALID_REASON
        self.rows.add(
            "visit_outcomes", visit_id=number, ordinal=1, kind=came, on=on, by_id=life.officer_id, at=life.at(on),
            reason=ValidReason.ILLNESS if excused else None, proof="Синтетическая справка" if excused else None,
        )  # fmt: skip
        self.contacts(life, on, came, silent=on >= silent_since)

    def contacts(self, life: Life, on: date, came: Came, silent: bool) -> None:
        here, chance = came in {Came.CAME, Came.CAME_LATE}, life.chance
        if here and chance.random() < TALKED:
            self.contact(life, ContactKind.TALK, on, about=TalkAbout.PREVENTIVE, minutes=chance.randrange(10, 60))
        if not silent and chance.random() < VISITED:
            self.contact(life, ContactKind.HOME_VISIT, on, minutes=chance.randrange(15, 60))
        if chance.random() < CALLED or not here:
            self.contact(life, ContactKind.CALL, on, reached=not silent and chance.random() < TALKED)

    def contact(self, life: Life, kind: ContactKind, on: date, **facts: Any) -> None:
        self.rows.add(
            "contacts", case_id=life.case_id, kind=kind, on=on, whom=Whom.PERSON, by_id=life.officer_id,
            at=life.at(on), **{"reached": True} | facts,
        )  # fmt: skip

    def deadlines(self, life: Life) -> None:
        minor = age_on(life.born_on, life.registered_on) < ADULT
        for opening in opened(life.basis, life.stage, life.registered_on, life.in_force_on, minor):
            number = self.rows.add(
                "deadlines", case_id=life.case_id, code=opening.norm.code, kind=opening.norm.kind, since=opening.since,
                due_on=opening.due_on, norm_from=opening.norm.valid_from, opened_at=life.at(life.registered_on),
            )  # fmt: skip
            self.meet(life, number, opening, life.chance)

    def meet(self, life: Life, number: int, opening: Opening, chance: Random) -> None:
        old = opening.due_on < self.day - MET_AFTER
        if old or opening.due_on <= self.day and chance.random() < MET:
            on = max(opening.since, min(opening.due_on, self.day - DAY))
            self.rows.add("deadline_meetings", deadline_id=number, on=on, by_id=life.officer_id, at=life.at(on))


@cache
def opened(basis: str, stage: str, registered_on: date, in_force_on: date, is_minor: bool) -> tuple[Opening, ...]:
    """The deadlines of a case; many have the same, and reckoning them takes longer than writing them."""
    return tuple(openings(CaseFacts(basis, stage, registered_on, in_force_on, is_minor=is_minor)))


@cache
def how_often(basis: str, is_rural: bool, on: date) -> tuple[int, Per, str | None]:
    """How often, and by which norm; as the service usually sets it where the norm leaves that to it."""
    found = norms_for("reporting", basis, on, is_rural=is_rural)
    if not found:
        return *USUAL, None
    value = found[0].value
    if isinstance(value, Rhythm) and value.per.value in set(Per):
        return value.times, Per(value.per.value), found[0].code
    return *USUAL, found[0].code
