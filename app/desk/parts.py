"""The officer's day under five headings: due today, late, silent, new, this week; everything in it stands once."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto
from functools import cached_property

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.access.models import User
from app.desk.answers import answers_back
from app.desk.awaited import referrals_ahead
from app.desk.coming import assessments_ahead, programs_ahead
from app.desk.day import late_piles
from app.desk.ended_services import services_ended
from app.desk.foreseen import early_cancellations, violations_unanswered
from app.desk.held import Held, nothing_beyond
from app.desk.late_releases import handovers_silent
from app.desk.late_supervision import deadlines_ahead
from app.desk.lines import Part, Pile
from app.desk.models import Late
from app.desk.news import (
    answered,
    offers,
    returned,
    second_ratings,
    sessions,
    signal_pile,
    told_by_services,
)
from app.desk.not_reminded import not_reminded
from app.desk.own_week import consents, reviews, steps, under_way
from app.desk.visits import DAY, WEEK, expected_later, expected_today, group_events


class Heading(StrEnum):
    """The headings of the day, in their order."""

    TODAY = auto()
    LATE = auto()
    SILENT = auto()
    NEW = auto()
    WEEK = auto()

    @property
    def title(self) -> LazyString:
        return TITLES[self]

    @property
    def nothing(self) -> LazyString:
        return NOTHING[self]


TITLES = {
    Heading.TODAY: _l("Due today"),
    Heading.LATE: _l("Late"),
    Heading.SILENT: _l("Silent"),
    Heading.NEW: _l("New"),
    Heading.WEEK: _l("This week"),
}
NOTHING = {
    Heading.TODAY: _l("Nothing is due today."),
    Heading.LATE: _l("Nothing is late."),
    Heading.SILENT: _l("Nobody has fallen silent."),
    Heading.NEW: _l("Nothing new."),
    Heading.WEEK: _l("Nothing else comes up."),
}
# What is late, in the order in which an officer looks at it; and of it what means that nobody was heard from.
LATE = (
    Late.APPOINTMENT,
    Late.DEADLINE,
    Late.INSPECTION,
    Late.TIMESHEET,
    Late.FIRST_VISIT,
    Late.RELEASE,
    Late.RELEASE_ITEM,
    Late.ASSESSMENT,
    Late.REASSESSMENT,
    Late.PROGRAM,
    Late.ANSWER,
    Late.STEP,
    Late.REVIEW,
    Late.REVIEW_AFTER,
    Late.REFERRAL_START,
)
SILENT = (Late.SILENCE, Late.VISIT, Late.REFERRAL)


@dataclass(frozen=True)
class Day:
    """All that waits for an officer on a day; ``back`` is where an act of one press leads to.

    What several headings share is asked once, and a heading that nobody looks at is not asked for.
    """

    user: User
    on: date
    back: str

    def part(self, heading: Heading) -> Part:
        return Part(heading.value, heading.title, heading.nothing, tuple(getattr(self, heading.value)()))

    @cached_property
    def held(self) -> Held:
        return nothing_beyond(self.user)

    @cached_property
    def overdue(self) -> list[Pile]:
        return late_piles(self.on, self.held, self.back)

    @cached_property
    def ahead(self) -> tuple[list[Pile], list[Pile]]:
        """What falls due: today, and later."""
        piles = [
            *deadlines_ahead(self.on, self.held, self.back),
            *reviews(self.user, self.on),
            *steps(self.user, self.on),
            *consents(self.user, self.on),
            *referrals_ahead(self.on, self.held),
            *assessments_ahead(self.on, self.held),
            *programs_ahead(self.on, self.held),
        ]
        return apart(piles, self.on)

    def today(self) -> list[Pile]:
        return [
            *expected_today(self.on, self.held, self.back),
            *not_reminded(self.on, self.held),
            *group_events(self.on, self.on, self.held),
            *self.ahead[0],
        ]

    def late(self) -> list[Pile]:
        return [*in_part(self.overdue, LATE), *services_ended(self.user, self.on)]

    def silent(self) -> list[Pile]:
        return [*in_part(self.overdue, SILENT), *handovers_silent(self.user, self.on)]

    def new(self) -> list[Pile]:
        return [
            *signal_pile(self.user, self.on, self.back),
            *offers(self.user),
            *returned(self.user),
            *answers_back(self.held),
            *violations_unanswered(self.held),
            *early_cancellations(self.held, self.on),
            *told_by_services(self.user, self.on),
            *answered(self.user, self.on),
            *sessions(self.user, self.back),
            *second_ratings(self.user, self.on),
        ]

    def week(self) -> list[Pile]:
        return [
            *expected_later(self.on, self.held, self.back),
            *group_events(self.on + DAY, self.on + WEEK - DAY, self.held),
            *under_way(self.user),
            *self.ahead[1],
        ]


def days_parts(user: User, day: date) -> list[Part]:
    """All headings of the day, in their order."""
    whole = Day(user, day, url_for("desk.home"))
    return [whole.part(heading) for heading in Heading]


def part_of_day(user: User, day: date, heading: Heading) -> Part:
    """One heading of the day; an act of one press leads back to its own page."""
    return Day(user, day, url_for("desk.part", heading=heading.value)).part(heading)


def in_part(late: list[Pile], kinds: tuple[Late, ...]) -> list[Pile]:
    """The piles of some kinds of late things, in the order of the kinds."""
    known = {pile.key: pile for pile in late}
    return [known[kind] for kind in kinds if kind in known]


def apart(ahead: list[Pile], day: date) -> tuple[list[Pile], list[Pile]]:
    """What is due on the day itself or before, and what is due later."""
    today, later = [], []
    for pile in ahead:
        due = tuple(line for line in pile.lines if line.due_on and line.due_on <= day)
        if due:
            today.append(replace(pile, lines=due, count=pile.due_today))
        if pile.count > pile.due_today:
            later.append(replace(pile, lines=pile.lines[len(due) :], count=pile.count - pile.due_today))
    return today, later
