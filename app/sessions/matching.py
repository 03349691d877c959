"""Matching a person with a volunteer or mentor: the consent, its renewal and withdrawal, the end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.cases import Case
from app.clock import COUNTRY
from app.sessions.admission import obstacle
from app.sessions.consent import is_given_for, latest_end
from app.sessions.models import Consent, Helper, Match, MatchEnding, MatchGoal, Withdrawal
from app.sessions.refusals import Refused
from app.sessions.vocabulary import OBSTACLE_LABELS
from app.web.formats import format_date


@dataclass(frozen=True, slots=True)
class Deed:
    """Who acts, and when."""

    by: User
    at: datetime

    @property
    def on(self) -> date:
        return self.at.astimezone(COUNTRY).date()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person consents to: from the day it was given to the first day on which it no longer stands."""

    given_on: date
    until_on: date
    names_phone: bool
    names_address: bool
    representative: str | None


@dataclass(frozen=True, slots=True)
class Help:
    """Who helps from when on, with which goals of which programme."""

    helper: User
    record: Helper | None
    starts_on: date
    program_id: int | None
    threads: Collection[str]


def make_match(case: Case, help_: Help, terms: Terms, others: Iterable[Match], deed: Deed) -> Match:
    """Match a person; ``others`` are the case's matches that go on. Raise Refused when that may not be."""
    if not case.is_open:
        raise Refused(_("This case is off the register, so nobody can be matched any more."))
    if why := bar(help_.helper, help_.record, deed.on):
        raise Refused(why, "helper_id")
    if any(match.helper_id == help_.helper.id for match in others):
        twice = _("This volunteer or mentor already helps the person in this case. Renew the consent there.")
        raise Refused(twice, "helper_id")
    check_terms(case, terms, deed.on)
    if help_.starts_on < max(case.registered_on, terms.given_on):
        raise Refused(_("Help cannot begin before the person was registered and gave consent."), "starts_on")
    if help_.starts_on >= terms.until_on:
        raise Refused(_("Help cannot begin after the consent has ended."), "starts_on")
    match = Match(
        case=case, helper=help_.helper, program_id=help_.program_id,
        starts_on=help_.starts_on, made_by=deed.by, made_at=deed.at,
    )  # fmt: skip
    match.goals = [MatchGoal(thread=thread) for thread in help_.threads]
    match.consents = [consent_from(terms, deed)]
    return match


def bar(helper: User, record: Helper | None, on: date) -> str | None:
    """Why somebody may not be matched, in words; None when they may."""
    why = obstacle(
        record.born_on if record else None,
        record.undertaking_on if record else None,
        on,
        is_suspended=helper.suspension is not None,
    )
    return str(OBSTACLE_LABELS[why]) if why else None


def check_terms(case: Case, terms: Terms, on: date) -> None:
    born_on = case.client.born_on
    latest = latest_end(terms.given_on, born_on)
    if terms.given_on > on:
        raise Refused(_("Consent cannot be given in the future. Enter the day on which it was given."), "given_on")
    if terms.given_on < born_on:
        raise Refused(_("This is before the person was born. Check the date."), "given_on")
    if terms.until_on <= max(terms.given_on, on):
        raise Refused(_("This consent would already have ended. Enter a later day."), "until_on")
    if terms.until_on > latest:
        raise Refused(
            _(
                "A consent stands for a year at most, and a representative's until the person is 18. "
                "Enter %(date)s or an earlier day.",
                date=format_date(latest),
            ),
            "until_on",
        )
    if is_given_for(born_on, terms.given_on) and not terms.representative:
        raise Refused(_("The person is under 18. Enter who consented as their legal representative."), "representative")


def consent_from(terms: Terms, deed: Deed) -> Consent:
    return Consent(
        given_on=terms.given_on,
        until_on=terms.until_on,
        names_phone=terms.names_phone,
        names_address=terms.names_address,
        representative=terms.representative,
        recorded_by=deed.by,
        recorded_at=deed.at,
    )


def renew_consent(match: Match, terms: Terms, record: Helper | None, deed: Deed) -> Consent:
    """A new consent takes the place of the last one, whether that was withdrawn, has ended or still stands."""
    refuse_ended(match)
    if not match.case.is_open:
        raise Refused(_("This case is off the register, so nobody can be matched any more."))
    if why := bar(match.helper, record, deed.on):
        raise Refused(why)
    check_terms(match.case, terms, deed.on)
    consent = consent_from(terms, deed)
    match.consents.append(consent)
    return consent


def withdraw_consent(match: Match, words: str | None, deed: Deed) -> None:
    """The person takes the consent back: every one that is still in force, so that the door is shut at once."""
    refuse_ended(match)
    standing = [consent for consent in match.consents if consent.stands_on(deed.on)]
    if not standing:
        raise Refused(_("No consent stands any more, so there is nothing to withdraw."))
    for consent in standing:
        consent.withdrawal = Withdrawal(words=words, by=deed.by, at=deed.at)


def end_match(match: Match, ended_on: date, words: str, deed: Deed) -> None:
    refuse_ended(match)
    if ended_on > deed.on:
        raise Refused(_("Help ends on the day you enter it, or ended before. Enter today or an earlier day."), "on")
    if ended_on < match.starts_on <= deed.on:
        raise Refused(_("Help cannot end before it began. Check the date."), "on")
    match.ending = MatchEnding(on=ended_on, words=words, by=deed.by, at=deed.at)


def set_goals(match: Match, program_id: int | None, threads: Collection[str]) -> None:
    """Help with these goals from now on; sessions keep the goal that they served."""
    refuse_ended(match)
    match.program_id = program_id
    match.goals = [goal for goal in match.goals if goal.thread in threads] + [
        MatchGoal(thread=thread) for thread in threads if thread not in match.threads
    ]


def refuse_ended(match: Match) -> None:
    if match.ending:
        raise Refused(_("This help has already ended."))
