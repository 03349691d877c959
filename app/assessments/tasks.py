"""Every night: draw what was missed, and give second ratings on whose raters have left or know the answers by now."""

from datetime import timedelta

from app.assessments.rating.drawing import draw, hand_on, in_sample
from app.assessments.rating.ratings import astray, unrated_since
from app.clock import now, today
from app.db import db
from app.tasks.queue import by_the_clock

BACK = timedelta(days=30)  # after that the file has moved on, and a second rating would be about another time


@by_the_clock(hour="2", minute="40")
def tend_second_ratings() -> None:
    """Running it twice changes nothing: the draw repeats itself, and an assessment has one second rating."""
    for assessment in unrated_since(today() - BACK):
        if in_sample(assessment):
            draw(assessment, now())
            db.session.commit()
    for rating in astray():
        hand_on(rating, now())
        db.session.commit()
