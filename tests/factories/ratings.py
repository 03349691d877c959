"""Build second ratings, to be done or complete; name only the answers that the test is about."""

from app.access.models import User
from app.assessments import library
from app.assessments.models import Assessment, SecondRating
from app.assessments.rating.second_rating import complete_second, record_second
from app.clock import now
from app.db import db
from tests.factories.assessments import make_completed, quiet_answers
from tests.factories.people import make_case, make_user
from tests.factories.saving import saved


def make_rating(rater: User | None = None, assessment: Assessment | None = None) -> SecondRating:
    """A rating given to an officer, of a colleague's assessment in the same office."""
    rater = rater or make_user()
    if assessment is None:
        assessment = make_completed(make_case(make_user(office=None, office_id=rater.office_id)))
    return saved(SecondRating(assessment=assessment, assigned_to=rater, assigned_at=now()))


def rate(rating: SecondRating, unknown: tuple[str, ...] = (), **answers: str) -> SecondRating:
    """Answer everything, quietly where the test names nothing."""
    instrument = library.of(rating.assessment)
    chosen = quiet_answers(instrument) | answers
    for section in instrument.sections:
        given = {item.code: None if item.code in unknown else chosen[item.code] for item in section.items}
        record_second(rating, section, given)
    db.session.commit()
    return rating


def make_rated(
    rater: User | None = None, assessment: Assessment | None = None, unknown: tuple[str, ...] = (), **answers: str
) -> SecondRating:
    """A complete rating."""
    rating = rate(make_rating(rater, assessment), unknown, **answers)
    complete_second(rating, by=rating.assigned_to, at=now())
    db.session.commit()
    return rating
