"""The officer's word on a session: confirmed, or asked about; and the helper's reply."""

from datetime import datetime

from flask_babel import gettext as _

from app.access.models import User
from app.sessions.models import Confirmation, Question, Reply, Session
from app.sessions.refusals import Refused


def confirm(meeting: Session, by: User, at: datetime) -> None:
    """Count its time. Said once, and it stays."""
    if meeting.confirmation:
        raise Refused(_("This session is already confirmed."))
    meeting.confirmation = Confirmation(by=by, at=at)


def ask(meeting: Session, words: str, by: User, at: datetime) -> Question:
    if meeting.confirmation:
        raise Refused(_("This session is already confirmed, so it is too late to ask."))
    if meeting.open_question:
        raise Refused(_("Your last question about this session waits for an answer."))
    question = Question(words=words, by=by, at=at)
    meeting.questions.append(question)
    return question


def reply(question: Question, words: str, by: User, at: datetime) -> None:
    if question.reply:
        raise Refused(_("This question is already answered."))
    question.reply = Reply(words=words, by=by, at=at)
