"""The officer's day under five headings: due today, late, silent, new, this week; everything in it stands once."""

from dataclasses import replace
from datetime import date
from enum import StrEnum, auto

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
from app.desk.held import nothing_beyond
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


def days_parts(user: User, day: date, back: str | None = None) -> list[Part]:
    """All that waits for an officer on a day; ``back`` is where an act of one press leads to, the day itself else."""
    held, back = nothing_beyond(user), back or url_for("desk.home")
    late = late_piles(day, held, back)
    ahead = [
        *deadlines_ahead(day, held, back),
        *reviews(user, day),
        *steps(user, day),
        *consents(user, day),
        *referrals_ahead(day, held),
        *assessments_ahead(day, held),
        *programs_ahead(day, held),
    ]
    today, later = apart(ahead, day)
    piles = {
        Heading.TODAY: [
            *expected_today(day, held, back),
            *not_reminded(day, held),
            *group_events(day, day, held),
            *today,
        ],
        Heading.LATE: [*in_part(late, LATE), *services_ended(user, day)],
        Heading.SILENT: [*in_part(late, SILENT), *handovers_silent(user, day)],
        Heading.NEW: [
            *signal_pile(user, day, back),
            *offers(user),
            *returned(user),
            *answers_back(held),
            *violations_unanswered(held),
            *early_cancellations(held, day),
            *told_by_services(user, day),
            *answered(user, day),
            *sessions(user, back),
            *second_ratings(user, day),
        ],
        Heading.WEEK: [
            *expected_later(day, held, back),
            *group_events(day + DAY, day + WEEK - DAY, held),
            *under_way(user),
            *later,
        ],
    }
    return [Part(one.value, one.title, one.nothing, tuple(piles[one])) for one in Heading]


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
