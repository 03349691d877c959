"""What is new to an officer since the last look: signals, offers, answers, sessions, second ratings."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, select

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.labels import proposal_in_words, step_in_words
from app.assessments.levels import waiting as levels
from app.assessments.models import Objection, Override, SecondRating
from app.assessments.rating import ratings
from app.assistance.models import Referral, ReferralEvent, Service
from app.assistance.referrals.statements import ANSWERS
from app.assistance.referrals.vocabulary import Event
from app.clients.cases import Assignment, Transfer
from app.clients.queries import OFFERS, offers_to, transfers_waiting
from app.clients.reach import ACTOR, GONE, held_within, whose
from app.db import db
from app.desk.lines import Line, Pile, Press, Tag, exact, pile_of
from app.desk.people import people_in
from app.programs.models import Version
from app.programs.waiting import MOST as MOST_RETURNED
from app.programs.waiting import returned_to, returned_within
from app.sessions.models import Session
from app.sessions.queries import MOST as MOST_SESSIONS
from app.sessions.queries import new_sessions, unseen_within
from app.signals.models import Signal
from app.signals.queries import unseen_of
from app.signals.wording import newest_reason
from app.web.formats import format_date, format_minutes, format_moment
from app.web.languages import text_in

# What the day and the queue show as late stands there already; a signal of it waits in the list of signals.
SHOWN_AS_LATE = frozenset({"first_assessment_late", "reassessment_late", "no_program", "step_late", "review_unknown"})
WEEK = timedelta(days=7)
MOST = 50  # lines of one kind


def joined(*parts: Any) -> str:
    """Short facts side by side; empty ones are left out."""
    return " · ".join(str(part) for part in parts if part)


def person_page(client_id: int) -> str:
    return url_for("desk.client", client_id=client_id)


def signal_lines(signals: Iterable[Signal], back: str) -> list[Line]:
    """A line for each signal: how urgent, what, why, and one press to say that it was seen."""
    lines = []
    for signal in signals:
        officer = signal.case.assignment.officer
        grown = signal.acknowledgement is not None and signal.has_grown
        lines.append(
            Line(
                person=signal.case.client.full_name,
                person_url=person_page(signal.about_client_id),
                why=text_in(signal.rule.name),
                words=newest_reason(signal),
                act=_("Look into it"),
                act_url=url_for("signals.show", signal_id=signal.id),
                due_on=signal.due_on,
                officer=officer.full_name if officer else "",
                tags=(
                    Tag(signal.severity.label, signal.severity.tone),
                    *([Tag(_("grown since it was seen"), "caution")] if grown else []),
                ),
                presses=(Press(_("Seen"), url_for("signals.acknowledge", signal_id=signal.id), (("back", back),)),),
            )
        )
    return lines


def signal_pile(user: User, day: date, back: str) -> list[Pile]:
    """Signals that nobody has acknowledged; not those of what stands on the day as late."""
    found, count = unseen_of(user, day, besides=SHOWN_AS_LATE)
    return pile_of(_("New signals"), signal_lines(found, back), count, (_("All signals"), url_for("signals.index")))


def offers(user: User) -> list[Pile]:
    """Cases that somebody offers to the user."""
    found = transfers_waiting(user)
    count = exact(len(found), OFFERS, offers_to(user).with_only_columns(Transfer.id), {})
    return pile_of(_("Cases offered to you"), [offer_line(one) for one in found], count)


def offer_line(transfer: Transfer) -> Line:
    """The person's page opens only to whom the case is given: the name leads nowhere before."""
    return Line(
        person=transfer.case.client.full_name,
        person_url="",
        why=joined(_("Offered by %(name)s", name=transfer.offered_by.full_name), format_moment(transfer.offered_at)),
        act=_("Answer"),
        act_url=url_for("clients.transfer", transfer_id=transfer.id),
    )


def returned(user: User) -> list[Pile]:
    """Programmes that the head of service returned, with what is to be mended."""
    found = returned_to(user)
    rows = returned_within(reach(user, Permission.EDIT_PROGRAM)).with_only_columns(Version.id)
    lines = []
    for version in found:
        answer = version.submissions[-1].answer
        lines.append(
            Line(
                person=version.client.full_name,
                person_url=person_page(version.about_client_id),
                why=_("The programme was returned to be mended"),
                words=answer.words if answer else "",
                act=_("Mend and submit"),
                act_url=url_for("programs.version", version_id=version.id),
            )
        )
    return pile_of(_("Returned to you"), lines, exact(len(found), MOST_RETURNED, rows, whose(user)))


def answered(user: User, day: date) -> list[Pile]:
    """What was decided this week about levels and objections in the user's own cases."""
    extent, since = reach(user, Permission.ASSESS_CLIENT), day - WEEK
    values = whose(user) | {"since": levels.beginning_of(since)}
    objections, decisions = levels.answers_since(user, since), levels.decisions_since(user, since)
    count = exact(
        len(objections), levels.MOST, levels.answers_within(extent).with_only_columns(Objection.id), values
    ) + exact(len(decisions), levels.MOST, levels.decisions_within(extent).with_only_columns(Override.id), values)
    lines = [*map(objection_line, objections), *map(decision_line, decisions)]
    return pile_of(_("Answered this week"), lines, count)


def objection_line(objection: Objection) -> Line:
    answer: Any = objection.answer
    return Line(
        person=objection.client.full_name,
        person_url=person_page(objection.about_client_id),
        why=_("Objection to the assessment: %(what)s", what=objection.against.label),
        words=joined(answer.by.full_name, format_moment(answer.at)),
        act=_("Read the answer"),
        act_url=url_for("assessments.show", assessment_id=objection.assessment_id),
        tags=(Tag(answer.outcome.label, answer.outcome.tone),),
    )


