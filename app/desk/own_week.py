"""What an officer has begun or is to do within days: steps, reviews, consents that end, assessments under way."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from app.access.models import User
from app.access.policy import Permission, reach
from app.assessments.models import Assessment
from app.assessments.queries import PAGE as MOST_ASSESSMENTS
from app.assessments.queries import open_assessments, open_within
from app.clients.reach import whose
from app.desk.lines import Line, Pile, ahead_pile, count_of, exact, pile_of
from app.desk.news import joined, person_page
from app.programs.models import Step
from app.programs.progress.review_terms import ReviewDue, reviews_due
from app.programs.waiting import MOST as MOST_STEPS
from app.programs.waiting import steps_due, steps_within
from app.programs.wording import step_in_words
from app.sessions.models import Consent
from app.sessions.queries import MOST as MOST_CONSENTS
from app.sessions.queries import consents_ending, ending_within
from app.web.formats import format_moment

WEEK, AHEAD = timedelta(days=7), timedelta(days=14)
MANY = 1000  # reviews in a week, of which one caseload never has as many


def under_way(user: User) -> list[Pile]:
    """Assessments that somebody began and did not complete, the one left alone for longest first."""
    found = open_assessments(user)
    rows = open_within(reach(user, Permission.ASSESS_CLIENT)).with_only_columns(Assessment.id)
    lines = [
        Line(
            person=one.case.client.full_name,
            person_url=person_page(one.case.client_id),
            why=_("Last saved: %(moment)s", moment=format_moment(one.saved_at)),
            act=_("Go on"),
            act_url=url_for("assessments.show", assessment_id=one.id),
        )
        for one in found
    ]
    return pile_of(_("Assessments under way"), lines, exact(len(found), MOST_ASSESSMENTS, rows, whose(user)))


def consents(user: User, day: date) -> list[Pile]:
    """Consents to be helped that end soon, or have ended while the help goes on."""
    found = consents_ending(user, day, AHEAD)
    rows = ending_within(reach(user, Permission.MATCH_CLIENT)).with_only_columns(Consent.id)
    lines = [
        Line(
            person=one.match.client.full_name,
            person_url=person_page(one.match.about_client_id),
            why=_("helped by %(name)s", name=one.match.helper.full_name),
            act=_("Renew"),
            act_url=url_for("sessions.match", match_id=one.match_id),
            due_on=one.until_on,
        )
        for one in found
    ]

    def count(until: date) -> int:
        return count_of(rows, whose(user) | {"until": until})

    return ahead_pile(_("Consents that end soon"), lines, (day, day + AHEAD), MOST_CONSENTS, count)


def steps(user: User, day: date) -> list[Pile]:
    """Steps of programmes in force whose day comes within a week."""
    found = steps_due(user, day + WEEK, since=day)
    rows = steps_within(reach(user, Permission.VIEW_PROGRAM)).with_only_columns(Step.id)

    def count(until: date) -> int:
        return count_of(rows, whose(user) | {"since": day, "until": until})

    lines = [step_line(one) for one in found]
    return ahead_pile(_("Steps of programmes"), lines, (day, day + WEEK), MOST_STEPS, count)


def step_line(step: Step) -> Line:
    program = step.goal.version_.program
    return Line(
        person=program.client.full_name,
        person_url=person_page(program.about_client_id),
        why=joined(step_in_words(step), step.doer.label),
        act=_("Note the progress"),
        act_url=url_for("programs.show", program_id=program.id),
        due_on=step.due_on,
    )


def reviews(user: User, day: date) -> list[Pile]:
    """Programmes that are to be reviewed within a week, each with its reason."""
    found = reviews_due(user, day + WEEK, since=day)

    def count(until: date) -> int:
        return len(reviews_due(user, until, since=day, most=MANY))

    lines = [review_line(one) for one in found]
    return ahead_pile(_("Programmes to be reviewed"), lines, (day, day + WEEK), MOST_STEPS, count)


def review_line(review: ReviewDue) -> Line:
    version = review.version
    return Line(
        person=version.client.full_name,
        person_url=person_page(version.about_client_id),
        why=review.why,
        act=_("Review it"),
        act_url=url_for("programs.review", program_id=version.program_id),
        due_on=review.due_on,
    )
