"""What the clock found overdue, and since when the officer has been told."""

from datetime import date
from enum import auto

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clients.vocabulary import LABELS, Worded
from app.db import Base, Key, Moment, spelled


class Late(Worded):
    """What can be late in a case."""

    ASSESSMENT = auto()
    REASSESSMENT = auto()
    PROGRAM = auto()
    ANSWER = auto()
    STEP = auto()
    REVIEW = auto()
    REVIEW_AFTER = auto()
    VISIT = auto()
    REFERRAL = auto()
    REFERRAL_START = auto()
    RELEASE_ITEM = auto()
    RELEASE = auto()
    FIRST_VISIT = auto()
    APPOINTMENT = auto()
    DEADLINE = auto()
    SILENCE = auto()
    INSPECTION = auto()
    TIMESHEET = auto()


LABELS[Late] = {
    Late.ASSESSMENT: _l("first assessment"),
    Late.REASSESSMENT: _l("reassessment"),
    Late.PROGRAM: _l("individual programme"),
    Late.ANSWER: _l("answer to a submitted programme"),
    Late.STEP: _l("step of the programme"),
    Late.REVIEW: _l("review of the programme"),
    Late.REVIEW_AFTER: _l("review of the programme after a new assessment"),
    Late.VISIT: _l("review at a visit"),
    Late.REFERRAL: _l("answer to a referral"),
    Late.REFERRAL_START: _l("start of help after a referral"),
    Late.RELEASE_ITEM: _l("item of a release plan"),
    Late.RELEASE: _l("release that nobody noted"),
    Late.FIRST_VISIT: _l("first visit after a release"),
    Late.APPOINTMENT: _l("visit of which nothing is noted"),
    Late.DEADLINE: _l("deadline of a norm"),
    Late.SILENCE: _l("person whom nobody has reached"),
    Late.INSPECTION: _l("inspection of a minor's home"),
    Late.TIMESHEET: _l("timesheet of community work"),
}


class Reminder(Base):
    """Something late, told once and settled when it is done. Purpose: the officer's day; kept with the case."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index("uq_reminders_open", "kind", "reference_id", unique=True,
              sqlite_where=text("settled_at IS NULL"), postgresql_where=text("settled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[Key]
    kind: Mapped[Late] = mapped_column(spelled(Late))
    reference_id: Mapped[int]  # the number of the case, the assessment, the visit ..., by kind
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    due_on: Mapped[date]
    raised_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