def decision_line(override: Override) -> Line:
    answer: Any = override.answer
    approved = override.is_approved
    return Line(
        person=override.client.full_name,
        person_url=person_page(override.about_client_id),
        why=step_in_words(override) if approved else proposal_in_words(override),
        words=joined(answer.by.full_name, format_moment(answer.at)),
        act=_("Read the answer"),
        act_url=url_for("assessments.show", assessment_id=override.assessment_id),
        tags=(Tag(_("proposal approved"), "good") if approved else Tag(_("proposal declined")),),
    )


def sessions(user: User, back: str) -> list[Pile]:
    """Sessions of volunteers and mentors that nobody confirmed: one press confirms those without a concern."""
    found = new_sessions(user)
    rows = unseen_within(reach(user, Permission.REVIEW_SESSION)).with_only_columns(Session.id)
    lines = [session_line(one, back) for one in found]
    return pile_of(_("New sessions"), lines, exact(len(found), MOST_SESSIONS, rows, whose(user)))


def session_line(session: Session, back: str) -> Line:
    confirm = Press(_("Confirm"), url_for("sessions.confirm", session_id=session.id), (("back", back),))
    length = format_minutes(session.minutes) if session.has_met or session.absence is None else session.absence.label
    return Line(
        person=session.client.full_name,
        person_url=person_page(session.about_client_id),
        why=joined(session.logged_by.full_name, format_date(session.on), length),
        words=session.concern or session.done or "",
        act=_("Look at it"),
        act_url=url_for("sessions.session", session_id=session.id),
        tags=(Tag(_("concern raised"), "serious"),) if session.has_concern else (),
        presses=() if session.has_concern else (confirm,),
    )


def second_ratings(user: User, day: date) -> list[Pile]:
    """Second ratings: those that the user is to do, and those of the user's own assessments, for a week."""
    waiting, done = ratings.ratings_waiting(user), ratings.rated_since(user, day - WEEK)
    values = whose(user) | {"since": levels.beginning_of(day - WEEK)}
    count = exact(len(waiting), ratings.MOST, ratings.waiting().with_only_columns(SecondRating.id), values) + exact(
        len(done), ratings.MOST, ratings.rated().with_only_columns(SecondRating.id), values
    )
    return pile_of(_("Second ratings"), [*map(rating_line, waiting), *map(rated_line, done)], count)


def rating_line(rating: SecondRating) -> Line:
    """Nothing here would tell the first answers, or whose they are."""
    return Line(
        person=_("Case %(number)s", number=rating.assessment.case.number),
        person_url="",
        why=_(
            "A colleague's assessment was drawn for you on %(date)s: answer from the file, without the first answers",
            date=format_date(rating.assigned_at.date()),
        ),
        act=_("Rate it"),
        act_url=url_for("assessments.rating", rating_id=rating.id),
    )


def rated_line(rating: SecondRating) -> Line:
    case, completion = rating.assessment.case, rating.completion
    return Line(
        person=case.client.full_name,
        person_url=person_page(case.client_id),
        why=_(
            "A colleague rated the assessment a second time on %(date)s",
            date=format_date(completion.at.date()) if completion else "",
        ),
        act=_("Compare"),
        act_url=url_for("assessments.second_rating", assessment_id=rating.assessment_id),
    )


@cache
def told_within(extent: Reach | None) -> Select[Any]:
    """What services told of referrals since a day, the newest first; not what the actor noted."""
    kinds = [event for event in ANSWERS if event is not Event.WITHDRAWN]
    return (
        select(ReferralEvent.id, Assignment.case_id, Referral.id, ReferralEvent.kind, ReferralEvent.on)
        .select_from(Assignment)
        .join(Referral, Referral.case_id == Assignment.case_id)
        .join(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .join(Service, Service.id == Referral.service_id)
        .where(
            held_within(extent),
            ~GONE,
            ReferralEvent.kind.in_(kinds),
            ReferralEvent.kind != Event.ATTENDED,
            ReferralEvent.at >= bindparam("since", type_=ReferralEvent.at.type),
            ReferralEvent.by_id.is_distinct_from(ACTOR),
        )
        .add_columns(Service.kk, Service.ru, Service.en)
        .order_by(ReferralEvent.at.desc(), ReferralEvent.id.desc())
        .limit(MOST)
    )


def told_by_services(user: User, day: date) -> list[Pile]:
    """What services answered to the user's referrals this week: accepted, declined, begun or ended."""
    statement, values = told_within(Reach.OWN), whose(user) | {"since": levels.beginning_of(day - WEEK)}
    found = db.session.execute(statement, values).all()
    people = people_in({row.case_id for row in found}) if found else {}
    lines = []
    for _event_id, case_id, referral_id, kind, on, kk, ru, en in found:
        of = people[case_id]
        tone = {Event.DECLINED: "serious", Event.DROPPED: "caution", Event.DONE: "good"}.get(kind, "info")
        lines.append(
            Line(
                person=f"{of.surname} {of.given_name}",
                person_url=person_page(of.client_id),
                why=joined(text_in({"kk": kk, "ru": ru, "en": en}), format_date(on)),
                act=_("Open the referral"),
                act_url=url_for("referrals.show", referral_id=referral_id),
                tags=(Tag(kind.label, tone),),
            )
        )
    return pile_of(_("Answers to referrals"), lines, exact(len(found), MOST, statement, values))
