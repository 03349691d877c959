"""What stands on the desk's pages: one function gathers one page."""

from datetime import date, timedelta
from typing import Any

from app.access.models import Role, User
from app.assessments.levels.waiting import answers_since, decisions_since, objections_waiting, proposals_waiting
from app.assessments.queries import open_assessments
from app.assessments.rating.ratings import rated_since, ratings_waiting
from app.clients.queries import transfers_waiting
from app.desk.awaited import referrals_ahead
from app.desk.coming import assessments_ahead, handovers_silent, programs_ahead
from app.desk.day import late_piles, without_officer, workload
from app.desk.ended_services import services_ended
from app.desk.held import nothing_beyond, office_of
from app.programs.decisions.terms import answer_term
from app.programs.progress.review_terms import reviews_due
from app.programs.waiting import count_of_submissions_waiting, returned_to, steps_due, submissions_waiting
from app.sessions.queries import consents_ending, new_sessions, people_helped
from app.signals.queries import told_to_head, unseen_of

# What the day and the queue show as late stands there already; a signal of it waits in the list of signals.
SHOWN_AS_LATE = frozenset({"first_assessment_late", "reassessment_late", "no_program", "step_late", "review_unknown"})
AHEAD, WEEK = timedelta(days=14), timedelta(days=7)


def officers_day(user: User, day: date) -> dict[str, Any]:
    """The officer's morning: what waits for an answer, what is late, what is new, what comes up."""
    return {
        "day": day,
        "transfers": transfers_waiting(user),
        "returned": returned_to(user),
        "decisions": decisions_since(user, day - WEEK),
        "answers": answers_since(user, day - WEEK),
        "sessions": new_sessions(user),
        "consents": consents_ending(user, day, AHEAD),
        "signals": unseen_of(user, day, besides=SHOWN_AS_LATE),
        "late": late_piles(day, nothing_beyond(user)) + handovers_silent(user, day) + services_ended(user, day),
        "under_way": open_assessments(user),
        "ratings": ratings_waiting(user),
        "rated": rated_since(user, day - WEEK),
        "ahead": assessments_ahead(day, nothing_beyond(user)) + programs_ahead(day, nothing_beyond(user)),
        "awaited": referrals_ahead(day, nothing_beyond(user)),
        "coming": steps_due(user, day + WEEK, since=day),
        "reviews": reviews_due(user, day + WEEK, since=day),
    }


def offices_queue(user: User, day: date) -> dict[str, Any]:
    """The head of service's queue: what waits for a signature, and where the office's work lies."""
    return {
        "day": day,
        "submissions": submissions_waiting(user),
        "submitted": count_of_submissions_waiting(user),
        "answer_term": answer_term,
        "proposals": proposals_waiting(user),
        "objections": objections_waiting(user),
        "signals": told_to_head(user, day, besides=SHOWN_AS_LATE),
        "transfers": transfers_waiting(user),
        "orphans": without_officer(user),
        "late": late_piles(day, office_of(user)) + services_ended(user, day),
        "workload": workload(user),
    }


def helpers_day(user: User, day: date) -> dict[str, Any]:
    """The volunteer's or mentor's page: the people they help, while the consents stand."""
    return {"day": day, "people": people_helped(user, day), "is_mentor": user.role == Role.MENTOR}
