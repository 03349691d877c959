"""The head of service's queue under its headings: to decide, late, silent, new."""

from dataclasses import replace
from datetime import date
from enum import StrEnum, auto
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.models import User
from app.access.policy import Permission, reach
from app.assessments.labels import proposal_in_words
from app.assessments.levels import waiting as levels
from app.assessments.models import Objection, Override
from app.clients.cases import Transfer
from app.clients.queries import OFFERS, offers_to, transfers_waiting
from app.clients.reach import whose
from app.desk.answers import answers_to_sign
from app.desk.day import count_without_officer, late_piles, without_officer
from app.desk.deadline_changes import deadline_changes
from app.desk.ended_services import services_ended
from app.desk.held import office_of
from app.desk.lines import Line, Part, Pile, Tag, exact, pile_of
from app.desk.news import SHOWN_AS_LATE, joined, person_page, signal_lines
from app.desk.overdue import MOST
from app.desk.parts import LATE, SILENT, in_part
from app.programs.decisions.terms import answer_term
from app.programs.models import Submission
from app.programs.waiting import count_of_submissions_waiting, submissions_waiting
from app.signals.queries import MOST as MOST_SIGNALS
from app.signals.queries import for_the_head, told_to_head
from app.web.formats import format_date, format_moment
from app.web.languages import text_in


class Heading(StrEnum):
    """The headings of the queue, in their order."""

    DECIDE = auto()
    LATE = auto()
    SILENT = auto()
    NEW = auto()

    @property
    def title(self) -> LazyString:
        return TITLES[self]

    @property
    def nothing(self) -> LazyString:
        return NOTHING[self]


TITLES = {
    Heading.DECIDE: _l("To decide"),
    Heading.LATE: _l("Late"),
    Heading.SILENT: _l("Silent"),
    Heading.NEW: _l("New"),
}
NOTHING = {
    Heading.DECIDE: _l("Nothing waits for a decision."),
    Heading.LATE: _l("Nothing is late."),
    Heading.SILENT: _l("Nobody has fallen silent."),
    Heading.NEW: _l("Nothing new."),
}


def offices_parts(user: User, day: date, back: str | None = None) -> list[Part]:
    """All that waits for the head of service on a day; ``back`` is where an act of one press leads to."""
    back = back or url_for("desk.queue")
    late = told_only(late_piles(day, office_of(user)))
    piles = {
        Heading.DECIDE: [
            *submissions(user),
            *answers_to_sign(office_of(user)),
            *objections(user),
            *proposals(user),
            *deadline_changes(office_of(user)),
        ],
        Heading.LATE: [*in_part(late, LATE), *told_only(services_ended(user, day))],
        Heading.SILENT: in_part(late, SILENT),
        Heading.NEW: [*signals(user, day, back), *offers(user), *orphans(user)],
    }
    return [Part(one.value, one.title, one.nothing, tuple(piles[one])) for one in Heading]


def told_only(piles: list[Pile]) -> list[Pile]:
    """The same without their acts, which are the officers': the head speaks with the officer named in the line."""
    return [replace(pile, lines=tuple(replace(line, act_url="", presses=()) for line in pile.lines)) for pile in piles]


def submissions(user: User) -> list[Pile]:
    """Programmes that officers submitted, the longest waiting first, each with the day by which it is answered."""
    rest = (_("Approve several together"), url_for("programs.submissions"))
    lines = [submission_line(one) for one in submissions_waiting(user)]
    return pile_of(_("Programmes to approve or return"), lines, count_of_submissions_waiting(user), rest)


def submission_line(submission: Submission) -> Line:
    version, agreement = submission.version_, submission.version_.agreement
    answer = (
        Tag(_("the person %(answer)s", answer=agreement.answer.label), agreement.answer.tone) if agreement else None
    )
    return Line(
        person=version.client.full_name,
        person_url=person_page(version.about_client_id),
        why=_("Programme %(number)s, version %(ordinal)d", number=version.program.number, ordinal=version.ordinal),
        words=format_moment(submission.at),
        act=_("Read and decide"),
        act_url=url_for("programs.decide", version_id=version.id),
        due_on=answer_term(submission.at).due_on,
        officer=submission.by.full_name,
        tags=(answer or Tag(_("the person was not asked"), "caution"),),
    )


def objections(user: User) -> list[Pile]:
    """Objections of people to their assessments, the one due first on top."""
    found = levels.objections_waiting(user)
    rows = levels.objections_within(reach(user, Permission.ANSWER_OBJECTION)).with_only_columns(Objection.id)
    lines = [
        Line(
            person=one.client.full_name,
            person_url=person_page(one.about_client_id),
            why=_("Objects to the assessment: %(what)s", what=one.against.label),
            words=format_date(one.on),
            act=_("Answer"),
            act_url=url_for("assessments.answer_objection", objection_id=one.id),
            due_on=one.due_on,
            officer=one.by.full_name,
        )
        for one in found
    ]
    return pile_of(_("Objections to answer"), lines, exact(len(found), levels.MOST, rows, whose(user)))


def proposals(user: User) -> list[Pile]:
    """Other levels that officers propose."""
    found = levels.proposals_waiting(user)
    rows = levels.proposals_within(reach(user, Permission.APPROVE_LEVEL)).with_only_columns(Override.id)
    lines = [
        Line(
            person=one.client.full_name,
            person_url=person_page(one.about_client_id),
            why=proposal_in_words(one),
            words=format_moment(one.at),
            act=_("Read and decide"),
            act_url=url_for("assessments.answer_override", override_id=one.id),
            officer=one.by.full_name,
        )
        for one in found
    ]
    return pile_of(_("Levels to approve or decline"), lines, exact(len(found), levels.MOST, rows, whose(user)))


def signals(user: User, day: date, back: str) -> list[Pile]:
    """Signals of which the head is told by the rule, or because nobody looked at them in time."""
    found = told_to_head(user, day, besides=SHOWN_AS_LATE)
    rows: Any = for_the_head(reach(user, Permission.HANDLE_SIGNAL), SHOWN_AS_LATE)
    count = exact(len(found), MOST_SIGNALS, rows, whose(user) | {"day": day})
    rest = (_("All signals"), url_for("signals.index"))
    return pile_of(_("Signals for the head of service"), signal_lines(found, back), count, rest)


def offers(user: User) -> list[Pile]:
    """Cases that other offices offer."""
    found = transfers_waiting(user)
    lines = [
        Line(
            person=one.case.client.full_name,
            person_url="",
            why=joined(text_in(one.from_office), format_moment(one.offered_at)),
            act=_("Answer"),
            act_url=url_for("clients.transfer", transfer_id=one.id),
            officer=one.offered_by.full_name,
        )
        for one in found
    ]
    count = exact(len(found), OFFERS, offers_to(user).with_only_columns(Transfer.id), {})
    return pile_of(_("Cases offered to the office"), lines, count)


def orphans(user: User) -> list[Pile]:
    """Open cases for which nobody answers by name."""
    found = without_officer(user)
    lines = [
        Line(
            person=case.client.full_name,
            person_url=person_page(case.client_id),
            why=_("Nobody answers for the case by name"),
            act=_("Name an officer"),
            act_url=url_for("clients.offer_transfer", case_id=case.id),
        )
        for case in found
    ]
    count = len(found) if len(found) < MOST else count_without_officer(user)
    return pile_of(_("Cases without an officer"), lines, count)
